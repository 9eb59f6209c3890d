import type { Answer, Effect, GateReport, ProposeCommand, Stamp, Understanding } from '@writ/contract';
import type { RuleTrial } from '@writ/policy';
import type { Digest } from '@writ/proof';
import type { Setting } from './commands/decided.ts';
import { inputOf } from './commands/propose.ts';
import { type DecidedAgain, decideAgain, type RecordedJudgement } from './decide-again.ts';
import type { GateInput, Library } from './gates/gate.ts';
import { authorityGate } from './gates/gate-2-authority.ts';
import { rulesGate, ruleView } from './gates/gate-6-rules.ts';
import { answerOf } from './judge/compose.ts';
import { judge } from './judge/judge.ts';
import { openSealedDecision } from './judge/sealed.ts';
import { recallRecorded } from './recall/recorded.ts';
import { effectsOutside } from './judge/may-have.ts';
import { bucketOf } from './record/slices.ts';
import type { State } from './state/state.ts';
import { wouldAnswer } from './would-answer.ts';

/** A judgment, and what a person wants to see beside it. */
export type Explanation = {
  readonly answer: Answer;
  /** Null when it was refused before anything was judged. */
  readonly understanding: Understanding | null;
  /** The effects that its profile, or its tool, does not have. */
  readonly outside: readonly Effect[];
  /** Every rule of the tool, and how it stood to the action. */
  readonly rules: readonly RuleTrial[];
};

/**
 * What a proposal would be answered now, and why: the very decision, made and thrown away. A refusal that was
 * recorded just before is not pointed at but made again, so that its gates can be shown.
 */
export function explain(state: State, command: ProposeCommand, stamp: Stamp, library: Library): Explanation {
  const unfolded: State = { ...state, folds: new Map() };
  const answer = wouldAnswer(unfolded, command, stamp, library);
  const principal = state.principals.get(command.by);
  const [salts] = stamp.salts;
  if (answer.kind !== 'judged' || principal === undefined || salts === undefined) {
    return { answer, understanding: null, outside: [], rules: [] };
  }
  const setting: Setting = { state: unfolded, now_ms: stamp.now_ms, salts, library };
  return { answer, ...tellOf(inputOf(setting, command, principal), answer.gates) };
}

export type ExplainedAgain =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  | Exclude<DecidedAgain, { readonly kind: 'same' }>;

type Recorded = RecordedJudgement & { readonly index: number };

/** The same of a recorded decision or release, from its sealed part alone: as it was judged then. */
export function explainRecorded(recorded: Recorded, engine: Digest, library: Library): ExplainedAgain {
  const again = decideAgain(recorded, engine, library);
  if (again.kind !== 'same') return again;
  const { head, sealed, index } = recorded;
  const commitment = head.parts.sealed;
  // A spend has no reasons of its own to tell: its decision has.
  if (head.kind === 'commit' || sealed === null || commitment === null) {
    return { kind: 'undecidable', code: 'ERASED' };
  }
  const { context, judged, recall } = openSealedDecision(library.hash, sealed, commitment);
  const input: GateInput = { context, judged, recall: recallRecorded(recall), library };
  const judgement = judge(input);
  const { verdict, expires_at } = head;
  // It was just shown that this engine, which knows only codes of the list, comes to the head's.
  const code = head.code as typeof judgement.code;
  const answer = answerOf(judgement, { verdict, code, index, expires_at, ticket: null, context });
  return { kind: 'explained', explanation: { answer, ...tellOf(input, answer.gates) } };
}

/** What a gate that did not run would have read is not told either: a record does not hold it. */
function tellOf(input: GateInput, gates: readonly GateReport[]): Omit<Explanation, 'answer'> {
  const ran = (number: number): boolean => gates.find(({ gate }) => gate === number)?.not_evaluated === null;
  return {
    understanding: input.judged.understanding,
    outside: ran(authorityGate.number) ? outsideOf(input) : [],
    rules: ran(rulesGate.number) ? rulesOf(input) : [],
  };
}

function outsideOf({ context, judged, recall }: GateInput): readonly Effect[] {
  const profile = recall.read('principal', context.by)?.definition.effects ?? [];
  const declared = recall.read('tool', context.tool)?.effects ?? [];
  return effectsOutside(judged, profile, declared);
}

/** Nothing where no policy is in force. */
function rulesOf(input: GateInput): readonly RuleTrial[] {
  const { judged, recall, library } = input;
  const inForce = recall.read('policy', String(bucketOf(library.hash, judged.tool)));
  const policy = inForce === null ? null : library.policy(inForce.policy);
  return policy === null ? [] : policy.explain(ruleView(input));
}
