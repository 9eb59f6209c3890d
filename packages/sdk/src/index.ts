export type { Committed, Spend } from './actions/commit.ts';
export { guard, type GuardOptions, WritRefused } from './actions/guard.ts';
export type { Proposal, Proposed } from './actions/propose.ts';
export type { Reported } from './actions/report-outcome.ts';
export type { Refusal, ShownReason } from './actions/verdict.ts';
export { type Client, digestOfTool, openClient } from './client.ts';
export { type ClientCode, SDK_CODES, type SdkCode } from './codes.ts';
export { ClientFailure } from './failure.ts';
export type {
  CheckpointMemory,
  ClientOptions,
  Transport,
  TransportAnswer,
  TransportRequest,
} from './ports.ts';
export type { Asking, Called, PathOf, ValueOf } from './wire/asking.ts';
