import type { ArgumentCheck, Cost, Resource } from '@writ/contract';
import { checkUnderstanding } from '@writ/contract/schemas';
import { type JsonValue, printJson } from '@writ/proof';

/** What was understood, in the form that is judged and sealed. */
export type Understood = {
  /** Canonical JSON of the arguments with tokens; null where they stand as they were given. */
  readonly tokens: string | null;
  readonly check: ArgumentCheck;
  /** Canonical JSON. */
  readonly understanding: string;
  readonly costs: readonly Cost[];
  readonly resources: readonly Resource[];
};

const CHECKS: ReadonlySet<unknown> = new Set<ArgumentCheck>(['valid', 'malformed', 'undeclared']);
/** All lists of an understanding, full of names of full length, every character of them escaped. */
const UNDERSTANDING_UNITS_MAX: number = 8 * 1024 * 1024;
/** The shortest text that is detected has six characters, the tokens that may stand for it some ninety. */
const TOKENS_GROWTH_MAX = 16;

/**
 * A thread that reads hostile texts is not believed beyond what the texts of its answer can say: they have
 * the size and the form of what was asked for, and are printed anew, so that they hold nothing else. Null for
 * any other answer.
 */
export function bindTold(told: unknown, asked_units: number): Understood | null {
  if (typeof told !== 'object' || told === null) return null;
  // Members of what the thread sent: each is looked at below.
  const { tokens, check, understanding } = told as Partial<
    Record<'tokens' | 'check' | 'understanding', unknown>
  >;
  if (!CHECKS.has(check)) return null;
  if (typeof understanding !== 'string' || understanding.length > UNDERSTANDING_UNITS_MAX) return null;
  const tokens_units_max = TOKENS_GROWTH_MAX * asked_units;
  if (tokens !== null && (typeof tokens !== 'string' || tokens.length > tokens_units_max)) return null;
  try {
    const checked = checkUnderstanding(JSON.parse(understanding));
    if (checked.kind === 'invalid') return null;
    return {
      tokens: tokens === null ? null : printObject(tokens),
      check: check as ArgumentCheck, // it is in the list
      understanding: printJson(checked.value),
      costs: checked.value.costs,
      resources: checked.value.resources,
    };
  } catch {
    return null;
  }
}

function printObject(text: string): string {
  const value = JSON.parse(text) as JsonValue; // whatever it is, it is JSON
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return printJson(value);
  throw new TypeError('arguments are an object');
}
