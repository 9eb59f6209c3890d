import { printJson } from '@writ/proof';
import { canonicalPolicy } from './canonical.ts';
import type { Policy } from './policy.ts';

/**
 * The canonical text of a policy: RFC 8785 JSON of the checked form. JSON is YAML, so parsePolicy reads it
 * back to the same policy.
 */
export function printPolicy(policy: Policy): string {
  return printJson(canonicalPolicy(policy));
}
