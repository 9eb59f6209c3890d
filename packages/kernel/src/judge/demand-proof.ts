import { atLeast, type Lift, type Reason, type Reversibility, RISK_ONE } from '@writ/contract';
import type { GateInput } from '../gates/gate.ts';

/** From this wall on a program under the agent's user cannot answer in a person's place. */
const ANSWERS_SAFE_FROM_WALL = 3;
/** Above this an action is not of low risk: a third, below the cap of most agents. */
export const LOW_RISK_MAX: number = Math.floor(RISK_ONE / 3);

/**
 * What people must show for a reason, given where the door stands. Below wall 3 a typed answer may be the
 * agent's own: it lifts only what is reversible and of low risk. p4 is two people, each with p3.
 */
export function demandProof(input: GateInput, reason: Reason): Reason {
  if (reason.lift === null) return reason;
  const lift = twoPeople(isTypedEnough(input) ? reason.lift : atLeastAsked(reason.lift));
  return lift === reason.lift ? reason : { ...reason, lift };
}

function isTypedEnough({ context, judged }: GateInput): boolean {
  const { reversibility, risk } = judged.understanding;
  const low = CAN_BE_UNDONE.has(reversibility) && risk <= LOW_RISK_MAX;
  return context.wall >= ANSWERS_SAFE_FROM_WALL || low;
}

/** What needs a snapshot for it runs under the obligation to take one (gate 8). */
const CAN_BE_UNDONE: ReadonlySet<Reversibility> = new Set<Reversibility>([
  'nothing_to_undo',
  'reversible',
  'with_snapshot',
]);

function atLeastAsked(lift: Lift): Lift {
  return atLeast(lift.needs, 'p2') ? lift : { ...lift, needs: 'p2' };
}

function twoPeople(lift: Lift): Lift {
  return lift.needs === 'p4' ? { ...lift, needs: 'p3', quorum: Math.max(2, lift.quorum) } : lift;
}
