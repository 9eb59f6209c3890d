import type { PastAction } from '../history/past-action.ts';
import type { ExampleAction, ReasonClass, Verdict } from './policy.ts';

// Defaults belong to version 1 of the format: canonical text leaves them out, so they can never change.

export const DEFAULT_CODES: Readonly<Record<Verdict, string>> = {
  ALLOW: 'ALLOWED',
  BLOCK: 'RULE_BLOCK',
  ESCALATE: 'RULE_ESCALATE',
  NEED_EVIDENCE: 'RULE_EVIDENCE',
};

/** The first class of each verdict is its default. */
export const CLASSES: Readonly<Record<Verdict, readonly [ReasonClass, ...ReasonClass[]]>> = {
  ALLOW: ['final'],
  BLOCK: ['final', 'liftable'],
  ESCALATE: ['liftable'],
  NEED_EVIDENCE: ['fillable'],
};

/** What an example is silent about. */
export const EXAMPLE_DEFAULTS: Omit<ExampleAction, 'tool'> = {
  args: {},
  effects: [],
  resources: [],
  findings: [],
  reversibility: 'unknown',
  risk: 0,
  scene: {},
  principal: { id: 'example', kind: 'agent', wall: 1 },
  session: {},
  now_ms: 0,
  intent: {},
  evidence: [],
  history: [],
};

/** What a line of the past is silent about. */
export const PAST_DEFAULTS: PastAction = {
  ago_s: 0,
  times: 1,
  verdict: 'ALLOW',
  effects: [],
  resources: [],
  done: false,
  spent: {},
};
