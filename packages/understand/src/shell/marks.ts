import { HOLE, literal, UNKNOWN, type Value } from './value.ts';
import { literalWord, type Word } from './word.ts';

/**
 * Signs that stand in the words of a program for what is not literal there; none of them is a character. So
 * tables of programs see texts, and whoever uses a word asks first whether it is one.
 */
export const ANY: string = HOLE;
/** The name of something at or below what stands before it: no way up, and no option. */
export const BELOW = '\uFDD0';
/** Any digits. */
export const DIGITS = '\uFDD1';
const STAR = '\uFDD2';
const ONE = '\uFDD3';
const SET = '\uFDD4';
/** A word that may be none, or several. */
export const MANY = '\uFDD5';

const MARKS = /[\uFDD0-\uFDD5\uFFFE]/;
const SIGNS: Readonly<Record<string, string>> = {
  [ANY]: '*',
  [BELOW]: '*',
  [DIGITS]: '0',
  [STAR]: '*',
  [ONE]: '?',
  [SET]: '[',
  [MANY]: '',
};

export function isMarked(text: string): boolean {
  return MARKS.test(text);
}

/** As it may be shown to people. */
export function withoutMarks(text: string): string {
  return isMarked(text) ? text.replace(/[\uFDD0-\uFDD5\uFFFE]/g, (mark) => SIGNS[mark] ?? '') : text;
}

export function markWord(word: Word): string {
  switch (word.kind) {
    case 'literal':
      return word.text;
    case 'pattern':
      return word.text.replaceAll('*', STAR).replaceAll('?', ONE).replaceAll('[', SET);
    case 'unknown':
      return markValue(word.value) + (word.many && word.below === null ? MANY : '');
    default:
      return word satisfies never;
  }
}

function markValue({ below, digits, parts }: Value): string {
  if (digits === true) return DIGITS;
  const mark = below === undefined ? ANY : BELOW;
  const text = parts.map((part) => part ?? mark).join('');
  return below === undefined || below === '' || parts[0] !== null ? text : `${below}/${text}`;
}

/** The word that such a text stands for. */
export function wordOfMarked(text: string): Word {
  if (!isMarked(text)) return literalWord(text);
  const prefix = text.slice(0, text.search(MARKS));
  const many = text.endsWith(MANY);
  if (isPattern(text)) return { kind: 'pattern', text: withoutMarks(text), prefix, suffix: '', from: [] };
  const value: Value = text.includes(ANY)
    ? valueOfMarked(text)
    : text === DIGITS
      ? { ...UNKNOWN, digits: true }
      : { ...valueOfMarked(text), below: prefix.replace(/\/$/, '') };
  return { kind: 'unknown', prefix, suffix: '', many, value, from: [], below: value.below ?? null };
}

function valueOfMarked(text: string): Value {
  return literal(text.replace(/[\uFDD0-\uFDD5]/g, (mark) => (mark === MANY ? '' : HOLE)));
}

/** Fits names of files, and nothing else in it is unknown. */
export function isPattern(text: string): boolean {
  return /[\uFDD2-\uFDD4]/.test(text) && !text.includes(ANY);
}

/** What surely stands before the first mark. */
export function beforeMarks(text: string): string {
  const at = text.search(MARKS);
  return at < 0 ? text : text.slice(0, at);
}
