import type { Id } from '@writ/proof';
import type { Amount, Budget, Namespace } from '../state/state.ts';

/** The budget as it stands in the window of `now_ms`: spending starts anew in each, reservations stay. */
export function currentBudget(budget: Budget, now_ms: number): Budget {
  const window = Math.floor(now_ms / budget.window_ms);
  return window === budget.window ? budget : { ...budget, window, spent: 0 };
}

/** Holds amounts for an open permission. */
export function reserve(space: Namespace, root: Id, amounts: readonly Amount[], now_ms: number): void {
  for (const { unit, amount } of amounts) {
    const budget = space.budgets.get(unit);
    if (budget === undefined) continue;
    const current = currentBudget(budget, now_ms);
    current.held.set(root, (current.held.get(root) ?? 0) + amount);
    space.budgets.set(unit, { ...current, reserved: current.reserved + amount });
  }
}

/** Nothing was done with what was held. */
export function giveBack(space: Namespace, root: Id, reserved: readonly Amount[], now_ms: number): void {
  const nothing = reserved.map(({ unit }) => ({ unit, amount: 0 }));
  settle(space, root, reserved, nothing, now_ms);
}

/**
 * Lets go of what was held, and counts as spent what really was: all of it where nothing is said. Settlement
 * only lowers. What was spent is given back.
 */
export function settle(
  space: Namespace,
  root: Id,
  reserved: readonly Amount[],
  spent: readonly Amount[],
  now_ms: number,
): readonly Amount[] {
  const settled: Amount[] = [];
  for (const { unit, amount } of reserved) {
    const budget = space.budgets.get(unit);
    if (budget === undefined) continue;
    const current = currentBudget(budget, now_ms);
    const said = spent.find((item) => item.unit === unit)?.amount ?? amount;
    const used = Math.min(amount, Math.max(0, said));
    const held = (current.held.get(root) ?? 0) - amount;
    if (held > 0) current.held.set(root, held);
    else current.held.delete(root);
    space.budgets.set(unit, {
      ...current,
      reserved: Math.max(0, current.reserved - amount),
      spent: current.spent + used,
    });
    settled.push({ amount: used, unit });
  }
  return settled;
}
