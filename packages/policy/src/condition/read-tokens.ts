import { readString } from './read-string.ts';
import { Refusal } from './refusal.ts';

export type Token =
  | { readonly kind: 'name' | 'sign' | 'end'; readonly at: number; readonly text: string }
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | { readonly kind: 'int' | 'double'; readonly at: number; readonly value: number };

const SPACE = /[ \t\r\n]+|\/\/[^\n]*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const DOUBLE = /[0-9]+(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)/y;
const INTEGER = /0[xX][0-9a-fA-F]+|[0-9]+/y;
const SIGN = /==|!=|<=|>=|&&|\|\||[-+*/%<>!()[\].,:?]/y;
const WORD_CHARACTER = /[A-Za-z0-9_]/;

/** The text of a condition → tokens. Each pattern is a literal, anchored and linear. */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = take(SPACE, text, at);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const string = readString(text, at);
    if (string !== undefined) {
      tokens.push({ kind: 'text', at, text: string.value });
      at = string.end;
      continue;
    }
    const name = take(NAME, text, at);
    const number = name ?? take(DOUBLE, text, at) ?? take(INTEGER, text, at);
    const piece = number ?? take(SIGN, text, at);
    if (piece === undefined) throw new Refusal('CEL_SYNTAX', at, 'this character has no meaning here');
    if (name !== undefined) tokens.push({ kind: 'name', at, text: name });
    else if (number !== undefined) tokens.push(numberToken(number, text, at));
    else tokens.push({ kind: 'sign', at, text: piece });
    at += piece.length;
  }
  tokens.push({ kind: 'end', at: text.length, text: '' });
  return tokens;
}

function numberToken(piece: string, text: string, at: number): Token {
  if (WORD_CHARACTER.test(text.charAt(at + piece.length))) {
    throw new Refusal('CEL_SYNTAX', at, 'a number ends before a letter; unsigned literals are not offered');
  }
  const value = Number(piece);
  const kind = piece.startsWith('0x') || piece.startsWith('0X') || !/[.eE]/.test(piece) ? 'int' : 'double';
  const exact = kind === 'int' ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!exact) throw new Refusal('CEL_SYNTAX', at, 'integers stay within 2^53 - 1');
  return { kind, at, value };
}

function take(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
