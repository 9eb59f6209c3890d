import { isAlphanumeric, isDigit, isForeignLetter, isLetter, isLocalPart } from './characters.ts';
import { type Detection, unchecked } from './kinds.ts';

const AT = 0x40;
const DOLLAR = 0x24;
const HASH = 0x23;
const DOT = 0x2e;
const HYPHEN = 0x2d;
/** RFC 5321 section 4.5.3.1. */
const LOCAL_UNITS_MAX = 64;
const DOMAIN_UNITS_MAX = 255;

/**
 * An address around the "@" at `at`: a local part, and a domain of two labels or more whose last is
 * letters.
 */
export function scanEmail(text: string, at: number, from: number): Detection | null {
  if (text.charCodeAt(at) !== AT) return null;
  const start = startOfLocalPart(text, at, from);
  if (start === at || text.charCodeAt(start - 1) === DOLLAR) return null; // $NAME@host is a variable
  if (isNumberOfToken(text, start, at)) return null;
  const end = endOfDomain(text, at + 1);
  if (end === -1) return null;
  // The one account name that every host of repositories has: `git@host:path` names a place, not a person.
  if (at - start === 3 && text.startsWith('git', start)) return null;
  return unchecked('email', start, end);
}

/** `secret#1@host`: what is left of a URL with a password is not the address of "1". */
function isNumberOfToken(text: string, start: number, at: number): boolean {
  if (text.charCodeAt(start - 1) !== HASH) return false;
  for (let i = start; i < at; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return true;
}

function startOfLocalPart(text: string, at: number, from: number): number {
  const first = Math.max(from, at - LOCAL_UNITS_MAX);
  let start = at;
  while (start > first && isLocalPart(text.charCodeAt(start - 1))) start--;
  // What opens an address in prose or in a shell is not part of it.
  while (start < at && !isNameUnit(text.charCodeAt(start))) start++;
  return start;
}

function isNameUnit(unit: number): boolean {
  return isAlphanumeric(unit) || isForeignLetter(unit) || unit === 0x5f;
}

/** The end of a domain that begins at `from`, or -1. */
function endOfDomain(text: string, from: number): number {
  const last = Math.min(text.length, from + DOMAIN_UNITS_MAX);
  let end = -1;
  let label = from;
  for (let at = from; ; at++) {
    const unit = at < last ? text.charCodeAt(at) : Number.NaN;
    if (isAlphanumeric(unit) || isForeignLetter(unit) || (unit === HYPHEN && at > label)) continue;
    if (at === label) return end;
    if (label > from && isTopLabel(text, label, at)) end = at;
    if (unit !== DOT) return end;
    label = at + 1;
  }
}

/** Letters only, two or more; or a label of international letters in its ASCII form. */
function isTopLabel(text: string, start: number, end: number): boolean {
  if (end - start < 2) return false;
  if (text.startsWith('xn--', start)) return end - start > 4;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (!isLetter(unit) && !isForeignLetter(unit)) return false;
  }
  return true;
}
