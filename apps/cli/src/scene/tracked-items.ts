import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { SceneItem } from '@writ/contract';
import { isWithin } from '../files/is-within.ts';
import type { Git } from './ask-git.ts';

/** What is read to say that nothing in it is new; beyond it nothing is said. */
export const TRACKED_LIMITS = { paths_max: 64, files_max: 2_000, bytes_max: 16_777_216 } as const;

/** What is committed under one name. */
type Committed = { readonly mode: string; readonly oid: string };
type Left = { files: number; bytes: number };

const EXECUTABLE = 0o100;
/** Of SHA-1 in hexadecimal digits; SHA-256 has more. */
const SHA1_DIGITS = 40;

/**
 * Which of the paths are exactly what the newest commit holds: a file with its content, or a directory with
 * all that is in it and nothing else. No filter of the repository is applied: a file that git would write
 * otherwise than it has it is not said to be tracked.
 */
export async function trackedItems(
  git: Git,
  root: string,
  paths: readonly string[],
): Promise<readonly SceneItem[]> {
  const below = [...new Set(paths)].filter((path) => path !== root && isWithin(path, root));
  const asked = below.filter((path) => !isWithin(path, join(root, '.git')));
  if (asked.length === 0 || asked.length > TRACKED_LIMITS.paths_max) return [];
  const names = asked.map((path) => relative(root, path));
  const listed = await git.ask('ls-tree', '-r', '-t', '-z', '--full-tree', 'HEAD', '--', ...names);
  if (listed === null) return [];
  const committed = parseTree(listed, root);
  const left: Left = { files: TRACKED_LIMITS.files_max, bytes: TRACKED_LIMITS.bytes_max };
  const items: SceneItem[] = [];
  for (const path of asked) {
    const oid = committed.get(path)?.oid;
    if (oid === undefined) continue;
    const isClean = await isAsCommitted(path, committed, left).catch(() => false);
    if (isClean) items.push({ kind: 'tracked', name: path, digest: oid, used: true });
  }
  return items;
}

/** `mode type oid`, a tab, the name from the root, NUL. */
function parseTree(text: string, root: string): ReadonlyMap<string, Committed> {
  const found = new Map<string, Committed>();
  for (const line of text.split('\0')) {
    const tab = line.indexOf('\t');
    const [mode = '', , oid = ''] = line.slice(0, tab).split(' ');
    if (tab > 0) found.set(join(root, line.slice(tab + 1)), { mode, oid });
  }
  return found;
}

async function isAsCommitted(
  path: string,
  committed: ReadonlyMap<string, Committed>,
  left: Left,
): Promise<boolean> {
  const entry = committed.get(path);
  left.files -= 1;
  if (entry === undefined || left.files < 0) return false;
  const stat = await lstat(path);
  switch (entry.mode) {
    case '040000':
      return stat.isDirectory() && isWholeDirectory(path, committed, left);
    case '120000':
      return stat.isSymbolicLink() && blobOf(await readlink(path, 'buffer'), entry.oid) === entry.oid;
    case '100644':
    case '100755': {
      left.bytes -= stat.size;
      const executable = (stat.mode & EXECUTABLE) !== 0;
      if (!stat.isFile() || left.bytes < 0 || executable !== (entry.mode === '100755')) return false;
      return blobOf(await readFile(path), entry.oid) === entry.oid;
    }
    default:
      // Another repository within.
      return false;
  }
}

async function isWholeDirectory(
  path: string,
  committed: ReadonlyMap<string, Committed>,
  left: Left,
): Promise<boolean> {
  const names = (await readdir(path)).map((name) => join(path, name));
  const wanted = [...committed.keys()].filter((name) => name.slice(0, name.lastIndexOf('/')) === path);
  if (names.length !== wanted.length) return false;
  for (const name of names) if (!(await isAsCommitted(name, committed, left))) return false;
  return true;
}

function blobOf(content: Uint8Array, oid: string): string {
  return createHash(oid.length === SHA1_DIGITS ? 'sha1' : 'sha256')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}
