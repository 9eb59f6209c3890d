import { execFile } from 'node:child_process';
import type { ShellCall } from '../../../lexecon/programs.ts';

/** What became of a call: whether anything ran at all, and how it ended. */
export type ProgramRun = {
  readonly executed: boolean;
  readonly status: 'succeeded' | 'failed' | 'unknown';
  readonly output: string;
};

export const NOT_RUN: ProgramRun = { executed: false, status: 'failed', output: '' };

/** As long as Lexecon waits. What is killed then may have done anything: that is `unknown`. */
const PATIENCE_MS = 10_000;
const OUTPUT_BYTES_MAX = 65_536;

/** Runs a program without a shell. It never throws: a program that cannot be started was not executed. */
export function runProgram(
  { executable, args }: ShellCall,
  directory: string,
  path: string | undefined,
): Promise<ProgramRun> {
  const options = {
    cwd: directory,
    env: { PATH: path },
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
    maxBuffer: OUTPUT_BYTES_MAX,
    encoding: 'utf8',
  } as const;
  return new Promise((resolve) => {
    let executed = false;
    const child = execFile(executable, [...args], options, (error, output) => {
      // A number is the program's own exit code; everything else ended it from outside.
      const ended = typeof error?.code === 'number' || !executed ? 'failed' : 'unknown';
      resolve({ executed, status: error === null ? 'succeeded' : ended, output });
    });
    child.once('spawn', () => {
      executed = true;
    });
  });
}
