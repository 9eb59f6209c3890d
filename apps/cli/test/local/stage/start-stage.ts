import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorld } from '../../run-writ.ts';

export type StartedStage = {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** What it printed until it was up. */
  readonly printed: string;
  readonly temporary: string;
  /** What lies in the directory for temporary files now. */
  left(): readonly string[];
  /** Resolves with the exit code, or the signal. */
  readonly ended: Promise<number | string>;
};

/** `writ stage`, as a process of its own; resolves when it says where it is. */
export async function startStage(...words: string[]): Promise<StartedStage> {
  const temporary = join(makeWorld().directory, 't');
  mkdirSync(temporary);
  const child = makeWorld({ TMPDIR: temporary }).start('stage', ...words);
  let printed = '';
  let error = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    error += String(chunk);
  });
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 0));
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += String(chunk);
      const found = /open +http:\/\/localhost:(\d+)\n[^]*--once/.exec(printed)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    void ended.then(() => reject(new Error(`the stage ended: ${printed}${error}`)));
  });
  const left = (): readonly string[] => readdirSync(temporary);
  return { url: `http://localhost:${port}`, port, child, printed, temporary, left, ended };
}
