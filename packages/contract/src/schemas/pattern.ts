/**
 * The patterns of the wire, as literals: a schema names one by its source, and the check runs the literal.
 */
export const PATTERNS = {
  id: /^[a-z]{2,6}_[0-9a-hjkmnp-tv-z]{26}$/,
  digest: /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/,
  tag: /^[A-Za-z0-9_-]{21}[AQgw]$/,
  head_code: /^[A-Z][A-Z0-9_]{1,47}$/,
  head_obligation: /^[a-z][a-z_]{1,31}$/,
} as const;

const BY_SOURCE: ReadonlyMap<string, RegExp> = new Map(
  Object.values(PATTERNS).map((pattern) => [pattern.source, pattern]),
);

export function patternOf(source: string): RegExp | undefined {
  return BY_SOURCE.get(source);
}
