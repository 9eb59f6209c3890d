/**
 * Where a text comes from, as far as it matters to who gets it: content of a secret, bytes from another host,
 * what was written so that it cannot be read as it stands, or what nobody has named.
 */
export type Origin = 'secret' | 'download' | 'decode' | 'network' | 'shell';

/** A text; null stands for what is not known of it. */
export type Value = {
  readonly parts: readonly (string | null)[];
  readonly from: readonly Origin[];
  /** What is not known names something at or below this directory. */
  readonly below?: string;
  /** What is not known is a whole number, not below zero. */
  readonly digits?: true;
};

/** What stands for the unknown in a text that is read in spite of it; no shell gives it a meaning. */
export const HOLE = '\uFFFE';

export const EMPTY: Value = { parts: [], from: [] };
export const UNKNOWN: Value = { parts: [null], from: [] };
export const NUMBER: Value = { parts: [null], from: [], digits: true };

export function literal(text: string, from: readonly Origin[] = []): Value {
  if (text.includes(HOLE)) return { parts: holed(text), from };
  return { parts: text === '' ? [] : [text], from };
}

export function unknownFrom(from: readonly Origin[]): Value {
  return from.length === 0 ? UNKNOWN : { parts: [null], from };
}

/** The text, where all of it is known. */
export function textOf({ parts }: Value): string | null {
  if (parts.length === 0) return '';
  const [first = null, ...more] = parts;
  return more.length === 0 ? first : null;
}

export function withHoles({ parts }: Value): string {
  return parts.map((part) => part ?? HOLE).join('');
}

function holed(text: string): readonly (string | null)[] {
  return text
    .split(HOLE)
    .flatMap((part, at) => (at === 0 ? [part] : [null, part]))
    .filter((part) => part !== '');
}

export function joinValues(values: readonly Value[]): Value {
  const full = values.filter(({ parts, from }) => parts.length > 0 || from.length > 0);
  const [first = EMPTY] = full;
  if (full.length < 2) return first;
  const unknown = full.filter(({ parts }) => parts.includes(null));
  const [only] = unknown.length === 1 ? unknown : [];
  const parts: (string | null)[] = [];
  for (const part of full.flatMap((value) => value.parts)) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== null || last !== null || parts.length === 0) parts.push(part);
  }
  return {
    parts,
    from: originsOf(full),
    ...(only?.below === undefined ? {} : { below: only.below }),
    ...(unknown.length > 0 && full.every(isNumber) ? { digits: true } : {}),
  };
}

export function originsOf(values: readonly { readonly from: readonly Origin[] }[]): readonly Origin[] {
  const origins = values.flatMap(({ from }) => from);
  return origins.length < 2 ? origins : [...new Set(origins)];
}

export function isSame(one: Value, other: Value): boolean {
  return (
    one === other ||
    (one.parts.length === other.parts.length &&
      one.parts.every((part, at) => part !== null && part === other.parts[at]) &&
      one.from.join(' ') === other.from.join(' '))
  );
}

/** Whether it is surely nothing but digits. */
export function isNumber(value: Value): boolean {
  const text = textOf(value);
  return value.digits === true || (text !== null && /^[0-9]+$/.test(text));
}
