import {
  checkpointAdvances,
  decodeBase64,
  emptyMemory,
  type Memory,
  openTrustedCheckpoint,
  type RememberedCheckpoint,
  type Trust,
} from '@writ/proof';
import { ClientFailure, inClientTerms } from '../failure.ts';
import type { CheckpointMemory } from '../ports.ts';
import type { Wire } from '../wire/wire.ts';

export type LogPorts = {
  readonly wire: Wire;
  readonly trust: Trust;
  readonly origin: string;
  readonly memory: CheckpointMemory;
  readonly now_ms: () => number;
};

/** A memory of one checkpoint, as verification takes it. */
export function memoryOf(checkpoint: RememberedCheckpoint): Memory {
  return { ...emptyMemory(), checkpoints: new Map([[checkpoint.origin, checkpoint]]) };
}

/** A signed checkpoint of this log, and of no other one that is trusted too. */
export function openOwn(
  { trust, origin, now_ms }: Pick<LogPorts, 'trust' | 'origin' | 'now_ms'>,
  note: string,
): RememberedCheckpoint {
  const opened = inClientTerms(() => openTrustedCheckpoint(note, trust, now_ms()));
  if (opened.origin !== origin) {
    throw new ClientFailure('CHECKPOINT_WRONG_ORIGIN', 'a checkpoint of another log');
  }
  return { origin, size: opened.size, root: opened.root, note };
}

/** The first checkpoint that is ever seen of a log: it can be held against nothing. */
export async function openFirst(ports: LogPorts): Promise<RememberedCheckpoint> {
  const called = await ports.wire.call('getCheckpoint', {});
  if (called.kind === 'problem') throw new ClientFailure(called.problem.code, 'no checkpoint');
  return openOwn(ports, called.value);
}

const ABOUT_THE_KEY: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'PRINCIPAL_DISABLED',
  'PRINCIPAL_EXPIRED',
]);

/** The newest checkpoint, after the log has proved that it continues the given one. */
export async function linkFrom(ports: LogPorts, from: RememberedCheckpoint): Promise<RememberedCheckpoint> {
  const called = await ports.wire.call('getConsistency', { query: { from: Number(from.size) } });
  if (called.kind === 'problem') {
    const { code } = called.problem;
    if (code === 'LOG_SHORTER') throw new ClientFailure('ROLLED_BACK', 'the log is shorter than it was');
    // Whose key is not good was told nothing of the log.
    if (ABOUT_THE_KEY.has(code)) throw new ClientFailure(code, 'this key may not ask');
    throw new ClientFailure('CONSISTENCY_MISSING', code);
  }
  const { checkpoint, hashes } = called.value;
  const newest = openOwn(ports, checkpoint);
  const proof = inClientTerms(() => hashes.map((hash) => decodeBase64(hash)));
  const advance = inClientTerms(() => checkpointAdvances(memoryOf(from), newest, proof));
  switch (advance.verdict) {
    case 'ok':
      return newest;
    case 'rolled_back':
      throw new ClientFailure('ROLLED_BACK', 'the log is shorter than it was');
    case 'forked':
    case 'needs_consistency':
      throw new ClientFailure('FORKED', 'the log does not continue what was seen of it');
    default:
      return advance satisfies never;
  }
}

export async function largestKept({ memory, origin }: LogPorts): Promise<RememberedCheckpoint | null> {
  return orMemoryFailed(() => memory.largest(origin));
}

export async function keepCheckpoint({ memory }: LogPorts, checkpoint: RememberedCheckpoint): Promise<void> {
  await orMemoryFailed(() => memory.remember(checkpoint));
}

async function orMemoryFailed<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch {
    throw new ClientFailure('MEMORY_FAILED', 'what was seen of the log cannot be read or kept');
  }
}
