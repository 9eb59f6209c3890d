export { apply, fold } from './apply/apply.ts';
export type { Decided, Setting } from './commands/decided.ts';
export { decide } from './decide.ts';
export { type DecidedAgain, decideAgain, type RecordedJudgement } from './decide-again.ts';
export type { Gate, GateInput, GateResult, Library } from './gates/gate.ts';
export { COMBINATIONS } from './gates/gate-7-flow.ts';
export {
  type Authenticated,
  authenticate,
  credentialEnd,
  findCredential,
  type Presented,
} from './identity/authenticate.ts';
export { type ExplainedAgain, type Explanation, explain, explainRecorded } from './explain.ts';
export { GATES, type Judgement, judge } from './judge/judge.ts';
export { type JudgedUnder, judgeUnder } from './judge-under.ts';
export type { SealedAgain, SealedDecision } from './judge/sealed.ts';
export { decodeOwn, decodeStored } from './record/decode.ts';
export { encodeDraft } from './record/encode.ts';
export type { DecodedRecord, Draft, EncodedRecord } from './record/record.ts';
export { bucketOf, sliceTags } from './record/slices.ts';
export { carryState } from './state/carry.ts';
export * as limits from './state/limits.ts';
export { restoreSnapshot } from './state/restore.ts';
export { printSnapshot } from './state/snapshot.ts';
export { type Credential, emptyState, type QuestionsWindow, type State } from './state/state.ts';
export { RECORDS_PER_COMMAND_MAX, type Stepped, step } from './step.ts';
export {
  type RecordedUnderstanding,
  type ToolLibrary,
  understandAgain,
  type UnderstoodAgain,
} from './understand-again.ts';
export { wouldAnswer } from './would-answer.ts';
