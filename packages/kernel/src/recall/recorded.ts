import { type AnyRecalled, findRecalled, type Recall, type RecallKind, type RecallValues } from './recall.ts';

/** Thrown when judging again asks for what the record does not hold: another engine decided it. */
export class RecallMissing extends Error {
  readonly code = 'RECALL_MISSING';
  constructor(kind: string) {
    super(`RECALL_MISSING: ${kind}`);
    this.name = 'RecallMissing';
  }
}

/** Recall from a record: the same values in the same order, and nothing else. */
export function recallRecorded(recorded: readonly AnyRecalled[]): Recall {
  const read: AnyRecalled[] = [];
  return {
    read<K extends RecallKind>(kind: K, id: string): RecallValues[K] {
      const item = findRecalled(recorded, kind, id);
      if (item === undefined) throw new RecallMissing(kind);
      const known = findRecalled(read, kind, id) !== undefined;
      // It came from this very list.
      if (!known) read.push(item as unknown as AnyRecalled);
      return item.value;
    },
    readSet: () => read.slice(),
  };
}
