import { Refusal } from './refusal.ts';

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['?', '?'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** Digits after the letter that opens a numeric escape. */
const HEX_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

const HEX = /^[0-9a-fA-F]+$/;
const OCTAL = /^[0-3][0-7]{2}$/;

/** A string literal at this place: `"…"`, `'…'`, or raw with `r`. Bytes and triple quotes are not offered. */
export function readString(text: string, at: number): { value: string; end: number } | undefined {
  const first = text.charAt(at);
  const prefix = (first === 'r' || first === 'R') && isQuote(text.charAt(at + 1)) ? 1 : 0;
  if ((first === 'b' || first === 'B') && isQuote(text.charAt(at + 1))) {
    throw new Refusal('CEL_SYNTAX', at, 'bytes literals are not offered');
  }
  const quote = text.charAt(at + prefix);
  if (!isQuote(quote)) return undefined;
  let value = '';
  let index = at + prefix + 1;
  for (;;) {
    const character = text.charAt(index);
    if (character === '' || character === '\n' || character === '\r') {
      throw new Refusal('CEL_SYNTAX', at, 'the text is not closed on its line');
    }
    if (character === quote) break;
    if (character === '\\' && prefix === 0) {
      const escape = readEscape(text, index);
      value += escape.value;
      index = escape.end;
    } else {
      value += character;
      index += 1;
    }
  }
  if (text.charAt(index + 1) === quote) {
    throw new Refusal('CEL_SYNTAX', index + 1, 'triple quotes are not offered');
  }
  return { value, end: index + 1 };
}

function readEscape(text: string, at: number): { value: string; end: number } {
  const letter = text.charAt(at + 1);
  const simple = SIMPLE_ESCAPES.get(letter);
  if (simple !== undefined) return { value: simple, end: at + 2 };
  const octal = text.slice(at + 1, at + 4);
  if (OCTAL.test(octal)) return { value: String.fromCodePoint(Number.parseInt(octal, 8)), end: at + 4 };
  const length = HEX_LENGTHS.get(letter) ?? 0;
  const digits = text.slice(at + 2, at + 2 + length);
  if (length === 0 || digits.length !== length || !HEX.test(digits)) {
    throw new Refusal('CEL_SYNTAX', at, 'no such escape');
  }
  const point = Number.parseInt(digits, 16);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    throw new Refusal('CEL_SYNTAX', at, 'not a Unicode scalar value');
  }
  return { value: String.fromCodePoint(point), end: at + 2 + length };
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'";
}
