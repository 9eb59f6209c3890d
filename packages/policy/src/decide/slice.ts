import { type JsonValue, printJson, sha256Base64url } from '@writ/proof';
import { canonicalRule } from '../rules/canonical.ts';
import type { Rule } from '../rules/policy.ts';

/**
 * The digest of what can decide about a tool: its enforcing rules in file order, without what only people
 * read (`reason`) or only loading uses (`examples`). Shadow rules decide nothing.
 */
export function digestSlice(rules: readonly Rule[]): string {
  const deciding: readonly JsonValue[] = rules
    .filter((rule) => rule.mode === 'enforce')
    .map((rule) => {
      const { examples: _examples, reason: _reason, ...rest } = canonicalRule(rule);
      return rest;
    });
  return sha256Base64url(printJson({ v: 1, rules: deciding }));
}
