import { isDigit, isHex, isLetter, isSpace, isWord, lowerAscii } from '../detection/characters.ts';

/** Pieces of SQL: enough to see whether a text changes what a statement means, not to understand one. */
export type SqlToken = {
  readonly kind: 'word' | 'number' | 'string' | 'quote' | 'comment' | 'sign';
  readonly text: string;
  /** Nothing stands between it and what is before it. */
  readonly glued: boolean;
  /** A quote behind an odd number of its like: it closes what the value itself opened. */
  readonly closes: boolean;
};

const COMMENT_UNITS_MAX = 1_024;
const SLASH = 0x2f;
const STAR = 0x2a;
const HYPHEN = 0x2d;
const HASH = 0x23;
const BANG = 0x21;
/** Pairs of signs that are one. */
const PAIRS: ReadonlySet<string> = new Set(['||', '&&', '<>', '!=', '<=', '>=', '::', ':=']);

export function readSqlTokens(text: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  const open = new Set<string>();
  let glued = false;
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at);
    const kind = kindAt(text, at, unit);
    const end = kind === null ? endOfBlank(text, at, unit) : endOfToken(text, at, kind);
    if (kind === null) {
      glued = false;
    } else {
      const token = textOf(text, at, end, kind);
      const closes = kind === 'quote' && open.has(token);
      if (closes) open.delete(token);
      else if (kind === 'quote') open.add(token);
      tokens.push({ kind, text: token, glued, closes });
      glued = true;
    }
    at = end;
  }
  return tokens;
}

/** Null for blanks, and for comments that are closed: those are blanks too. */
function kindAt(text: string, at: number, unit: number): SqlToken['kind'] | null {
  if (isSpace(unit) || unit === 0xa0) return null;
  if (isLetter(unit) || unit === 0x5f || unit === 0x40) return 'word';
  if (isDigit(unit)) return 'number';
  if (unit === 0x27 || unit === 0x22 || unit === 0x60 || unit === 0x2018 || unit === 0x2019) return 'quote';
  const next = text.charCodeAt(at + 1);
  if (unit === HASH || (unit === HYPHEN && next === HYPHEN)) return 'comment';
  if (unit === STAR && next === SLASH) return null;
  if (unit === SLASH && next === STAR) return closeOfComment(text, at) < 0 ? 'comment' : null;
  return 'sign';
}

/**
 * Behind a comment's end; behind the opening of one that a version of MySQL executes; -1 where it is not
 * closed.
 */
function closeOfComment(text: string, at: number): number {
  if (text.charCodeAt(at + 2) === BANG) {
    let end = at + 3;
    while (isDigit(text.charCodeAt(end))) end++;
    return end;
  }
  const last = Math.min(text.length, at + COMMENT_UNITS_MAX);
  for (let end = at + 2; end < last; end++) {
    if (text.charCodeAt(end) === STAR && text.charCodeAt(end + 1) === SLASH) return end + 2;
  }
  return -1;
}

function endOfBlank(text: string, at: number, unit: number): number {
  if (unit === SLASH) return closeOfComment(text, at);
  return unit === STAR ? at + 2 : at + 1;
}

function endOfToken(text: string, at: number, kind: SqlToken['kind']): number {
  if (kind === 'quote') return at + 1;
  if (kind === 'sign') return PAIRS.has(text.slice(at, at + 2)) ? at + 2 : at + 1;
  if (kind === 'comment' && text.charCodeAt(at) === SLASH) return at + 2;
  let end = at + 1;
  if (kind === 'comment') while (end < text.length && text.charCodeAt(end) !== 0x0a) end++;
  if (kind === 'word') while (isWordUnit(text.charCodeAt(end))) end++;
  if (kind === 'number') while (isHex(text.charCodeAt(end)) || isPointOrX(text.charCodeAt(end))) end++;
  return end;
}

function textOf(text: string, at: number, end: number, kind: SqlToken['kind']): string {
  if (kind === 'comment') return text.slice(at, at + 2);
  return kind === 'word' ? lowerAscii(text.slice(at, end)) : text.slice(at, end);
}

function isWordUnit(unit: number): boolean {
  return isWord(unit) || unit === 0x40 || unit === 0x24 || unit >= 0x80;
}

function isPointOrX(unit: number): boolean {
  return unit === 0x2e || unit === 0x78 || unit === 0x58;
}
