import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { isWithin } from '../files/is-within.ts';
import { findProgram } from '../run/find-program.ts';

/** Reading one tree takes some milliseconds; longer only where somebody wants it to. */
const TIME_MS_MAX = 2_000;
const OUTPUT_BYTES_MAX = 4_194_304;

/**
 * A repository is not to be trusted: its own settings name programs. These commands read objects and run
 * nothing, and what could begin a program all the same is switched off: monitors, hooks, and the ways to
 * fetch what is missing.
 */
const SAFE_WORDS: readonly string[] = [
  '--no-pager',
  '--no-optional-locks',
  '--literal-pathspecs',
  ...['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.alternateRefsCommand=false'].flatMap(
    (one) => ['-c', one],
  ),
];

const SAFE_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_TERMINAL_PROMPT: '0',
  // An empty list: no way to another repository is allowed.
  GIT_ALLOW_PROTOCOL: '',
};

export type Git = {
  /** What a command prints; null where it fails, for whatever reason. */
  ask(...words: readonly string[]): Promise<string | null>;
};

/** Git for one work tree; null where there is none that does not itself lie in a workspace. */
export async function openGit(
  root: string,
  roots: readonly string[],
  search: string | undefined,
): Promise<Git | null> {
  const path = await findGit(roots, search);
  if (path === null) return null;
  const options = {
    cwd: root,
    env: { ...SAFE_ENVIRONMENT, GIT_CEILING_DIRECTORIES: join(root, '..') },
    timeout: TIME_MS_MAX,
    maxBuffer: OUTPUT_BYTES_MAX,
    killSignal: 'SIGKILL',
  } as const;
  return {
    ask: (...words) =>
      new Promise((resolve) => {
        execFile(path, [...SAFE_WORDS, ...words], options, (error, out) => {
          resolve(error === null ? out : null);
        });
      }),
  };
}

async function findGit(roots: readonly string[], search: string | undefined): Promise<string | null> {
  const outside = (search ?? '/usr/bin:/bin')
    .split(':')
    .filter((entry) => isAbsolute(entry) && !roots.some((root) => isWithin(entry, root)))
    .join(':');
  const found = await findProgram('git', '/', outside).catch(() => null);
  const real = found === null ? null : await realpath(found.real).catch(() => null);
  return real === null || roots.some((root) => isWithin(real, root)) ? null : real;
}
