import type { OperationId, WireProven } from '@writ/contract/api';
import { checkpointAdvances, type RememberedCheckpoint, type Trust, verifyRecord } from '@writ/proof';
import { ClientFailure } from '../failure.ts';
import { memoryOf, openOwn } from './link.ts';

/** What a proof is held against. */
export type Ground = {
  readonly trust: Trust;
  readonly origin: string;
  readonly floor: RememberedCheckpoint;
  readonly now_ms: () => number;
};

/** Verifies all that can be verified in an answer, and gives the checkpoints that it stands on. */
export function checkProofs(
  id: OperationId,
  value: unknown,
  ground: Ground,
): readonly RememberedCheckpoint[] {
  const notes = notesIn(id, value).map((note) => checkNote(note, ground));
  return [...notes, ...provenIn(id, value).map((proven) => checkProven(proven, ground))];
}

function checkNote(note: string, ground: Ground): RememberedCheckpoint {
  const checkpoint = openOwn(ground, note);
  const { verdict } = checkpointAdvances(memoryOf(ground.floor), checkpoint);
  if (verdict === 'rolled_back') throw new ClientFailure('ROLLED_BACK', 'the log is shorter than it was');
  if (verdict === 'forked') throw new ClientFailure('FORKED', 'another tree of this size was seen');
  return checkpoint;
}

function checkProven({ head, proof }: WireProven, { trust, origin, floor }: Ground): RememberedCheckpoint {
  const verdict = verifyRecord(head, proof, origin, trust, memoryOf(floor));
  if (verdict.verdict !== 'valid') throw new ClientFailure(verdict.code, 'a proof in the answer');
  return verdict.checkpoint;
}

type Members = { readonly [name: string]: unknown };

function notesIn(id: OperationId, value: unknown): readonly string[] {
  if (id === 'getCheckpoint') return [String(value)];
  if (id === 'getConsistency') return [String((value as Members)['checkpoint'])]; // as its schema says
  return [];
}

function provenIn(id: OperationId, value: unknown): readonly WireProven[] {
  if (typeof value !== 'object' || value === null) return [];
  // Of the form that the schema of the operation has already settled.
  const members = value as Members;
  if (id === 'getProof') return [value as WireProven];
  if (id === 'proposeActions' && Array.isArray(members['answers'])) {
    return members['answers'].flatMap((one: Members) => provenIn('proposeAction', one['proposed']));
  }
  const proven = members['proven'];
  return typeof proven === 'object' && proven !== null ? [proven as WireProven] : [];
}
