import { Buffer } from 'node:buffer';
import { encodeBase64, type Id, openCheckpoint, parseVerifierKey, rootOf } from '@writ/proof';
import { checkAnchor } from '../anchor/check-anchor.ts';
import type { AnchorKeeper } from '../anchor/open-anchor.ts';
import { signCheckpoint } from '../core/checkpoint.ts';
import { CoreFailure } from '../core/failure.ts';
import type { Base, ReadBatch } from '../core/recover.ts';
import type { PartStore } from '../parts/part-store.ts';
import type { Keystore } from '../sealing/keystore.ts';
import type { Signer } from '../signer/signer.ts';
import type { Tiles } from '../tiles/tiles.ts';
import type { Definitions } from './definitions.ts';
import type { CellSettings } from './settings.ts';
import type { TileFollower } from './tile-follower.ts';

/** What stands between reading history and answering anything. */
export type Opening = {
  onRecovered(batch: ReadBatch): Promise<void>;
  checkRecovered(base: Base): Promise<void>;
};

type Stores = {
  readonly settings: CellSettings;
  readonly anchor: AnchorKeeper;
  readonly tiles: Tiles;
  readonly follower: TileFollower;
  readonly definitions: Definitions;
  readonly keys: Keystore;
  readonly parts: PartStore;
  readonly signer: Signer;
  /** Overwriting goes on while the cell answers; a failure is met again at the next start. */
  onErasureFailed(cause: unknown): void;
};

export function openOpening(stores: Stores): Opening {
  const erasures = new Set<number>();
  let swept = false;
  return {
    async onRecovered(batch) {
      await stores.follower.recovered(batch.from, batch.leaf_hashes);
      for (const index of erasedIn(batch)) erasures.add(index);
    },
    async checkRecovered(base) {
      await stores.follower.flush();
      await checkAgainstAnchor(stores, base);
      await stores.definitions.loadPolicies(base.state);
      // Orphans of a crash; while the process lives, the next put for an index replaces its orphan.
      if (!swept) await stores.parts.sweepOrphans(base.frontier.size);
      swept = true;
      await finishErasures(stores, base, [...erasures]);
      erasures.clear();
    },
  };
}

/** The store must hold everything that was signed: else it was rolled back or replaced. */
async function checkAgainstAnchor(stores: Stores, base: Base): Promise<void> {
  const { anchor, settings, tiles } = stores;
  const durable = anchor.durable();
  if (durable !== undefined) verifyNote(durable.note, settings);
  const verdict = await checkAnchor(durable, {
    origin: settings.origin,
    size: base.frontier.size,
    rootAt: async (size) => encodeBase64(await tiles.root(size)),
  });
  switch (verdict.kind) {
    case 'ok':
      return;
    case 'absent':
      // Right after init only: nothing but record 0 was ever written, and nothing is added before the anchor
      // is.
      if (base.frontier.size <= 1) return anchorFirst(stores, base);
      throw new CoreFailure(
        'ROLLED_BACK',
        'the anchor is missing: restore the key directory, or writ recover',
      );
    case 'refused':
      throw new CoreFailure(verdict.code, `${verdict.detail}: writ recover, or restore the newest store`);
    default:
      return verdict satisfies never;
  }
}

async function anchorFirst({ anchor, settings, signer }: Stores, { frontier }: Base): Promise<void> {
  const { size } = frontier;
  const root = rootOf(frontier);
  const note = await signCheckpoint(signer, { origin: settings.origin, size, root });
  await anchor.replace({ origin: settings.origin, size, root: encodeBase64(root), note });
}

function verifyNote(note: string, { origin, vkey }: CellSettings): void {
  try {
    openCheckpoint(Buffer.from(note, 'utf8'), { origin, keys: [parseVerifierKey(vkey)] });
  } catch (cause) {
    throw new CoreFailure('FORKED', 'the anchor is not signed by the key of this cell', null, cause);
  }
}

function* erasedIn({ decoded }: ReadBatch): Generator<number> {
  for (const record of decoded) {
    if (record.head.kind !== 'erase') continue;
    const { index } = record.state as { readonly index: number | null }; // the state part of an erase record
    if (index !== null) yield index;
  }
}

/**
 * An erasure is done when its keys and bytes are gone, not when its record stands: a crash between is mended.
 * Keys go before anything is answered; overwriting what they sealed may take its time.
 */
async function finishErasures(stores: Stores, base: Base, indexes: readonly number[]): Promise<void> {
  const { keys, parts } = stores;
  const erased: Id[] = [];
  for (const space of base.state.namespaces.values()) {
    if (space.erased && keys.has(space.id)) erased.push(space.id);
  }
  await keys.destroyDomains(erased);
  const overwrite = async (): Promise<void> => {
    await parts.resumeErasures();
    for (const ns of erased) await parts.eraseDomain(ns);
    if (indexes.length > 0) await parts.erase(indexes);
  };
  overwrite().catch(stores.onErasureFailed);
}
