import { UnderstandFailure } from '../failure.ts';
import { scanAssignment, scanFlag } from './assignment.ts';
import { scanBearer } from './authorization.ts';
import { scanCard } from './card.ts';
import { foldFullWidth, isDigit, isWord } from './characters.ts';
import { MARK_BEGINNINGS, scanMarked } from './credential.ts';
import { scanEmail } from './email.ts';
import { scanIban } from './iban.ts';
import { scanJwt } from './jwt.ts';
import type { Detection } from './kinds.ts';
import { DETECTION_LIMITS } from './limits.ts';
import { scanPem } from './pem.ts';
import { scanPersonId } from './person-id.ts';
import { scanPhone } from './phone.ts';
import { scanSsn } from './ssn.ts';
import { scanUrlPassword } from './url-password.ts';

const COLON = 0x3a;
const HYPHEN = 0x2d;

/** What has to be done at a character; most have nothing to do. */
const NOTHING = 0;
const SEE_AT = 1;
const SEE_PLUS = 2;
const SEE_SEPARATOR = 3;
const SEE_HYPHEN = 4;
const SEE_DIGIT = 5;
const SEE_LETTER = 6;

/** Marked credentials, JSON web tokens, and bearer in any case. */
const BEGINNINGS: readonly string[] = [...MARK_BEGINNINGS, 'ey', 'be', 'Be', 'bE', 'BE'];
const TRIGGERS: Uint8Array = triggers();
const PAIRS: Uint8Array = pairs();

function triggers(): Uint8Array {
  const table = new Uint8Array(128);
  table[0x40] = SEE_AT;
  table[0x2b] = SEE_PLUS;
  table[0x3d] = SEE_SEPARATOR;
  table[COLON] = SEE_SEPARATOR;
  table[HYPHEN] = SEE_HYPHEN;
  for (let unit = 0x30; unit <= 0x39; unit++) table[unit] = SEE_DIGIT;
  for (const beginning of BEGINNINGS) table[beginning.charCodeAt(0)] = SEE_LETTER;
  return table;
}

/** Whether the words that begin with these two letters are worth a look; most words are not. */
function pairs(): Uint8Array {
  const table = new Uint8Array(128 * 128);
  for (const beginning of BEGINNINGS) table[beginning.charCodeAt(0) * 128 + beginning.charCodeAt(1)] = 1;
  return table;
}

/**
 * Secrets and personal data in a text, in order, never overlapping (spec/23-detection.md). One pass from
 * left to right; every look back or ahead is bounded, so time is linear in the length whatever the text
 * holds.
 */
export function detect(text: string): readonly Detection[] {
  if (text.length > DETECTION_LIMITS.text_units_max) {
    throw new UnderstandFailure('TEXT_TOO_LARGE', `more than ${DETECTION_LIMITS.text_units_max} units`);
  }
  return scan(foldFullWidth(text));
}

function scan(text: string): readonly Detection[] {
  const detections: Detection[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const trigger = unit < 128 ? TRIGGERS[unit] : NOTHING;
    if (trigger === NOTHING || trigger === undefined) continue;
    if (trigger === SEE_LETTER && !beginsLikeSecret(text, unit, at)) continue;
    const found = look(text, at, from, trigger);
    if (found === null) continue;
    detections.push(found);
    from = found.end;
    at = found.end - 1;
  }
  return detections;
}

function beginsLikeSecret(text: string, unit: number, at: number): boolean {
  const second = text.charCodeAt(at + 1);
  if (!(second < 128) || PAIRS[unit * 128 + second] !== 1) return false;
  return at === 0 || !isWord(text.charCodeAt(at - 1));
}

function look(text: string, at: number, from: number, trigger: number): Detection | null {
  switch (trigger) {
    case SEE_AT:
      return scanEmail(text, at, from);
    case SEE_PLUS:
      return scanPhone(text, at, from);
    case SEE_SEPARATOR:
      return scanAssignment(text, at, from) ?? scanUrlPassword(text, at);
    case SEE_HYPHEN:
      if (text.charCodeAt(at + 1) !== HYPHEN) return null;
      return scanPem(text, at) ?? scanFlag(text, at);
    case SEE_DIGIT:
      return lookAtDigit(text, at, from);
    default:
      return scanMarked(text, at) ?? scanJwt(text, at) ?? scanBearer(text, at);
  }
}

/** A digit after a letter can begin the check digits of an IBAN, one at the start of a word a number. */
function lookAtDigit(text: string, at: number, from: number): Detection | null {
  const before = at === 0 ? Number.NaN : text.charCodeAt(at - 1);
  if (isWord(before)) {
    return isDigit(before) ? null : (scanIban(text, at, from) ?? scanPersonId(text, at, from));
  }
  return scanSsn(text, at) ?? scanCard(text, at, from) ?? scanPersonId(text, at, from);
}
