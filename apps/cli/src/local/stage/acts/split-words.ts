/** Why a line cannot be split. */
export type NoWords = 'EMPTY' | 'QUOTE_OPEN' | 'TOO_LONG';

export type Split =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'refused'; readonly why: NoWords };

/** As much as a person types. */
const LINE_CHARACTERS_MAX = 4_000;

/**
 * Splits a line at blanks; what stands between two ' or two " stays together. Nothing else means anything:
 * there is no shell that would expand, redirect or chain.
 */
export function splitWords(line: string): Split {
  if (line.length > LINE_CHARACTERS_MAX) return { kind: 'refused', why: 'TOO_LONG' };
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (const character of line) {
    if (quote !== null) {
      if (character === quote) quote = null;
      else word = `${word ?? ''}${character}`;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= '';
    } else if (character === ' ' || character === '\t' || character === '\n') {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = `${word ?? ''}${character}`;
    }
  }
  if (quote !== null) return { kind: 'refused', why: 'QUOTE_OPEN' };
  if (word !== null) words.push(word);
  return words.length === 0 ? { kind: 'refused', why: 'EMPTY' } : { kind: 'words', words };
}
