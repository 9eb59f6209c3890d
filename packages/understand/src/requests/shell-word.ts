import { isAlphanumeric, isDigit, isSpace } from '../detection/characters.ts';

/** One word as a shell reads it, and what it did to become that word. */
export type ShellWord = {
  /** Without quotes, escapes and expansions of nothing. */
  readonly text: string;
  /** As it stands. */
  readonly raw: string;
  readonly end: number;
  /** Quotes, escapes or empty expansions inside of it: only a shell takes such for one word. */
  readonly spliced: boolean;
  /** A variable, a substitution or arithmetic is part of it. */
  readonly expanded: boolean;
};

/** Of one word so much is read: a text of nothing but openings must not be read to its end for each. */
const WORD_UNITS_MAX = 256;

type Reading = { text: string; spliced: boolean; expanded: boolean; at: number };

/** The word at `from`, which is no blank. What is never closed ends with the text. */
export function readShellWord(text: string, from: number): ShellWord {
  const reading: Reading = { text: '', spliced: false, expanded: false, at: from };
  const last = Math.min(text.length, from + WORD_UNITS_MAX);
  while (reading.at < last && !endsWord(text, reading.at)) step(reading, text, from, last);
  const end = Math.max(reading.at, from + 1);
  return { ...reading, raw: text.slice(from, end), end };
}

/** Blanks, and what parts commands; a closing brace or bracket belongs to what stands around. */
function endsWord(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (isSpace(unit) || unit === 0xa0) return true;
  const sign = text.charAt(at);
  if (sign === '<' || sign === '>') return !(text.charAt(at + 1) === '(' && text.charAt(at + 2) === ')');
  // A substitution is read by itself.
  if (sign === '(') return true;
  if (sign === '`') return text.charAt(at + 1) !== '`';
  return sign === ';' || sign === '|' || sign === '&' || sign === ')';
}

function step(reading: Reading, text: string, from: number, last: number): void {
  const { at } = reading;
  const sign = text.charAt(at);
  if (sign === "'" || sign === '"') return stepQuote(reading, text, from, last);
  if (sign === '\\' || sign === '^') return stepEscape(reading, text, from);
  if (sign === '$') return stepDollar(reading, text, from, last);
  if (sign === '`' || sign === '<' || sign === '>') {
    // An empty substitution.
    reading.spliced ||= at > from || isAlphanumeric(text.charCodeAt(at + (sign === '`' ? 2 : 3)));
    reading.at = at + (sign === '`' ? 2 : 3);
    return;
  }
  reading.text += sign;
  reading.at = at + 1;
}

function stepQuote(reading: Reading, text: string, from: number, last: number): void {
  const { at } = reading;
  const close = behind(text, text.charAt(at), at + 1, last) - 1;
  // What is not closed is the sign that broke out of another text.
  if (text.charAt(close) !== text.charAt(at) || close <= at) {
    reading.at = at + 1;
    return;
  }
  const inner = text.slice(at + 1, close);
  const isInside = at > from && isAlphanumeric(text.charCodeAt(at - 1));
  const goesOn = isAlphanumeric(text.charCodeAt(close + 1));
  reading.spliced ||= (isInside || goesOn) && !/\s/.test(inner);
  reading.text += inner;
  reading.at = close + 1;
}

function stepEscape(reading: Reading, text: string, from: number): void {
  const { at } = reading;
  const isInside =
    at > from && isAlphanumeric(text.charCodeAt(at - 1)) && isAlphanumeric(text.charCodeAt(at + 1));
  // Folders of Windows stand behind one as well.
  if (isInside && !/[:\\]/.test(reading.text) && !isDigit(text.charCodeAt(at - 1))) reading.spliced = true;
  else if (
    at > from &&
    text.charAt(at) === '\\' &&
    text.charAt(at - 1) !== '\\' &&
    /[A-Za-z]:/.test(reading.text)
  ) {
    reading.text += '\\';
  }
  reading.at = at + 1;
}

function stepDollar(reading: Reading, text: string, from: number, last: number): void {
  const { at } = reading;
  const next = text.charAt(at + 1);
  const end = endOfExpansion(text, at, last);
  if (end === at + 1) {
    if (next === '(') reading.expanded = true;
    else reading.text += '$';
    reading.at = end;
    return;
  }
  const isGlued = at > from || isAlphanumeric(text.charCodeAt(end));
  const isNothing = '@*?!-#$_0123456789'.includes(next) || (next === '(' && end === at + 3);
  if (isNothing) reading.spliced ||= isGlued;
  else reading.expanded = true;
  reading.at = end;
}

/**
 * Behind a variable, a braced or bracketed expansion, or an empty substitution; `at + 1` where it is none.
 */
function endOfExpansion(text: string, at: number, last: number): number {
  const next = text.charAt(at + 1);
  if (next === '{') return behind(text, '}', at + 2, last);
  if (next === '[') return behind(text, ']', at + 2, last);
  if (next === '(' && text.charAt(at + 2) === '(') return behind(text, '))', at + 3, last);
  if (next === '(') return text.charAt(at + 2) === ')' ? at + 3 : at + 1;
  if ('@*?!-#$'.includes(next) && next !== '') return at + 2;
  if (next >= '0' && next <= '9') return at + 2;
  let end = at + 1;
  while (end < last && (isAlphanumeric(text.charCodeAt(end)) || text.charAt(end) === '_')) end++;
  return end;
}

function behind(text: string, close: string, from: number, last: number): number {
  const end = text.slice(from, last).indexOf(close);
  return end < 0 ? last : from + end + close.length;
}
