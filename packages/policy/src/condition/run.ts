import type { JsonValue } from '@writ/proof';
import type { View } from '../decide/view.ts';
import { fault } from './fault.ts';

/** One judgment in progress. Mutable and short-lived; steps are a count, never a clock. */
export type Run = {
  readonly view: View;
  steps: number;
  limit: number;
  /** The variables of the loops around the current node, by depth. */
  readonly locals: JsonValue[];
};

export type Evaluate = (run: Run) => JsonValue;

export function charge(run: Run, steps: number): void {
  run.steps += steps;
  if (run.steps <= run.limit) return;
  // One rule that runs out must not use up what the others have.
  run.steps = run.limit;
  throw fault('STEPS_EXCEEDED');
}

/** Reading text costs a step for sixteen units. */
export function chargeText(run: Run, length: number): void {
  charge(run, length >>> 4);
}
