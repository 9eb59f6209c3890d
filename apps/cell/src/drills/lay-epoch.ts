import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from '@writ/kernel';
import {
  emptyFrontier,
  encodeBase64,
  encodeBase64url,
  type Frontier,
  rootOf,
  sha256Base64url,
} from '@writ/proof';
import { openMint } from '../cell/mint.ts';
import { placesOf } from '../cell/places.ts';
import type { CellSettings } from '../cell/settings.ts';
import { encodeBatch } from '../core/batch.ts';
import { signCheckpoint } from '../core/checkpoint.ts';
import { layBatch } from '../core/commit-batch.ts';
import type { DurableBatch } from '../core/durable.ts';
import type { Engine } from '../engine/load-engine.ts';
import { makePrivateDirectory } from '../home/private-directory.ts';
import { createPrivateFile, destroyFile } from '../home/private-file.ts';
import type { Home } from '../home/resolve-home.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';
import { createFileSigner } from '../signer/file-signer.ts';
import type { Signer } from '../signer/signer.ts';
import { stateDigestOf } from '../snapshots/snapshot-file.ts';
import { copyFile, listFiles, syncFolders } from './copy-files.ts';
import { DrillFailure } from './failure.ts';
import { type Intent, printIntent } from './intent.ts';
import { type EpochPlaces, epochFilesOf, epochPlacesOf } from './store-layout.ts';

export type EpochPlan = {
  readonly home: Home;
  readonly reason: 'restore' | 'recover';
  readonly engine: Engine;
  /** Of the log that ends. */
  readonly settings: CellSettings;
  /** Its state and tree at the size where it ends. The state is used up. */
  readonly state: State;
  readonly frontier: Frontier;
  readonly now_ms: number;
  readonly lost: number | null;
  /** Whether the keys of a namespace are there: without them it is erased, whatever the old log says. */
  hasKeys(ns: string): boolean;
  /** The folder with the blobs and engines of the log that ends. */
  readonly definitions: string;
  /** Lays what of the former log has to be copied to `predecessor`; what is renamed comes with the switch. */
  layPredecessor(predecessor: string): Promise<void>;
};

/**
 * Lays a whole new store beside the old one: the carried state, record 0 that names it, and a fresh key. The
 * intent is written last, and with it everything is decided: whatever happens now, the epoch comes.
 */
export async function layEpoch(plan: EpochPlan): Promise<Intent> {
  const { home, engine, settings, state, frontier } = plan;
  const epoch = epochPlacesOf(home, placesOf(home));
  await clearUnfinished(epoch);
  await makePrivateDirectory(epoch.next);
  const files = epochFilesOf(epoch.next);
  await plan.layPredecessor(files.predecessor);
  const predecessor = { origin: settings.origin, size: frontier.size, root: encodeBase64(rootOf(frontier)) };
  const about = { format: 'writ-predecessor/v1', reason: plan.reason, settings, ...predecessor };
  await createPrivateFile(files.predecessorFile, Buffer.from(`${JSON.stringify(about, null, 1)}\n`, 'utf8'));
  for (const folder of ['blobs', 'engines'])
    await copyFolder(join(plan.definitions, folder), join(epoch.next, folder));
  const carried = engine.functions.carryState(state, (ns) => !plan.hasKeys(ns));
  const text = engine.functions.printSnapshot(carried);
  await createPrivateFile(files.carried, Buffer.from(text, 'utf8'));
  const origin = nextOrigin(settings.origin);
  const signer = await createFileSigner(epoch.nextKey, 'checkpoint', origin);
  const next: CellSettings = { ...settings, origin, vkey: signer.vkey };
  const batch = layGenesis(plan, next, carried, stateDigestOf(text));
  await beginJournal(join(epoch.next, 'journal.sqlite'), batch);
  await syncFolders(epoch.next);
  const began = { origin, predecessor, lost: plan.lost };
  const checkpoint = await signFirst(signer, origin, batch);
  const intent: Intent = { format: 'writ-epoch/v1', reason: plan.reason, settings: next, checkpoint, began };
  await createPrivateFile(epoch.intent, printIntent(intent));
  return intent;
}

/**
 * What an earlier try left that never came to its intent. Its key has signed nothing that anyone has seen.
 */
async function clearUnfinished(epoch: EpochPlaces): Promise<void> {
  await rm(epoch.next, { recursive: true, force: true });
  await destroyFile(epoch.nextKey);
}

/** The same host and cell, another log. */
function nextOrigin(origin: string): string {
  return `${origin.slice(0, origin.lastIndexOf('/'))}/${randomBytes(8).toString('hex')}`;
}

async function copyFolder(source: string, target: string): Promise<void> {
  await makePrivateDirectory(target);
  for (const { path, bytes } of await listFiles(source, () => true)) {
    await copyFile(join(source, path), join(target, path), bytes);
  }
}

/** INVARIANT: folding record 0 onto the carried state is where every later start of this log begins. */
function layGenesis(
  { engine, frontier, settings, reason, now_ms }: EpochPlan,
  next: CellSettings,
  carried: State,
  state_digest: string,
): Omit<DurableBatch, 'note'> {
  const mint = openMint();
  const definition = carried.principals.get(next.operator)?.definition;
  if (definition === undefined)
    throw new DrillFailure('NOTHING_TO_KEEP', 'the kept records name no operator');
  const predecessor = {
    origin: sha256Base64url(settings.origin),
    root: encodeBase64url(rootOf(frontier)),
    size: frontier.size,
  };
  const { records } = engine.functions.step(
    carried,
    {
      kind: 'genesis',
      id: mint.id('log'),
      ns: next.home,
      origin: next.origin,
      reason,
      predecessor,
      keys: [sha256Base64url(next.vkey)],
      engine: engine.digest,
      state_digest,
      operator: { id: next.operator, definition },
    },
    // Time never goes back, also when the clock of this machine does.
    { now_ms: Math.max(now_ms, carried.now_ms), salts: mint.salts() },
    { hash: sha256Base64url, policy: () => null },
  );
  if (records.length !== 1) throw new DrillFailure('NOTHING_TO_KEEP', 'the kept state cannot begin a log');
  return layBatch({ frontier: emptyFrontier(), note: '', term: 0 }, 0, records);
}

async function beginJournal(file: string, { records }: Omit<DurableBatch, 'note'>): Promise<void> {
  // The cell that opens it takes its reserve; laying one record needs none.
  const journal = openSqliteJournal({ file, reserve_bytes: 0 });
  try {
    const head = await journal.open();
    const bytes = encodeBatch({ note: '', records });
    const result = await journal.append({ from: 0, count: records.length, term: head.term, bytes }, head);
    if (result !== 'committed') throw new Error(`record 0 was not committed: ${result}`);
  } finally {
    await journal.close();
  }
}

function signFirst(signer: Signer, origin: string, { tree }: Omit<DurableBatch, 'note'>): Promise<string> {
  return signCheckpoint(signer, { origin, size: tree.after.size, root: tree.root });
}
