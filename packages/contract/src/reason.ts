import type { Code, ReasonClass } from './codes.ts';
import type { ProofOfPerson } from './principals.ts';
import type { Verdict } from './verdicts.ts';

/** What it takes to lift a liftable reason. */
export type Lift = {
  readonly needs: ProofOfPerson;
  readonly quorum: number;
  readonly escalate_to: string | null;
  readonly deadline_s: number | null;
};

/** One reason of a verdict. `rule` names the policy's rule; `lifted` the ticket that lifted it. */
export type Reason = {
  readonly gate: number;
  readonly verdict: Verdict;
  readonly code: Code;
  readonly class: ReasonClass;
  readonly rule: string | null;
  /** Kinds of evidence that a rule asks for and that are missing; absent elsewhere. */
  readonly evidence?: readonly string[];
  readonly lift: Lift | null;
  readonly lifted: string | null;
};

export type GateReport = {
  readonly gate: number;
  readonly name: string;
  /** `null` when the gate ran; else why it could not. */
  readonly not_evaluated: string | null;
  readonly reasons: readonly Reason[];
};
