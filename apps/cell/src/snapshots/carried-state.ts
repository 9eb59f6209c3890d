import { Buffer } from 'node:buffer';
import type { State } from '@writ/kernel';
import { emptyFrontier } from '@writ/proof';
import { decodeBatch } from '../core/batch.ts';
import { CoreFailure } from '../core/failure.ts';
import type { Base } from '../core/recover.ts';
import type { Engine } from '../engine/load-engine.ts';
import { readPrivateFile } from '../home/private-file.ts';
import type { Batch } from '../journal/journal.ts';
import { SNAPSHOT_BYTES_MAX, stateDigestOf } from './snapshot-file.ts';

/**
 * Batches from the one that holds a record on, as the reader of the journal gives them: the caller owns them.
 */
export type ReadBatches = (from: number, max_bytes: number) => readonly Batch[];

/**
 * Where the fold of a whole log begins. A log that continues no other begins with nothing. In a later epoch
 * record 0 names the state that was carried over, and without that state nothing of the log can be read.
 */
export async function loadFirstBase(engine: Engine, read: ReadBatches, carriedPath: string): Promise<Base> {
  const digest = carriedDigest(read);
  const frontier = emptyFrontier();
  if (digest === null) return { state: engine.functions.emptyState(), frontier };
  return { state: await readCarried(engine, carriedPath, digest), frontier };
}

export async function readCarried(engine: Engine, path: string, digest: string): Promise<State> {
  const bytes = await readPrivateFile(path, SNAPSHOT_BYTES_MAX);
  const text = bytes === 'missing' ? null : Buffer.from(bytes).toString('utf8');
  if (text === null || stateDigestOf(text) !== digest) {
    const why = text === null ? 'is missing' : 'is not the one that record 0 names';
    throw new CoreFailure('STORE_CORRUPT', `the carried state ${why}: restore ${path} from a backup`, 0);
  }
  return engine.functions.restoreSnapshot(text);
}

/** What record 0 says of the state before it: a digest in a later epoch, else null. */
export function carriedDigest(read: ReadBatches): string | null {
  const [first] = read(0, 1);
  if (first === undefined) return null;
  const [record] = decodeBatch(first.bytes, first.from, first.count).records;
  const head = parseHeadLoosely(record?.head ?? '');
  return head['kind'] === 'genesis' && typeof head['state_digest'] === 'string' ? head['state_digest'] : null;
}

/** For finding a place only: everything is read strictly when it is folded. */
export function parseHeadLoosely(head: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(head);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
