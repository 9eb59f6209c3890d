import { SHELL_LIMITS } from './limits.ts';

/** A word before any other expansion, as the words that its braces make of it; null beyond the limits. */
export function expandBraces(text: string): readonly string[] | null {
  return text.includes('{') ? expandFrom(text, 0, { words: 0, depth: 0 }) : [text];
}

type Count = { words: number; depth: number };
type Braces = { readonly start: number; readonly end: number; readonly items: readonly string[] | 'many' };

function expandFrom(text: string, from: number, count: Count): readonly string[] | null {
  count.depth += 1;
  if (count.depth > SHELL_LIMITS.depth_max) return null;
  const braces = findBraces(text, from);
  if (braces === null) {
    count.depth -= 1;
    return [text];
  }
  if (braces.items === 'many') return null;
  const before = text.slice(0, braces.start);
  const rests = expandFrom(text.slice(braces.end), 0, count);
  if (rests === null) return null;
  const words: string[] = [];
  for (const item of braces.items) {
    const insides = expandFrom(item, 0, count);
    if (insides === null) return null;
    for (const inside of insides) for (const rest of rests) words.push(before + inside + rest);
    count.words += insides.length * rests.length;
    if (count.words > SHELL_LIMITS.braces_max) return null;
  }
  count.depth -= 1;
  return words;
}

/** The first list or range in braces that stands outside quotes. */
function findBraces(text: string, from: number): Braces | null {
  for (let at = from; at < text.length; at = after(text, at)) {
    if (text.charAt(at) !== '{') continue;
    const braces = readBraces(text, at);
    if (braces !== null) return braces;
  }
  return null;
}

function readBraces(text: string, start: number): Braces | null {
  const commas: number[] = [];
  let depth = 0;
  for (let at = start; at < text.length; at = after(text, at)) {
    const sign = text.charAt(at);
    if (sign === '{') depth += 1;
    else if (sign === ',' && depth === 1) commas.push(at);
    else if (sign === '}') depth -= 1;
    if (depth > 0) continue;
    const inside = text.slice(start + 1, at);
    const items = commas.length > 0 ? partedAt(text, [start, ...commas, at]) : rangeOf(inside);
    return items === null ? null : { start, end: at + 1, items };
  }
  return null;
}

function partedAt(text: string, signs: readonly number[]): readonly string[] {
  return signs.slice(1).map((sign, at) => text.slice((signs[at] ?? 0) + 1, sign));
}

/** The same text, with braces that mean nothing. */
export function escapeBraces(text: string): string {
  let escaped = '';
  for (let at = 0; at < text.length; ) {
    const next = after(text, at);
    escaped += text.charAt(at) === '{' ? '\\{' : text.slice(at, next);
    at = next;
  }
  return escaped;
}

/** Where the next sign stands that is neither quoted nor in another expansion. */
function after(text: string, at: number): number {
  const sign = text.charAt(at);
  if (sign === '\\') return at + 2;
  if (sign === "'" || sign === '"' || sign === '`') return closing(text, at, sign) + 1;
  if (sign === '$' && text.charAt(at + 1) === '{') return closing(text, at + 1, '}') + 1;
  if (sign === '$' && text.charAt(at + 1) === '(') return closingBracket(text, at + 1) + 1;
  if (sign === '$' && text.charAt(at + 1) === "'") return closing(text, at + 1, "'", true) + 1;
  return at + 1;
}

function closing(text: string, start: number, sign: string, escapes = sign !== "'"): number {
  for (let at = start + 1; at < text.length; at++) {
    if (escapes && text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === sign) return at;
  }
  return text.length;
}

function closingBracket(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '\\') at += 1;
    else if (sign === "'" || sign === '"') at = closing(text, at, sign);
    else if (sign === '(') depth += 1;
    else if (sign === ')' && --depth === 0) return at;
  }
  return text.length;
}

const RANGE = /^(-?[0-9]{1,9})\.\.(-?[0-9]{1,9})(?:\.\.(-?[0-9]{1,9}))?$/;
const LETTERS = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?[0-9]{1,9}))?$/;

function rangeOf(inside: string): readonly string[] | 'many' | null {
  const numbers = RANGE.exec(inside);
  const letters = LETTERS.exec(inside);
  const [, first = '', last = '', given] = numbers ?? letters ?? [];
  if (numbers === null && letters === null) return null;
  const step = Math.abs(Number(given ?? 1)) || 1;
  const [from, to] =
    numbers === null ? [first.charCodeAt(0), last.charCodeAt(0)] : [Number(first), Number(last)];
  if (Math.abs(to - from) / step >= SHELL_LIMITS.braces_max) return 'many';
  // Between the capital letters and the small ones stand signs that mean something.
  if (numbers === null && from <= 90 !== to <= 90) return 'many';
  const padding = /^-?0[0-9]/;
  const width =
    numbers !== null && (padding.test(first) || padding.test(last)) ? Math.max(first.length, last.length) : 0;
  const items: string[] = [];
  for (let one = from; from <= to ? one <= to : one >= to; one += from <= to ? step : -step) {
    items.push(numbers === null ? String.fromCharCode(one) : padded(one, width));
  }
  return items;
}

function padded(number: number, width: number): string {
  const sign = number < 0 ? '-' : '';
  return `${sign}${String(Math.abs(number)).padStart(width - sign.length, '0')}`;
}
