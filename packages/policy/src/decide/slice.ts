import { type JsonValue, printJson, sha256Base64url } from '@writ/proof';
import { decidingRule } from '../rules/canonical.ts';
import type { Rule } from '../rules/policy.ts';

/** A rule and how many of the rules for every tool stand before it. */
export type Placed = { readonly before: number; readonly rule: Rule };

/**
 * The digest of what can decide about a tool: the enforcing rules for every tool as one digest, and those
 * that name it, each with its place among them. So a thousand slices do not repeat ten thousand rules.
 */
export function digestSlice(everywhere: string, own: readonly Placed[]): string {
  const rules = own.map(({ before, rule }): JsonValue => ({ before, rule: decidingRule(rule) }));
  return sha256Base64url(printJson({ v: 2, everywhere, rules }));
}

export function digestRules(rules: readonly Rule[]): string {
  return sha256Base64url(printJson(rules.map(decidingRule)));
}
