import type { JsonValue } from '@writ/proof';
import { tokenise, UnderstandFailure } from '@writ/understand';

/**
 * A value with a token for everything that detection finds in it; null when it cannot be searched whole
 * within its bounds, for what was not looked through is not shown either.
 */
export function redactValue(value: JsonValue): { readonly value: JsonValue; readonly found: number } | null {
  try {
    const { args, findings } = tokenise({ value });
    return { value: args['value'] ?? null, found: findings.length };
  } catch (error) {
    if (error instanceof UnderstandFailure) return null;
    throw error;
  }
}
