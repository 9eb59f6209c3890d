import { letterClass } from './letters.ts';

const ZERO_WIDTH_NON_JOINER = 0x200c;
const ZERO_WIDTH_JOINER = 0x200d;
const BYTE_ORDER_MARK = 0xfeff;
const BLACK_FLAG = 0x1f3f4;
const CANCEL_TAG = 0xe007f;
/** `gbeng` and such: the longest code of a region, with its end. */
const FLAG_TAGS_MAX = 7;
const NOTHING_TO_SEE = /^[\t\n\r -~\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0590]*$/;

/**
 * Whether a text holds what nobody sees and machines read: controls of direction, characters of no width,
 * tags, selectors in rows. What scripts and pictures need is ordinary: joiners inside of words of the scripts
 * that join, and inside of pictures, a selector behind a picture, a flag's tags, a mark at the very
 * beginning.
 */
export function hidesCharacters(text: string, strict: boolean): boolean {
  if (NOTHING_TO_SEE.test(text)) return false;
  const points = Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
  const isRightToLeft = points.some((point) => letterClass(point) === 'R');
  for (let at = 0; at < points.length; at++) {
    const point = points[at] ?? 0;
    const flag = point === BLACK_FLAG ? tagsAfter(points, at) : 0;
    if (flag > 0) at += flag;
    else if (isHidden(points, at, point, { strict, isRightToLeft })) return true;
  }
  return false;
}

type Manner = { readonly strict: boolean; readonly isRightToLeft: boolean };

function isHidden(points: readonly number[], at: number, point: number, manner: Manner): boolean {
  if (point < 0x20 || (point >= 0x7f && point <= 0x9f)) return isHiddenControl(point, manner.strict);
  if (point < 0xad) return false;
  if (point === ZERO_WIDTH_JOINER) return !joinsAt(points, at);
  if (point === ZERO_WIDTH_NON_JOINER) return !isJoining(points[at - 1]) || !isJoining(points[at + 1]);
  if (point === BYTE_ORDER_MARK) return manner.strict || at > 0;
  if (point >= 0xfe00 && point <= 0xfe0f) return !isSelected(points, at);
  if (point >= 0xe0100 && point <= 0xe01ef) return letterClass(points[at - 1] ?? 0) !== 'E';
  if (isMark(point)) return manner.strict || !manner.isRightToLeft;
  if (isIsolate(point)) return manner.strict || !manner.isRightToLeft;
  if (point === 0xad) return manner.strict;
  return isUnseen(point) || (manner.strict && point >= 0xd800 && point <= 0xdfff);
}

/** In data, all that a terminal or a file may hold; in a name, none. */
function isHiddenControl(point: number, strict: boolean): boolean {
  if (strict) return point !== 0x09 && point !== 0x0a && point !== 0x0d;
  return point >= 0x80 && point !== 0x85;
}

/** Marks of direction, which people who write from right to left type. */
function isMark(point: number): boolean {
  return point === 0x200e || point === 0x200f || point === 0x061c;
}

function isIsolate(point: number): boolean {
  return (point >= 0x2066 && point <= 0x2069) || point === 0x202a || point === 0x202b || point === 0x202c;
}

function isUnseen(point: number): boolean {
  return (
    point === 0x034f ||
    point === 0x115f ||
    point === 0x1160 ||
    point === 0x17b4 ||
    point === 0x17b5 ||
    point === 0x180e ||
    point === 0x200b ||
    point === 0x2028 ||
    point === 0x2029 ||
    point === 0x202d ||
    point === 0x202e ||
    (point >= 0x2060 && point <= 0x206f) ||
    point === 0x2800 ||
    point === 0x3164 ||
    point === 0xffa0 ||
    (point >= 0xfff0 && point <= 0xfffb) ||
    (point >= 0x1d173 && point <= 0x1d17a) ||
    (point >= 0xe0000 && point <= 0xe0fff)
  );
}

/** Between letters of a script that joins, or in a picture of several. */
function joinsAt(points: readonly number[], at: number): boolean {
  const before = points[at - 1];
  const after = points[at + 1];
  if (isJoining(before) && (isJoining(after) || after === undefined || after <= 0x20)) return true;
  return isPicture(before) && isPicture(after);
}

function isJoining(point: number | undefined): boolean {
  const found = letterClass(point ?? 0);
  return found === 'R' || found === 'M' || found === 'O';
}

function isPicture(point: number | undefined): boolean {
  return point !== undefined && (letterClass(point) === 'P' || point === 0xfe0f);
}

/** Behind a picture, a digit or another sign that has two forms, and once. */
function isSelected(points: readonly number[], at: number): boolean {
  const before = points[at - 1] ?? 0;
  if (before >= 0xfe00 && before <= 0xfe0f) return false;
  const found = letterClass(before);
  const isKey = (before >= 0x30 && before <= 0x39) || before === 0x23 || before === 0x2a;
  return found === 'P' || found === 'E' || found === 'O' || isKey || (before >= 0x2000 && before <= 0x33ff);
}

/** How many tags a flag of a region has; 0 where these are none. */
function tagsAfter(points: readonly number[], at: number): number {
  for (let count = 1; count <= FLAG_TAGS_MAX; count++) {
    const point = points[at + count] ?? 0;
    if (point === CANCEL_TAG) return count > 2 ? count : 0;
    if (point < 0xe0030 || point > 0xe007a) return 0;
  }
  return 0;
}
