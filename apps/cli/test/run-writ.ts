import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { runProgram } from '../src/index.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export type Ran = { readonly exit: number | null; readonly out: string; readonly error: string };

/** Members that some command's JSON has. */
export type Shown = {
  readonly exit: number;
  readonly code: string;
  readonly detail: string;
  readonly attempt: string;
  readonly vkey: string;
  readonly first_difference: { readonly index: number } | null;
  readonly frozen: readonly string[];
  readonly problems: readonly unknown[];
  readonly proven: unknown;
  readonly answer: {
    readonly index: number;
    readonly id: string;
    readonly verdict: string;
    readonly code: string;
    readonly ticket: { readonly id: string };
  };
  readonly files: readonly { readonly verdict: string; readonly code: string }[];
};

/** Making a world takes several runs of the program, on a machine that may be busy. */
export const SETUP_MS = 300_000;

/** A home and a working directory of their own. */
export type World = {
  readonly directory: string;
  readonly home: string;
  file(name: string, content: string | Uint8Array): string;
  /** The real program in a process of its own. */
  writ(...words: string[]): Promise<Ran>;
  /** The same within this process: quicker, where it is not the process that is tested. */
  quick(...words: string[]): Promise<Ran>;
  /** The one JSON line of a command, and its exit code; within this process. */
  json(...words: string[]): Promise<{ readonly exit: number | null; readonly value: Shown }>;
  pipe(input: string | Uint8Array, ...words: string[]): Promise<Ran>;
  start(...words: string[]): ChildProcess;
  /** The same world with other variables. */
  with(environment: Readonly<Record<string, string>>): Pick<World, 'writ'>;
  /** What must succeed before a test begins. */
  prepare(...words: string[]): Promise<string>;
};

const made: string[] = [];

afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

export function makeWorld(environment: Readonly<Record<string, string>> = {}): World {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'writ-cli-test-'));
  made.push(directory);
  const home = join(directory, 'home');
  mkdirSync(home, { mode: 0o700 });
  // Nothing of the machine's own settings: a colour or a state directory would change what is tested.
  const env = { PATH: process.env['PATH'], HOME: directory, WRIT_HOME: home, ...environment };
  const start = (words: readonly string[], changed: Readonly<Record<string, string>> = {}): ChildProcess =>
    spawn(process.execPath, ['--conditions=@writ/source', MAIN, ...words], {
      cwd: directory,
      env: { ...env, ...changed },
    });
  const pipe = (input: string | Uint8Array, words: readonly string[]): Promise<Ran> => {
    const child = start(words);
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
    return ended(child);
  };
  const quick = (...words: string[]): Promise<Ran> => runHere(words, directory, env);
  return {
    directory,
    home,
    file(name, content) {
      const path = join(directory, name);
      writeFileSync(path, content);
      return path;
    },
    writ: (...words) => pipe('', words),
    quick,
    async json(...words) {
      const { exit, out } = await quick(...words, '--json');
      return { exit, value: JSON.parse(out) };
    },
    pipe: (input, ...words) => pipe(input, words),
    start: (...words) => start(words),
    with: (changed) => ({ writ: (...words) => ended(start(words, changed)) }),
    async prepare(...words) {
      const { exit, out, error } = await quick(...words);
      if (exit === 0) return out;
      throw new Error(`writ ${words.join(' ')}: exit ${exit}: ${error}`);
    },
  };
}

/** The program within this process, in the directory of its world. */
async function runHere(
  words: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Ran> {
  const texts = { out: '', error: '' };
  const before = process.cwd();
  process.chdir(directory);
  try {
    const exit = await runProgram({
      words,
      environment,
      user_home: directory,
      out: { write: (text) => (texts.out += text), isTerminal: false },
      error: { write: (text) => (texts.error += text), isTerminal: false },
    });
    return { exit, ...texts };
  } finally {
    process.chdir(before);
  }
}

function ended(child: ChildProcess): Promise<Ran> {
  const chunks: { readonly out: string[]; readonly error: string[] } = { out: [], error: [] };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => chunks.out.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => chunks.error.push(text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve({ exit, out: chunks.out.join(''), error: chunks.error.join('') }));
  });
}
