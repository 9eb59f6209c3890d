import type { Effect } from './effects.ts';

export const RESOURCE_KINDS = [
  'path',
  'host',
  'program',
  'account',
  'table',
  'package',
  'branch',
  'service',
  'recipient',
  'process',
  'image',
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Kinds that the past remembers by name; paths and programs are too many, and stand in the scene. */
export const REMEMBERED_KINDS = [
  'host',
  'account',
  'table',
  'package',
  'branch',
  'service',
  'recipient',
  'image',
] as const satisfies readonly ResourceKind[];
export type RememberedKind = (typeof REMEMBERED_KINDS)[number];

/** What something touches. `name` is already free of personal data and secrets (typed tokens instead). */
export type Resource = {
  readonly kind: ResourceKind;
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
  'destroys_everything',
  'reverse_shell',
  'metadata_address',
  'decode_and_run',
  'download_and_run',
  'secret_leaves',
  'high_entropy',
  'hidden_characters',
  'confusable',
  'encoded_path',
  'leaves_workspace',
  'changed_code',
  'protected_branch',
  'unbounded_change',
  'install_scripts',
  'remote_code',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export type Finding = { readonly code: FindingCode; readonly where: string };

/** An amount the action would spend, in the smallest unit, an integer. */
export type Cost = { readonly unit: string; readonly amount: number };

/**
 * From the mildest: what is known to be lost is worse than what may be. `with_snapshot` is reversible only if
 * the door takes a snapshot first.
 */
export const REVERSIBILITIES = [
  'nothing_to_undo',
  'reversible',
  'with_snapshot',
  'unknown',
  'irreversible',
] as const;
export type Reversibility = (typeof REVERSIBILITIES)[number];

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
