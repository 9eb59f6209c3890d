import { emptyState, fold, type DecodedRecord, type State } from '@writ/kernel';
import { decodeStored } from '@writ/kernel/engine';
import {
  emptyFrontier,
  encodeBase64,
  encodeUtf8,
  type Frontier,
  hashLeaves,
  openBatch,
  rootOf,
  sha256Base64url,
} from '@writ/proof';
import { type BatchRecord, decodeBatch } from '../../src/core/batch.ts';
import type { Batch } from '../../src/journal/journal.ts';
import { checkBudgets } from './invariants/budgets.ts';
import { openDriftRule, type ReadSealed } from './invariants/drift.ts';
import { openFreezeRule } from './invariants/freezes.ts';
import { openOrderRule } from './invariants/order.ts';
import { openSpendingRule } from './invariants/spending.ts';
import { openTicketRule } from './invariants/tickets.ts';
import type { Checks } from './violation.ts';

/** What one rule sees: each record as it becomes durable, and the state that it was decided on. */
export type Landed = {
  readonly index: number;
  readonly record: DecodedRecord;
  readonly before: State;
  readonly batch_term: number;
};

export type Rule = (landed: Landed) => void;

/**
 * The log as a reader sees it who only ever sees what is durable. Every batch is checked at the moment it
 * becomes so, whoever sent it and whatever the sender is told later.
 */
export type LogModel = {
  land(batch: Batch): readonly DecodedRecord[];
  readonly records: readonly BatchRecord[];
  readonly state: State;
  frontier(): Frontier;
  /** Base64 of the root at each size at which a batch ended. */
  rootAt(size: number): string | undefined;
};

export function openLogModel(checks: Checks, readSealed: ReadSealed): LogModel {
  const state = emptyState();
  const records: BatchRecord[] = [];
  const roots = new Map<number, string>();
  let frontier = emptyFrontier();
  const rules: readonly Rule[] = [
    openOrderRule(checks),
    openSpendingRule(checks),
    openFreezeRule(checks),
    openTicketRule(checks),
    openDriftRule(checks, readSealed),
  ];
  roots.set(0, encodeBase64(rootOf(frontier)));
  return {
    records,
    state,
    frontier: () => frontier,
    rootAt: (size) => roots.get(size),
    land(batch) {
      checks.check('batches follow each other', batch.from === records.length, () => `at ${batch.from}`);
      const { note, records: fresh } = decodeBatch(batch.bytes, batch.from, batch.count);
      checkNote(checks, note, roots.get(batch.from), batch.from);
      const decoded = fresh.map((record) =>
        decodeStored(sha256Base64url, encodeUtf8(record.head), record.state),
      );
      for (const [at, record] of decoded.entries()) {
        const landed = { index: batch.from + at, record, before: state, batch_term: batch.term };
        for (const rule of rules) rule(landed);
        fold(state, [record]);
      }
      records.push(...fresh);
      checkBudgets(checks, state);
      frontier = openBatch(frontier, hashLeaves(fresh.map((record) => record.head))).after;
      roots.set(records.length, encodeBase64(rootOf(frontier)));
      return decoded;
    },
  };
}

/** The row carries the note of the batch before, or none after a blind term. */
function checkNote(checks: Checks, note: string, root: string | undefined, size: number): void {
  if (note === '') return;
  const [, saysSize, saysRoot] = note.split('\n');
  const fits = saysSize === String(size) && saysRoot === root;
  checks.check(
    'a row carries the note of the log before it',
    fits,
    () => `${saysSize} in the row at ${size}`,
  );
}
