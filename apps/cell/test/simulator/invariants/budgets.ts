import type { State } from '@writ/kernel';
import { limits } from '@writ/kernel';
import type { Checks } from '../violation.ts';

type Sums = { reserved: number; readonly held: Map<string, number> };

/**
 * HEART §7: what is held is the sum of what is open, and never more than the limit, the share, or nothing.
 */
export function checkBudgets(checks: Checks, state: State): void {
  const sums = new Map<string, Sums>();
  for (const { ns, root, reserved } of [...state.permitted.values(), ...state.committed.values()]) {
    for (const { unit, amount } of reserved) {
      const key = `${ns}/${unit}`;
      const sum = sums.get(key) ?? { reserved: 0, held: new Map<string, number>() };
      sum.reserved += amount;
      sum.held.set(root, (sum.held.get(root) ?? 0) + amount);
      sums.set(key, sum);
    }
  }
  for (const space of state.namespaces.values()) {
    for (const [unit, budget] of space.budgets) {
      const sum = sums.get(`${space.id}/${unit}`);
      const { spent, reserved, held, limit } = budget;
      const adds = reserved === (sum?.reserved ?? 0) && sameHeld(held, sum?.held);
      checks.check('a budget holds what is open', adds, () => `${space.id} at ${state.size}: ${reserved}`);
      const within = spent >= 0 && reserved >= 0 && spent + reserved <= limit;
      checks.check('a budget stays within its limit', within, () => `${spent} + ${reserved} of ${limit}`);
      const share = [...held.values()].every((amount) => amount * limits.BUDGET_HOLD_SHARE <= limit);
      checks.check('nobody holds more than a share', share, () => `${space.id} at ${state.size}`);
    }
  }
}

function sameHeld(held: ReadonlyMap<string, number>, sums: ReadonlyMap<string, number> = new Map()): boolean {
  const open = [...sums].filter(([, amount]) => amount > 0);
  return open.length === held.size && open.every(([root, amount]) => held.get(root) === amount);
}
