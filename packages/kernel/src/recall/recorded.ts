import type { AnyRecalled, Recall, RecallKind, RecallValues } from './recall.ts';

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
  const known = new Map(recorded.map((item) => [`${item.kind} ${item.id}`, item]));
  const read = new Map<string, AnyRecalled>();
  return {
    read<K extends RecallKind>(kind: K, id: string): RecallValues[K] {
      const key = `${kind} ${id}`;
      const item = known.get(key);
      if (item === undefined) throw new RecallMissing(kind);
      read.set(key, item);
      return item.value as RecallValues[K]; // the key begins with the kind
    },
    readSet: () => [...read.values()],
  };
}
