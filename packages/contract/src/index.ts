export { ACTION_LIMITS, type Action, type Claim, type Evidence, type JsonObject } from './action.ts';
export type { Answer, Dependency, Drift, TicketView } from './answer.ts';
export { CODES, type Code, type CodeEntry, isCode, type ReasonClass } from './codes.ts';
export {
  type AnswerCommand,
  type BudgetDefinition,
  type Command,
  type CommitCommand,
  type FreezeScope,
  type IdempotencyKey,
  type Limits,
  type OutcomeCommand,
  POLICY_SLICES,
  type PrincipalDefinition,
  type ProposeCommand,
  type ReleaseCommand,
  type Salts,
  type SceneObservation,
  type Spend,
  type Stamp,
} from './command.ts';
export { EFFECTS, EGRESS_EFFECTS, type Effect, READ_ONLY_EFFECTS } from './effects.ts';
export type { ArgumentCheck, Judged } from './judged.ts';
export { OBLIGATIONS, type Obligation } from './obligations.ts';
export { POLICY_WORDS } from './policy-words.ts';
export {
  ATTESTS_AS,
  CREDENTIAL_DAYS_MAX,
  type Attester,
  atLeast,
  HUMAN_ONLY_SCOPES,
  PRINCIPAL_KINDS,
  type PrincipalKind,
  PROOFS_OF_PERSON,
  type ProofOfPerson,
  SCOPES,
  type Scope,
  type Wall,
  WALLS,
} from './principals.ts';
export type { GateReport, Lift, Reason } from './reason.ts';
export { SCENE_ITEM_KINDS, SCENE_LIMITS, type Scene, type SceneItem, type SceneItemKind } from './scene.ts';
export {
  type Cost,
  type Declared,
  FINDING_CODES,
  type Finding,
  type FindingCode,
  REMEMBERED_KINDS,
  RESOURCE_KINDS,
  type Resource,
  type ResourceKind,
  REVERSIBILITIES,
  type Reversibility,
  RISK_ONE,
  UNDERSTANDING_LIMITS,
  type Understanding,
} from './understanding.ts';
export { ARGUMENT_KINDS, type ArgumentKind, type ToolDefinition } from './tool.ts';
export { isStricter, stricter, VERDICTS, type Verdict } from './verdicts.ts';
