import { mkdir } from 'node:fs/promises';
import {
  assembleConsistency,
  assembleInclusion,
  concatBytes,
  consistencyNodes,
  equalBytes,
  type Frontier,
  foldNodes,
  frontierOf,
  HASH_BYTES,
  inclusionNodes,
  peakNodes,
} from '@writ/proof';
import { growEdges, levelCount, readEdges } from './edges.ts';
import { TilesFailure } from './failure.ts';
import { type LevelFiles, openLevelFiles } from './level-files.ts';
import { readMarker, writeMarker } from './marker.ts';
import { createNodeReader, type NodeReader, type View } from './read-nodes.ts';
import { recoverLevels } from './recover.ts';
import { CACHE_BYTES } from './tile-cache.ts';

/** More leaves than one append or check takes at once: 2 MB of hashes. */
export const LEAVES_AT_ONCE_MAX = 65_536;
/** Sizes are exact integers, below 2^53. */
const LEVEL_MAX = 52;

/**
 * The hashes of the tree over all records, on disk, so that a proof for an old record costs a few reads
 * whatever the size of the log. Derived from the journal and written behind it; one instance a folder.
 * spec/30-journal.md §7.
 */
export type Tiles = {
  size(): number;
  /**
   * Adds packed leaf hashes; `from` MUST be the size. A failed append changes nothing and may be tried
   * again.
   */
  append(from: number, leafHashes: Uint8Array): Promise<void>;
  /** The root of the complete subtree of 2^level leaves that is the `index`-th from the left. */
  hashAt(level: number, index: number): Promise<Uint8Array>;
  inclusionProof(index: number, size: number): Promise<Uint8Array[]>;
  consistencyProof(first: number, second: number): Promise<Uint8Array[]>;
  root(size: number): Promise<Uint8Array>;
  /** All that appending needs to know of the tree as it was at `size`. */
  frontier(size: number): Promise<Frontier>;
  /** Compares what is stored from `from` on with leaf hashes from the journal. */
  check(from: number, leafHashes: Uint8Array): Promise<void>;
  /** Afterwards everything appended so far survives a loss of power. */
  sync(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens or makes the folder, cuts it back to its last sync and checks the root of that against the marker.
 */
export async function openTiles(folder: string, cacheBytes: number = CACHE_BYTES): Promise<Tiles> {
  await mkdir(folder, { mode: 0o700 }).catch((thrown: { code?: unknown }) => {
    if (thrown.code !== 'EEXIST') throw new TilesFailure('TILES_IO', 'the folder cannot be made');
  });
  const marker = await readMarker(folder);
  const files = await openLevelFiles(folder);
  try {
    const size = await recoverLevels(files, marker?.size ?? 0);
    const tiles = createTiles(folder, files, { size, edges: await readEdges(files, size) }, cacheBytes);
    if (marker !== null && size === marker.size && !equalBytes(await tiles.root(size), marker.root)) {
      const detail =
        'the tiles do not lead to the root that was synced: remove their folder, it is made anew';
      throw new TilesFailure('TILES_CORRUPT', detail, 0);
    }
    return tiles;
  } catch (thrown) {
    await files.close();
    throw thrown;
  }
}

function createTiles(folder: string, files: LevelFiles, start: View, cacheBytes: number): Tiles {
  let view = start;
  const reader = createNodeReader(files, cacheBytes, () => view);
  // Appends and syncs run one after another; reads need no order: what lies below the size never changes.
  let writing: Promise<unknown> = Promise.resolve();
  const inOrder = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = writing.then(work);
    writing = done.catch(() => {});
    return done;
  };
  return {
    size: () => view.size,
    append(from, leafHashes) {
      return inOrder(async () => {
        view = await appendTo(files, view, from, leafHashes);
      });
    },
    sync: () => inOrder(() => syncTo(folder, files, view.size, reader)),
    close: () => inOrder(() => files.close()),
    ...createQueries(reader, () => view.size),
  };
}

type Queries = Pick<Tiles, 'hashAt' | 'inclusionProof' | 'consistencyProof' | 'root' | 'frontier' | 'check'>;

function createQueries(reader: NodeReader, sizeNow: () => number): Queries {
  return {
    async hashAt(level, index) {
      if (!isIndex(level) || level > LEVEL_MAX)
        throw new TilesFailure('TILES_INVALID', 'not a level of a tree');
      if (!isIndex(index)) throw new TilesFailure('TILES_INVALID', 'not an index');
      guardSize((index + 1) * 2 ** level, sizeNow());
      return foldNodes(await reader.hashes([{ level, index }]));
    },
    async inclusionProof(index, size) {
      guardSize(size, sizeNow());
      return assembleInclusion(index, size, await reader.hashes(inclusionNodes(index, size)));
    },
    async consistencyProof(first, second) {
      guardSize(second, sizeNow());
      return assembleConsistency(first, second, await reader.hashes(consistencyNodes(first, second)));
    },
    async root(size) {
      guardSize(size, sizeNow());
      return foldNodes(await reader.hashes(peakNodes(size)));
    },
    async frontier(size) {
      guardSize(size, sizeNow());
      const peaks = await reader.hashes(peakNodes(size));
      return frontierOf(size, concatBytes(...peaks));
    },
    async check(from, leafHashes) {
      const count = guardLeaves(from, leafHashes);
      guardSize(from + count, sizeNow());
      const stored = await reader.leaves(from, count);
      const wrong = stored.findIndex((byte, position) => byte !== leafHashes[position]);
      if (wrong < 0) return;
      const index = from + Math.floor(wrong / HASH_BYTES);
      throw new TilesFailure('TILES_MISMATCH', 'the stored leaf is not that of the journal', index);
    },
  };
}

/** Writes before it answers with the new view: whoever reads meanwhile sees the tree as it was. */
async function appendTo(files: LevelFiles, view: View, from: number, leafHashes: Uint8Array): Promise<View> {
  const count = guardLeaves(from, leafHashes);
  const { size } = view;
  if (from !== size) throw new TilesFailure('TILES_ORDER', `the next leaf is ${size}, not ${from}`);
  const { added, edges } = growEdges(view.edges, leafHashes);
  for (const [level, hashes] of added.entries()) await files.write(level, levelCount(size, level), hashes);
  return { size: size + count, edges };
}

async function syncTo(folder: string, files: LevelFiles, size: number, reader: NodeReader): Promise<void> {
  const root = foldNodes(await reader.hashes(peakNodes(size)));
  await files.sync();
  await writeMarker(folder, { size, root });
}

const isIndex = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function guardSize(wanted: number, size: number): void {
  if (!isIndex(wanted)) throw new TilesFailure('TILES_INVALID', 'not a size');
  if (wanted > size) throw new TilesFailure('TILES_RANGE', `the tree has ${size} leaves, not ${wanted}`);
}

/** The number of packed hashes. */
function guardLeaves(from: number, leafHashes: Uint8Array): number {
  if (!isIndex(from)) throw new TilesFailure('TILES_INVALID', 'not an index');
  const count = leafHashes.byteLength / HASH_BYTES;
  if (count < 1 || !Number.isInteger(count) || count > LEAVES_AT_ONCE_MAX) {
    throw new TilesFailure('TILES_INVALID', 'packed hashes of 32 bytes each are wanted, in a bounded number');
  }
  return count;
}
