import { Buffer } from 'node:buffer';
import { commitPart, decodeBase64url, sha256Base64url } from '@writ/proof';
import type { PartStore } from '../parts/part-store.ts';
import { PARTS_PER_CALL_MAX } from '../parts/check-parts.ts';
import { PartFailure } from '../parts/failure.ts';
import { TilesFailure } from '../tiles/failure.ts';
import type { Tiles } from '../tiles/tiles.ts';
import type { Contradiction, SealedReference, Slice } from './walk-log.ts';

/** What the cell has open and the scrub compares with the log. */
export type ScrubStores = {
  readonly tiles: Pick<Tiles, 'check'>;
  /** Resolves when the tiles hold all records below `size`. */
  tilesUpTo(size: number): Promise<void>;
  readonly parts: Pick<PartStore, 'getMany' | 'erase'>;
  /** Whether the whole namespace was erased: its parts are gone by right. */
  isErased(ns: string): boolean;
};

/** `index` is the first bad record; it lies before `through` where no single one can be named. */
export type ScrubMismatch = {
  readonly where: 'journal' | 'tiles' | 'parts';
  readonly index: number;
  readonly through: number;
  readonly detail: string;
};

export type SliceFinding = {
  readonly mismatch: ScrubMismatch | null;
  /** Parts that are erased though their namespace is not: a record must say so. */
  readonly erased: readonly number[];
};

/** Tiles against the leaves of the journal, sealed parts against their commitments; ends erasures. */
export async function checkSlice(
  stores: ScrubStores,
  slice: Slice,
  isSampled: (index: number) => boolean,
): Promise<SliceFinding> {
  const inTiles = await checkTiles(stores, slice);
  if (slice.contradicted !== null)
    return { mismatch: whereChanged(slice, slice.contradicted, inTiles), erased: [] };
  if (inTiles !== null) return { mismatch: inTiles, erased: [] };
  // The record stands and its erasure may not: a crash came between. Erasing what is erased does nothing.
  for (let at = 0; at < slice.erased.length; at += PARTS_PER_CALL_MAX) {
    await stores.parts.erase(slice.erased.slice(at, at + PARTS_PER_CALL_MAX));
  }
  return checkParts(
    stores,
    slice.sealed.filter(({ index }) => isSampled(index)),
  );
}

/**
 * The tiles name the record that was changed, if they were left alone. When they find none, the row whose
 * note is of more records stood elsewhere; else only the batches are known.
 */
function whereChanged(
  { from, size }: Slice,
  { detail, is_of_more }: Contradiction,
  inTiles: ScrubMismatch | null,
): ScrubMismatch {
  if (inTiles !== null) return { where: 'journal', index: inTiles.index, through: inTiles.index, detail };
  return { where: 'journal', index: is_of_more ? size : from, through: size, detail };
}

async function checkTiles(stores: ScrubStores, slice: Slice): Promise<ScrubMismatch | null> {
  if (slice.leaf_hashes.length === 0) return null;
  await stores.tilesUpTo(slice.size);
  try {
    await stores.tiles.check(slice.from, slice.leaf_hashes);
    return null;
  } catch (thrown) {
    const isBad = thrown instanceof TilesFailure && BAD_TILES.has(thrown.code);
    if (!isBad) throw thrown;
    const index = thrown.index ?? slice.from;
    return { where: 'tiles', index, through: index, detail: thrown.message };
  }
}

const BAD_TILES: ReadonlySet<string> = new Set(['TILES_MISMATCH', 'TILES_CORRUPT']);
const BAD_PARTS: ReadonlySet<string> = new Set(['PART_CORRUPT', 'PART_WRONG_KEY']);

async function checkParts(
  { parts, isErased }: ScrubStores,
  sealed: readonly SealedReference[],
): Promise<SliceFinding> {
  const erased: number[] = [];
  const bad = (index: number, detail: string): SliceFinding => ({
    mismatch: { where: 'parts', index, through: index, detail },
    erased: [],
  });
  for (let at = 0; at < sealed.length; at += PARTS_PER_CALL_MAX) {
    const asked = sealed.slice(at, at + PARTS_PER_CALL_MAX);
    const requests = asked.map(({ index, commitment }) => ({
      index,
      commitment: decodeBase64url(commitment),
    }));
    try {
      for (const [nth, content] of (await parts.getMany(requests)).entries()) {
        const reference = asked[nth];
        if (reference === undefined || isErased(reference.ns)) continue;
        const { index, commitment } = reference;
        if (content === 'missing') return bad(index, `the sealed part of record ${index} is missing`);
        if (content === 'erased') erased.push(index);
        else if (!isCommitted(content, commitment))
          return bad(index, `the sealed part of record ${index} is not the one that its head names`);
      }
    } catch (thrown) {
      const isBad = thrown instanceof PartFailure && BAD_PARTS.has(thrown.code);
      if (!isBad) throw thrown;
      return bad(thrown.index ?? asked[0]?.index ?? 0, thrown.message);
    }
  }
  return { mismatch: null, erased };
}

function isCommitted(content: Uint8Array, commitment: string): boolean {
  return commitPart(sha256Base64url, 'sealed', Buffer.from(content).toString('utf8')) === commitment;
}
