import type { Code } from '@writ/contract';
import type { WireProven } from '@writ/contract/api';
import type { ShownReason } from '@writ/sdk';
import { headOf } from '../../remote/answers.ts';

/** What holds also where a door only observes: freezes, absolutes, the door itself. */
const ALWAYS: ReadonlySet<string> = new Set<Code>(['LOCKED', 'FORBIDDEN', 'SELF_PROTECT']);

/** What counts of a reason here. */
export type Weighed = Pick<ShownReason, 'verdict' | 'code' | 'class'>;

/** Whether a refusal is final for everybody: by what is always so, or by a rule that nobody may lift. */
export function holdsAlways(code: string, reasons: readonly Weighed[]): boolean {
  if (ALWAYS.has(code)) return true;
  return reasons.some(
    (reason) =>
      reason.verdict === 'BLOCK' &&
      (ALWAYS.has(reason.code) || (reason.code === 'RULE_BLOCK' && reason.class === 'final')),
  );
}

/** Whether the record says that its door only observed: anything else is enforced. */
export function wasObserved(proven: WireProven | null): boolean {
  if (proven === null) return false;
  const head = headOf(proven);
  return head.kind === 'decision' && head.wall === 0;
}
