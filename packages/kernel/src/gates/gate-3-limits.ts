import type { Reason } from '@writ/contract';
import {
  BUDGET_HOLD_SHARE,
  LOOP_MAX,
  OPEN_WRITS_MAX,
  OPEN_WRITS_PER_PRINCIPAL_MAX,
} from '../state/limits.ts';
import { type Gate, type GateInput, reason } from './gate.ts';

/** Gate 3: rate, quota, budgets with what is in flight, and loops. */
export const limitsGate: Gate = {
  number: 3,
  name: 'limits',
  judge(input) {
    const reasons: Reason[] = [];
    const { context, recall } = input;
    // At commit the action is already counted and its costs are reserved: the budgets must still bear them.
    const counted = context.purpose === 'commit';
    if (!counted) judgeCounts(input, reasons);
    judgeBudgets(input, counted, reasons);
    if (recall.read('loop', context.shape).count >= LOOP_MAX) reasons.push(reason(3, 'BLOCK', 'LOOP_KILLED'));
    return { kind: 'evaluated', reasons };
  },
};

function judgeCounts({ context, recall }: GateInput, reasons: Reason[]): void {
  const limits = recall.read('principal', context.by)?.definition.limits;
  if (limits === undefined) return;
  const { actions_last_minute } = recall.read('activity', context.root);
  if (actions_last_minute >= limits.actions_per_minute) {
    reasons.push(reason(3, 'BLOCK', 'RATE_LIMIT_EXCEEDED'));
  }
  const { open, open_in_cell } = recall.read('writs', context.by);
  const quota = Math.min(limits.open_writs, OPEN_WRITS_PER_PRINCIPAL_MAX);
  if (open >= quota || open_in_cell >= OPEN_WRITS_MAX) reasons.push(reason(3, 'BLOCK', 'QUOTA_EXCEEDED'));
}

function judgeBudgets({ context, recall }: GateInput, reserved: boolean, reasons: Reason[]): void {
  for (const { unit, amount } of context.costs) {
    const budget = recall.read('budget', unit);
    const real = Number.isSafeInteger(amount) && amount >= 0;
    // What costs and has no budget may not be spent; neither may an amount that is none.
    if (budget === null || !real || exceeds(budget, reserved ? 0 : amount)) {
      reasons.push(reason(3, 'BLOCK', 'BUDGET_EXCEEDED'));
    }
  }
}

type Standing = {
  readonly held: number;
  readonly limit: number;
  readonly reserved: number;
  readonly spent: number;
};

function exceeds({ held, limit, reserved, spent }: Standing, amount: number): boolean {
  if (spent + reserved + amount > limit) return true;
  return (held + amount) * BUDGET_HOLD_SHARE > limit;
}
