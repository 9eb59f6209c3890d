export {
  commit,
  explainProposal,
  type ExplainedProposal,
  type OutcomeRequest,
  propose,
  type Proposed,
  proposeUnderstood,
  release,
  reportOutcome,
  sessionOf,
} from './cell/act.ts';
export type { Answered, CellContext, CommitRequest, ReleaseRequest } from './cell/cell.ts';
export {
  type CredentialRegistered,
  endCredential,
  listCredentials,
  registerCredential,
} from './cell/credentials.ts';
export { eraseAction, eraseNamespace } from './cell/erase.ts';
export {
  registerNamespace,
  registerPolicy,
  registerPrincipal,
  registerTool,
} from './cell/govern.ts';
export { explainRecord } from './cell/explain-record.ts';
export { failuresIn } from './cell/background.ts';
export { initCell } from './cell/init-cell.ts';
export { type BatchJudgedAgain, judgeAgain, type JudgedAgain } from './cell/judge-again.ts';
export { openSimulation } from './cell/judge-under.ts';
export { type Cell, type CellOptions, openCell } from './cell/open-cell.ts';
export { placesOf } from './cell/places.ts';
export { proveConsistency, proveRecord } from './cell/prove.ts';
export { readSignedBatches, type SignedBatches } from './cell/read-signed-batches.ts';
export type { CellSettings } from './cell/settings.ts';
export { showExplanation } from './cell/show-explanation.ts';
export { submit } from './cell/submit.ts';
export { CoreFailure } from './core/failure.ts';
export { authenticateKey } from './doors/authenticate.ts';
export { backup, backupCell } from './drills/backup.ts';
export { type DrillCode, DrillFailure, type OnProgress } from './drills/failure.ts';
export type { EpochBegan } from './drills/intent.ts';
export type { Manifest } from './drills/manifest.ts';
export { recover, type Recovered, type RecoverOptions } from './drills/recover.ts';
export { restore, type RestoreOptions } from './drills/restore.ts';
export { DoorFailure } from './doors/failure.ts';
export { loopbackPlace, type Place, refusePlace } from './doors/http/place.ts';
export { checkSingleFields } from './doors/http/single-fields.ts';
export { PORT_DEFAULT, serve, type Serving, socketOf } from './doors/serve.ts';
export { locateHome, resolveHome } from './home/resolve-home.ts';
export type { Proposal, ProposalToUnderstand } from './intake/print-proposal.ts';
export type { PrincipalRow, ProjectionQuery, RecordRow, TicketRow } from './projections/query.ts';
export { FollowerFailure } from './threads/failure.ts';
