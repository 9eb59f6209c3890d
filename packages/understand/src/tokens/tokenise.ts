import type { JsonObject } from '@writ/proof';
import { DETECTION_LIMITS } from '../detection/limits.ts';
import type { Sensitivity } from '../detection/sensitive-name.ts';
import { findInContext } from './context.ts';
import { type Echoes, echoesOf, noteRaw, openEchoes, type Raw } from './echoes.ts';
import { findIn } from './find.ts';
import { type Found, mergeFound } from './found.ts';
import { noteWritten, openRegister, type Register, tokenFor, writeTokens } from './register.ts';
import { eachText, walk } from './walk.ts';

/** Of all findings about an action, those that detection makes. */
export const DETECTION_FINDING_CODES = ['secret_in_arguments', 'personal_data_in_arguments'] as const;
export type DetectionFindingCode = (typeof DETECTION_FINDING_CODES)[number];

/** `where` is a JSON pointer into the tokenised arguments: it holds no detected value either. */
export type DetectionFinding = { readonly code: DetectionFindingCode; readonly where: string };

export type Tokenised = {
  readonly args: JsonObject;
  readonly findings: readonly DetectionFinding[];
};

/**
 * The arguments with a typed token (`email#1`) in place of every detected value, in strings, numbers and
 * member names, in clear or encoded, and of every other place where the same characters stand. The same
 * value is the same token throughout. Depends on nothing but the arguments as canonical JSON has them: not
 * on member order. Beyond a limit it throws `UnderstandFailure`; nothing is ever tokenised in part.
 */
export function tokenise(args: JsonObject): Tokenised {
  let current = tokeniseOnce(args);
  const findings = new Map(current.findings.map((finding) => [`${finding.code} ${finding.where}`, finding]));
  // A token can make something of what stands beside it: read again until there is nothing left.
  for (let round = 0; round < DETECTION_LIMITS.rounds_max && current.findings.length > 0; round++) {
    current = tokeniseOnce(current.args);
    for (const finding of current.findings) findings.set(`${finding.code} ${finding.where}`, finding);
  }
  return { args: current.args, findings: [...findings.values()] };
}

function tokeniseOnce(args: JsonObject): Tokenised {
  const texts = new Map<string, readonly Found[]>();
  const register = openRegister();
  const raw: Raw = new Map();
  eachText(args, (text, context) => {
    noteWritten(register, text);
    const said = findInContext(text, context);
    const written = findIn(text);
    // Nearly always nothing is found, and then nothing is kept.
    if (said.length === 0 && written.length === 0) return;
    const found = [...said, ...written];
    texts.set(keyOf(text, context), mergeFound(found));
    for (const { start, end, values } of found) noteRaw(raw, text.slice(start, end), values);
  });
  if (texts.size === 0) return { args, findings: [] };
  for (const found of texts.values()) {
    for (const { values } of found) for (const value of values) tokenFor(register, value);
  }
  return rewrite(args, { texts, register, echoes: openEchoes(raw) });
}

type Seen = {
  readonly texts: ReadonlyMap<string, readonly Found[]>;
  readonly register: Register;
  readonly echoes: Echoes;
};

function rewrite(args: JsonObject, seen: Seen): Tokenised {
  const findings: DetectionFinding[] = [];
  const known = new Set<string>();
  const add = (code: DetectionFindingCode, where: string): void => {
    const key = `${code} ${where}`;
    if (known.has(key)) return;
    const first = !findings.some((finding) => finding.code === code);
    // The list is cut, but a code that was found is never cut away.
    if (findings.length >= DETECTION_LIMITS.findings_max && !first) return;
    known.add(key);
    findings.push({ code, where });
  };
  const tokenised = walk(args, (text, context, where) => {
    const found = mergeFound([
      ...(seen.texts.get(keyOf(text, context)) ?? []),
      ...echoesOf(text, seen.echoes),
    ]);
    if (found.length === 0) return text;
    for (const { values } of found) {
      for (const { kind } of values) {
        add(kind === 'secret' ? 'secret_in_arguments' : 'personal_data_in_arguments', where);
      }
    }
    return writeTokens(seen.register, text, found);
  });
  return { args: tokenised, findings };
}

function keyOf(text: string, context: Sensitivity): string {
  return `${context ?? ''} ${text}`;
}
