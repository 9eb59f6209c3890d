import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** Whether system calls can be looked at here; the scripts say how to get there. */
export const canTrace: boolean = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

/** These start real processes many times over. */
export const SLOW_MS = 300_000;

export type Ran = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Runs a script of this repository as `npm run` does. */
export async function runScript(path: string, words: readonly string[]): Promise<Ran> {
  const script = fileURLToPath(new URL(`../../../../scripts/${path}`, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@writ/source', script, ...words]);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, stdout, stderr };
}

/** Runs the durability script: all lines say `ok`, those of the controls when they found fault. */
export async function expectShown(words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runScript('durability/run.mjs', words);
  expect(stderr).toBe('');
  expect(stdout.split('\n').filter((line) => !line.startsWith('ok '))).toEqual(['']);
  expect(status).toBe(0);
  return stdout;
}
