import type { Judged, Reason } from '@writ/contract';
import { commitPart, Failure, openPart, type TextHash } from '@writ/proof';
import type { AnyRecalled } from '../recall/recall.ts';
import type { Context } from './context.ts';

/** What every judgment seals: enough to judge again without any state (spec/06-records.md). */
type SealedJudgement = {
  readonly context: Context;
  readonly reasons: readonly Reason[];
  readonly recall: readonly AnyRecalled[];
  readonly shadow: readonly Reason[];
  readonly v: 1;
};

/** The sealed part of a decision carries the action itself; */
export type SealedDecision = SealedJudgement & { readonly input: unknown; readonly judged: Judged };
/** that of a release or a commit names the decision's by its commitment. */
export type SealedAgain = SealedJudgement & { readonly of: string };

type JudgementToSeal = {
  readonly context: Context;
  readonly reasons: readonly Reason[];
  readonly readSet: readonly AnyRecalled[];
  readonly shadow: readonly Reason[];
};

/** Canonical JSON text; `input` and `judged` are canonical already and everything else is built in order. */
export function printSealedDecision(judgement: JudgementToSeal, input: string, judged: string): string {
  const { context, reasons, readSet, shadow } = judgement;
  return (
    `{"context":${JSON.stringify(context)},"input":${input},` +
    `"judged":${judged},"reasons":${JSON.stringify(reasons)},"recall":${JSON.stringify(readSet)},` +
    `"shadow":${JSON.stringify(shadow)},"v":1}`
  );
}

export function printSealedAgain(judgement: JudgementToSeal, of: string): string {
  const { context, reasons, readSet, shadow } = judgement;
  return JSON.stringify({ context, of, reasons, recall: readSet, shadow, v: 1 });
}

/** Opens the sealed part of a decision after checking it against the commitment in the decision's head. */
export function openSealedDecision(hash: TextHash, part: string, commitment: string): SealedDecision {
  return openChecked(hash, part, commitment) as SealedDecision; // bytes that `printSealedDecision` made
}

export function openSealedAgain(hash: TextHash, part: string, commitment: string): SealedAgain {
  return openChecked(hash, part, commitment) as SealedAgain; // bytes that `printSealedAgain` made
}

function openChecked(hash: TextHash, part: string, commitment: string): unknown {
  if (commitPart(hash, 'sealed', part) !== commitment) throw new Failure('PART_MISMATCH', 'sealed');
  return JSON.parse(openPart(part).json);
}
