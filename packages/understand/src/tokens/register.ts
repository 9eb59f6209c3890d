import type { DetectionKind } from '../detection/kinds.ts';
import { DETECTION_LIMITS } from '../detection/limits.ts';
import { UnderstandFailure } from '../failure.ts';
import type { Found, Value } from './found.ts';

const WRITTEN_TOKEN = /(?:secret|card|iban|ssn|person_id|email|phone)#\d{1,6}/g;

/** The tokens of one action: the same value is the same token, numbered in order of appearance by kind. */
export type Register = {
  readonly tokens: Map<string, string>;
  readonly counts: Map<DetectionKind, number>;
  /** Texts of the action that look like tokens already: no value of this action gets one of these. */
  readonly written: Set<string>;
};

export function openRegister(): Register {
  return { tokens: new Map(), counts: new Map(), written: new Set() };
}

export function noteWritten(register: Register, text: string): void {
  if (!text.includes('#')) return;
  for (const [token] of text.matchAll(WRITTEN_TOKEN)) register.written.add(token);
}

export function tokenFor(register: Register, { kind, identity }: Value): string {
  const key = `${kind} ${identity}`;
  const known = register.tokens.get(key);
  if (known !== undefined) return known;
  if (register.tokens.size >= DETECTION_LIMITS.tokens_max) {
    throw new UnderstandFailure(
      'ACTION_TOO_MANY_DETECTIONS',
      `more than ${DETECTION_LIMITS.tokens_max} values`,
    );
  }
  let count = register.counts.get(kind) ?? 0;
  let token = '';
  do {
    count += 1;
    token = `${kind}#${count}`;
  } while (register.written.has(token));
  register.counts.set(kind, count);
  register.tokens.set(key, token);
  return token;
}

/** The text with each range as the tokens of its values. */
export function writeTokens(register: Register, text: string, found: readonly Found[]): string {
  let written = '';
  let from = 0;
  for (const { start, end, values } of found) {
    const tokens = values.map((value) => tokenFor(register, value));
    written += `${text.slice(from, start)}${tokens.join('+')}`;
    from = end;
  }
  return written + text.slice(from);
}
