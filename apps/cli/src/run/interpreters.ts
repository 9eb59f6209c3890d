import { open, realpath } from 'node:fs/promises';
import type { SceneItem } from '@writ/contract';
import { findProgram } from './find-program.ts';
import { digestOfFile } from './hash-file.ts';

/** As much of a first line as Linux reads. */
const LINE_BYTES = 256;
/** An interpreter may be a script as well; Linux goes so far. */
const DEPTH_MAX = 4;
const ENV = /\/env$/;

/**
 * What runs a file that begins with `#!`: the interpreter that its first line names, and where that is `env`,
 * what `env` will find. They decide as much as the script what happens.
 */
export async function interpretersOf(
  path: string,
  search: string | undefined,
  depth: number = 0,
): Promise<readonly SceneItem[]> {
  const [interpreter, word] = await firstLine(path);
  if (interpreter === undefined || depth >= DEPTH_MAX) return [];
  const items = [...(await itemOf(interpreter)), ...(await interpretersOf(interpreter, search, depth + 1))];
  if (word === undefined || !ENV.test(interpreter) || word.startsWith('-')) return items;
  const found = await findProgram(word, '/', search).catch(() => null);
  if (found === null) return items;
  return [...items, ...(await itemOf(found.path)), ...(await interpretersOf(found.real, search, depth + 1))];
}

async function itemOf(path: string): Promise<readonly SceneItem[]> {
  const real = await realpath(path).catch(() => null);
  const digest = real === null ? null : await digestOfFile(real);
  if (real === null || digest === null) return [];
  return [...new Set([path, real])].map((name) => ({ kind: 'program', name, digest, used: true }));
}

async function firstLine(path: string): Promise<readonly string[]> {
  const file = await open(path).catch(() => null);
  if (file === null) return [];
  try {
    const bytes = Buffer.alloc(LINE_BYTES);
    const { bytesRead } = await file.read(bytes, 0, LINE_BYTES, 0);
    const line = bytes.toString('latin1', 0, bytesRead).split('\n')[0] ?? '';
    return line.startsWith('#!')
      ? line
          .slice(2)
          .trim()
          .split(/[ \t]+/)
      : [];
  } finally {
    await file.close();
  }
}
