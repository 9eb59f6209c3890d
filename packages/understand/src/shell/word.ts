import { HOLE, joinValues, literal, type Origin, textOf, type Value } from './value.ts';

/**
 * A word as a program gets it. A `pattern` becomes the names of files that it fits, or stays as it is; an
 * `unknown` one begins and ends as it says, and with `many` may be none or several words.
 */
export type Word =
  | { readonly kind: 'literal'; readonly text: string; readonly from: readonly Origin[] }
  | {
      readonly kind: 'pattern';
      /** As it was written, the signs of the pattern in it. */
      readonly text: string;
      readonly prefix: string;
      readonly suffix: string;
      readonly from: readonly Origin[];
    }
  | {
      readonly kind: 'unknown';
      readonly prefix: string;
      readonly suffix: string;
      readonly many: boolean;
      /** What is known of it, in order. */
      readonly value: Value;
      readonly from: readonly Origin[];
      /** What is not known names something at or below this directory. */
      readonly below: string | null;
    };

export function literalWord(text: string, from: readonly Origin[] = []): Word {
  if (text.includes(HOLE)) return wordOf(literal(text, from));
  return { kind: 'literal', text, from };
}

export function wordOf(value: Value, many = false): Word {
  const text = textOf(value);
  if (text !== null) return literalWord(text, value.from);
  const { below = null, from, parts } = value;
  return { kind: 'unknown', prefix: parts[0] ?? '', suffix: parts.at(-1) ?? '', many, value, from, below };
}

export function valueOf(word: Word): Value {
  switch (word.kind) {
    case 'literal':
      return { parts: word.text === '' ? [] : [word.text], from: word.from };
    case 'pattern':
      return {
        parts: [
          ...(word.prefix === '' ? [] : [word.prefix]),
          null,
          ...(word.suffix === '' ? [] : [word.suffix]),
        ],
        from: word.from,
        // Nothing that a pattern fits has a way up in it, or another beginning.
        below: word.prefix.slice(0, word.prefix.lastIndexOf('/') + 1).replace(/\/$/, ''),
      };
    case 'unknown':
      return word.value;
    default:
      return word satisfies never;
  }
}

/** How it may be shown and compared where only its text counts. */
export function textOfWord(word: Word): string | null {
  return word.kind === 'literal' ? word.text : null;
}

/** Null unless every word is known. */
export function literalTexts(words: readonly Word[]): readonly string[] | null {
  const texts: string[] = [];
  for (const word of words) {
    if (word.kind !== 'literal') return null;
    texts.push(word.text);
  }
  return texts;
}

/** One text of words with a blank between them. */
export function joinWords(words: readonly Word[]): Value {
  return joinValues(
    words.flatMap((word, at) => (at === 0 ? [valueOf(word)] : [literal(' '), valueOf(word)])),
  );
}
