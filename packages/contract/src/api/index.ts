export {
  type ActionView,
  type BatchBody,
  type CandidateBody,
  type CommitBody,
  type OutcomeBody,
  type ProposalBody,
  type Weighed,
} from './action-operations.ts';
export { type AnswerOf, type BodyOf, checkBody, checkQuery, type QueryOf } from './check.ts';
export { checkAnswerOf, checkProblem } from './check-answer.ts';
export type { Explained, WireRuleTrial } from './explain-operations.ts';
export type { FreezeBody, NamespaceBody } from './govern-operations.ts';
export { sentAtOf } from './idempotency-key.ts';
export { API_LIMITS } from './limits.ts';
export { openApi } from './open-api.ts';
export { type Access, type Body, type Operation, pathParameters } from './operation.ts';
export { OPERATIONS, type OperationId } from './operations.ts';
export type { CredentialBody, EndCredentialBody, PrincipalBody } from './principal-operations.ts';
export type { ReleaseBody, TicketAnswerBody } from './ticket-operations.ts';
export type { Problem, WireAnswer, WireAnswered, WireProposed, WireProven, WireReason } from './values.ts';
export { codeOf, problemOf, statusOf, textOf, toWireAnswer, toWireReason, type View } from './view.ts';
