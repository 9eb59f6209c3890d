/**
 * The terminal's encoder: what a terminal would obey instead of showing, or a reader would take for something
 * else, is written as `\u{…}`. Every line passes through it, so no text from outside has to be remembered.
 */
const ESCAPE_LOOKALIKE = /\\(?=u\{)/gu;
/** Controls, format characters (direction, zero width), surrogates, unassigned; any space but ASCII's. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
const NOT_ASCII = /\P{ASCII}/gu;
const LATIN = /\p{Script=Latin}/u;
/** Scripts with letters that look like Latin ones. */
const LATIN_ALIKE =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}]/u;

/** One line of printable text; the same text for the same input, and different texts stay different. */
export function encodeText(text: string): string {
  return text
    .replace(ESCAPE_LOOKALIKE, '\\u{5c}')
    .replace(INVISIBLE, escapeCharacter)
    .replace(WORD, encodeWord);
}

/**
 * Text from outside inside a sentence: in quotes that it cannot close, and cut where a reader would lose
 * sight of its end. Its characters are encoded with the line that it stands in.
 */
export function quoteText(text: string, characters_max: number = QUOTED_CHARACTERS_MAX): string {
  const characters = Array.from(text.slice(0, 2 * characters_max));
  const shown = characters.slice(0, characters_max).join('');
  const cut = shown.length < text.length ? ` (cut, ${text.length} in all)` : '';
  return `"${shown.replace(/["\\]/gu, '\\$&')}"${cut}`;
}

const QUOTED_CHARACTERS_MAX = 200;

/**
 * A word that has another spelling of the same look, or mixes Latin with letters that look Latin, shows its
 * characters.
 */
function encodeWord(word: string): string {
  const mixed = LATIN.test(word) && LATIN_ALIKE.test(word);
  const ambiguous = word.normalize('NFKC') !== word;
  return mixed || ambiguous ? word.replace(NOT_ASCII, escapeCharacter) : word;
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
