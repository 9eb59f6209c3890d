import type { Effect } from './effects.ts';

/** What something touches. `name` is already free of personal data and secrets (typed tokens instead). */
export type Resource = {
  readonly kind: 'path' | 'host' | 'program' | 'account' | 'table';
  readonly name: string;
};

export const FINDING_CODES = [
  'opaque',
  'unfamiliar',
  'lexical_only',
  'secret_in_arguments',
  'personal_data_in_arguments',
  'secret_into_model',
  'self_protect',
  'tainted_sink',
  'obfuscated',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export type Finding = { readonly code: FindingCode; readonly where: string };

/** An amount the action would spend, in the smallest unit, an integer. */
export type Cost = { readonly unit: string; readonly amount: number };

export type Reversibility = 'nothing_to_undo' | 'reversible' | 'irreversible' | 'unknown';

/** Derived by parsers, never by a model. Risk is an integer in millionths. */
export type Understanding = {
  readonly effects: readonly Effect[];
  readonly resources: readonly Resource[];
  readonly findings: readonly Finding[];
  readonly reversibility: Reversibility;
  readonly risk: number;
  readonly costs: readonly Cost[];
};

/**
 * What a caller says of its own action. It is joined to what was understood and never believed to be milder.
 */
export type Declared = {
  readonly effects?: readonly Effect[];
  readonly resources?: readonly Resource[];
  readonly findings?: readonly Finding[];
  readonly risk?: number;
  readonly costs?: readonly Cost[];
};

export const RISK_ONE = 1_000_000;

export const UNDERSTANDING_LIMITS = {
  resources_max: 256,
  findings_max: 256,
  costs_max: 4,
} as const;
