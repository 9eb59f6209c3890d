import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { quoteText } from '../terminal/encode-text.ts';
import type { Content } from './content.ts';
import type { Entry } from './entry.ts';
import { fail, systemCode } from './failure.ts';
import { type Held, hold, nameIn, release, setModeIn } from './hold-directory.ts';
import { OPEN_MODE, type Step } from './plan-undo.ts';

/**
 * Gives back what the steps say: first directories are opened, then goes what was not there, the deepest
 * up, then comes what was, parents first, and at last directories get their modes. Each step is whole or not
 * done, and done is done: after a crash the next plan has the rest. Nothing is written through a link,
 * wherever the paths lead by now.
 */
export function restore(steps: readonly Step[], content: Content): void {
  const touched = new Set<string>();
  const down = [...steps].sort((left, right) => depthOf(left) - depthOf(right));
  const up = [...down].reverse();
  for (const step of down.filter(mustOpen)) at(step, touched, open);
  for (const step of up.filter(mustGo)) at(step, touched, takeAway);
  for (const step of down.filter(mustCome))
    at(step, touched, (held, name) => bring(held, name, step, content));
  for (const step of up.filter(isDirectory)) at(step, touched, (held, name) => setMode(held, name, step));
  for (const path of touched) syncPlace(path);
}

/** What is filled, and what is emptied before it goes. */
function mustOpen({ before, now }: Step): boolean {
  const isThere = now.kind === 'directory' || (now.kind === 'closed' && now.of === 'directory');
  return isThere && before.kind !== 'closed';
}

function open(held: Held, name: string): void {
  const found = lstatSync(nameIn(held, name));
  if ((found.mode & OPEN_MODE) !== OPEN_MODE) setModeIn(held, name, 'directory', OPEN_MODE);
}

function setMode(held: Held, name: string, { before }: Step): void {
  if (before.kind === 'directory') setModeIn(held, name, 'directory', before.mode);
}

function mustCome({ before }: Step): boolean {
  return before.kind !== 'absent';
}

function isDirectory({ before }: Step): boolean {
  return before.kind === 'directory';
}

const depthOf = ({ path }: Step): number => path.split('/').length;

/** A file takes the place of a file or of a link at once; everything else has to make room. */
function mustGo({ before, now }: Step): boolean {
  if (now.kind === 'absent' || before.kind === 'closed') return false;
  if (before.kind === 'absent') return true;
  const was = now.kind === 'closed' ? now.of : now.kind;
  return (before.kind === 'directory') !== (was === 'directory');
}

function at(step: Step, touched: Set<string>, work: (held: Held, name: string) => void): void {
  const { path } = step;
  let held: Held;
  try {
    held = hold(dirname(path));
  } catch (error) {
    throw describe(error, path);
  }
  try {
    work(held, basename(path));
    touched.add(dirname(path));
  } catch (error) {
    throw describe(error, path);
  } finally {
    release(held);
  }
}

function describe(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === null || !/^E[A-Z]+$/.test(code)) return error;
  const detail = `${quoteText(path)} could not be given back (${code}): what came before it was; undo again`;
  return fail('UNDO_INCOMPLETE', detail);
}

function takeAway(held: Held, name: string): void {
  const stat = lstatSync(nameIn(held, name), { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) return unlinkSync(nameIn(held, name));
  try {
    rmdirSync(nameIn(held, name));
  } catch (error) {
    // It holds what others made since: theirs, and so it stays.
    if (systemCode(error) !== 'ENOTEMPTY' && systemCode(error) !== 'EEXIST') throw error;
  }
}

function bring(held: Held, name: string, step: Step, content: Content): void {
  const { before } = step;
  switch (before.kind) {
    case 'file':
      return replace(held, name, step, (fresh) => writeFile(fresh, before, content));
    case 'link':
      return replace(held, name, step, (fresh) => symlinkSync(before.target, fresh));
    case 'directory':
      return makeDirectory(held, name);
    case 'closed':
      return setModeIn(held, name, before.of, before.mode);
    case 'absent':
    case 'special':
      return;
    default:
      return before satisfies never;
  }
}

/**
 * By a name beside it that the same step always takes: what a crash left there is used up by the next try.
 */
function replace(held: Held, name: string, { path }: Step, make: (fresh: string) => void): void {
  const mark = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const fresh = nameIn(held, `.writ-undo-${mark}`);
  removeFile(fresh);
  make(fresh);
  renameSync(fresh, nameIn(held, name));
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

function writeFile(path: string, before: Extract<Entry, { kind: 'file' }>, content: Content): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const fd = openSync(path, flags, 0o600);
  try {
    content.writeTo(fd, before.digest);
    fchmodSync(fd, before.mode);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function makeDirectory(held: Held, name: string): void {
  try {
    mkdirSync(nameIn(held, name), { mode: OPEN_MODE });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST' || !lstatSync(nameIn(held, name)).isDirectory()) throw error;
  }
}

/** Gone by a later step, or not for us to read: then its parent was synced. */
const NOT_SYNCED: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES']);

function syncPlace(path: string): void {
  let held: Held | null = null;
  try {
    held = hold(path);
    const fd = openSync(nameIn(held, '.'), constants.O_RDONLY | constants.O_DIRECTORY);
    fsyncSync(fd);
    closeSync(fd);
  } catch (error) {
    if (!NOT_SYNCED.has(systemCode(error))) throw error;
  } finally {
    if (held !== null) release(held);
  }
}
