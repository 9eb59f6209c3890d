import { chmod, mkdir, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JsonObject } from '@writ/contract';
import { Failure, type JsonValue, parseJson } from '@writ/proof';
import { replaceFile } from '../../files/replace-file.ts';
import { CliFailure } from '../../program/failure.ts';
import { isObject } from '../host/read-event.ts';
import { isSame } from './our-hooks.ts';

/** The settings of the host as they lie there; `text` and `mode` are null where there is no file. */
export type HostFile = {
  readonly path: string;
  readonly text: string | null;
  readonly mode: number | null;
};

const SETTINGS_BYTES_MAX = 1_048_576;
const INDENT_DEFAULT = 2;

export async function readHostFile(path: string): Promise<HostFile> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > SETTINGS_BYTES_MAX) throw unreadable(path, 'it is too large');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { path, text, mode: (await stat(path)).mode & 0o777 };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { path, text: null, mode: null };
    if (error instanceof TypeError) throw unreadable(path, 'it is no UTF-8 text');
    throw error;
  }
}

/**
 * The same settings with our hooks in the place of whatever of ours was there, and nothing else changed: not
 * the order of members, not the indent.
 */
export function withHooks(file: HostFile, hooks: Readonly<Record<string, JsonObject>>, ours: IsOurs): string {
  const settings = parse(file);
  const cleaned = clean(settings, ours);
  const before = isObject(cleaned['hooks']) ? cleaned['hooks'] : {};
  const merged: Record<string, JsonValue> = { ...before };
  for (const [event, group] of Object.entries(hooks)) {
    merged[event] = [...listOf(merged[event]), group];
  }
  return print(file, { ...cleaned, hooks: merged });
}

/** The settings without anything of ours, and without a list that only we needed. */
export function withoutHooks(file: HostFile, ours: IsOurs): string {
  return print(file, clean(parse(file), ours));
}

/** Whether there is anything of ours in it. */
export function holdsOurs(file: HostFile, ours: IsOurs): boolean {
  const settings = parse(file);
  return !isSame(clean(settings, ours), settings);
}

/** Whether a group of the settings is one that this program wrote, now or before. */
export type IsOurs = (group: JsonValue) => boolean;

function clean(settings: JsonObject, ours: IsOurs): JsonObject {
  const { hooks } = settings;
  if (!isObject(hooks)) return settings;
  const kept = Object.entries(hooks).flatMap(([event, groups]) => {
    const list = listOf(groups);
    const others = list.filter((group) => !ours(group));
    if (others.length === list.length) return [[event, groups] as const];
    return others.length === 0 ? [] : [[event, others] as const];
  });
  if (kept.length > 0 || isSame(hooks, {})) return { ...settings, hooks: Object.fromEntries(kept) };
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'hooks'));
}

function listOf(groups: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(groups) ? (groups as readonly JsonValue[]) : []; // a list of JSON values
}

/** Strictly: what this could not write again as it was read, it does not touch. */
function parse({ path, text }: HostFile): JsonObject {
  if (text === null || text.trim() === '') return {};
  let value: JsonValue;
  try {
    value = parseJson(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw unreadable(path, `it is no strict JSON (${error.code})`);
  }
  if (!isObject(value)) throw unreadable(path, 'it is no JSON object');
  const { hooks } = value;
  const isLists = isObject(hooks) && Object.values(hooks).every((groups) => Array.isArray(groups));
  if (hooks !== undefined && !isLists) throw unreadable(path, 'its hooks are not as the host wants them');
  return value;
}

function print({ text }: HostFile, settings: JsonObject): string {
  const indent = /\n([ \t]+)"/.exec(text ?? '')?.[1] ?? INDENT_DEFAULT;
  return `${JSON.stringify(settings, null, indent)}\n`;
}

function unreadable(path: string, why: string): CliFailure {
  return new CliFailure('HOST_SETTINGS', `${path} is left as it is: ${why}`, 1);
}

/** As a whole, and for its owner alone: the hook over HTTP shows a key. */
export async function writeHostFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, text);
}

/** The file as it was, with its mode; none where there was none. */
export async function restoreHostFile({ path, text, mode }: HostFile): Promise<void> {
  if (text === null) {
    await unlink(path).catch(() => {});
    return;
  }
  await replaceFile(path, text);
  if (mode !== null) await chmod(path, mode);
}

/** Line by line: what goes, what comes, and two lines around. */
export function diffLines(before: string, after: string): readonly string[] {
  const [left, right] = [linesOf(before), linesOf(after)];
  let top = 0;
  while (top < left.length && top < right.length && left[top] === right[top]) top += 1;
  let end = 0;
  while (
    end < left.length - top &&
    end < right.length - top &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  )
    end += 1;
  return [
    ...left.slice(Math.max(0, top - AROUND), top).map((line) => `  ${line}`),
    ...left.slice(top, left.length - end).map((line) => `- ${line}`),
    ...right.slice(top, right.length - end).map((line) => `+ ${line}`),
    ...right.slice(right.length - end, right.length - end + AROUND).map((line) => `  ${line}`),
  ];
}

const AROUND = 2;

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
