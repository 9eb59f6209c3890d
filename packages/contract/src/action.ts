import type { JsonValue } from '@writ/proof';

export type JsonObject = { readonly [member: string]: JsonValue };

/** A statement the agent relies on. Confidence is an integer in millionths. */
export type Claim = { readonly fact: string; readonly value: JsonValue; readonly confidence: number };

export type Evidence = { readonly kind: string; readonly digest: string };

/** What an agent proposes: a tool, its arguments, and why. Everything in it is a string from outside. */
export type Action = {
  readonly tool: string;
  readonly args: JsonObject;
  readonly why: string;
  readonly claims: readonly Claim[];
  readonly evidence: readonly Evidence[];
};

export const ACTION_LIMITS = {
  /** Longer names are no names. */
  tool_characters_max: 128,
  why_characters_max: 4096,
  claims_max: 32,
  evidence_max: 32,
} as const;
