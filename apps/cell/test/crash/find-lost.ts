import type { Acknowledged } from './load-lines.ts';
import { parsed, type StoredLog } from './read-store.ts';

/**
 * Everything that was promised and does not hold, in words. `acknowledged` are the answers of all lives so
 * far; a permission that two commits spend, and an attempt that was told two receipts, are found too.
 */
export function findLost(log: StoredLog, acknowledged: readonly Acknowledged[]): readonly string[] {
  return [
    ...findMissing(log, acknowledged),
    ...findUnsigned(log, acknowledged),
    ...findSpentTwice(log, acknowledged),
  ];
}

function findMissing(log: StoredLog, acknowledged: readonly Acknowledged[]): readonly string[] {
  return acknowledged.flatMap(({ what, id, proved }) => {
    if (proved === null || log.heads[proved.index] === proved.head) return [];
    const found = log.heads[proved.index] === undefined ? 'missing' : 'other bytes';
    return [`${what} ${id} at ${proved.index}: ${found}`];
  });
}

/** Each checkpoint that left the cell is a state that the log went through. */
function findUnsigned(log: StoredLog, acknowledged: readonly Acknowledged[]): readonly string[] {
  return acknowledged.flatMap(({ proved }) => {
    if (proved === null || log.roots.get(proved.size) === proved.root) return [];
    return [`the checkpoint at ${proved.size} is not one of this log`];
  });
}

function findSpentTwice(log: StoredLog, acknowledged: readonly Acknowledged[]): readonly string[] {
  const wrong: string[] = [];
  const spentAt = new Map<string, number>();
  for (const [index, text] of log.heads.entries()) {
    const head = parsed(text);
    if (head.kind !== 'commit') continue;
    const before = spentAt.get(head.id);
    if (before !== undefined) wrong.push(`${head.id} is spent at ${before} and at ${index}`);
    spentAt.set(head.id, index);
  }
  const winners = new Map<string, string>();
  for (const { id, attempt, proved } of acknowledged.filter(isReceipt)) {
    if (spentAt.get(id) !== proved?.index) wrong.push(`${id} was told another receipt than the log has`);
    const winner = winners.get(id);
    if (winner !== undefined && winner !== attempt) wrong.push(`${id} was spent by ${winner} and ${attempt}`);
    winners.set(id, attempt);
  }
  return wrong;
}

/** The first receipt of a spend, and the same one again for the same attempt. */
export function isReceipt({ what, kind, code }: Acknowledged): boolean {
  return kind === 'spent' || (what === 'commit' && kind === 'repeat' && code === 'ALLOWED');
}

/** The terms of the rows never fall, and every start raises them. */
export function findTermFaults(log: StoredLog): readonly string[] {
  const wrong: string[] = [];
  let term = 0;
  for (const batch of log.batches) {
    if (batch.term < term) wrong.push(`the term falls from ${term} to ${batch.term} at ${batch.from}`);
    term = batch.term;
  }
  return wrong;
}
