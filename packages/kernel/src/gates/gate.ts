import type { CompiledPolicy } from '@writ/policy';
import { CODES, type Code, type Judged, type Lift, type Reason, type Verdict } from '@writ/contract';
import type { TextHash } from '@writ/proof';
import type { Context } from '../judge/context.ts';
import type { Recall } from '../recall/recall.ts';

/** What the engine brings: hashing, and the compiled policies by digest. */
export type Library = {
  readonly hash: TextHash;
  policy(digest: string): CompiledPolicy | null;
};

export type GateInput = {
  readonly context: Context;
  readonly judged: Judged;
  readonly recall: Recall;
  readonly library: Library;
};

export type GateResult =
  | {
      readonly kind: 'evaluated';
      readonly reasons: readonly Reason[];
      readonly obligations?: readonly string[];
      /** What rules on trial would have said. They never count. */
      readonly shadow?: readonly Reason[];
    }
  | { readonly kind: 'not_evaluated'; readonly why: string };

/** A gate reads the judged action and recall, and gives reasons. It has no access to state. */
export type Gate = {
  readonly number: number;
  readonly name: string;
  judge(input: GateInput): GateResult;
};

export const PASSED: Extract<GateResult, { readonly kind: 'evaluated' }> = { kind: 'evaluated', reasons: [] };

export function notEvaluated(why: string): GateResult {
  return { kind: 'not_evaluated', why };
}

/** What people need to show for a reason whose rule says nothing else. */
const DEFAULT_LIFT: Lift = { deadline_s: null, escalate_to: null, needs: 'p1', quorum: 1 };

export function reason(gate: number, verdict: Verdict, code: Code): Reason {
  const reasonClass = CODES[code].class;
  return {
    class: reasonClass,
    code,
    gate,
    lift: reasonClass === 'liftable' ? DEFAULT_LIFT : null,
    lifted: null,
    rule: null,
    verdict,
  };
}

export function refuse(gate: number, code: Code): GateResult {
  return { kind: 'evaluated', reasons: [reason(gate, 'BLOCK', code)] };
}
