import { spawn } from 'node:child_process';
import { PROGRAM_DIRECTORIES, resolveProgram } from './observe-scene.ts';

export type Ran = { readonly status: 'succeeded' | 'failed'; readonly text: string; readonly output: string };

const RUN_MS_MAX = 5_000;
const OUTPUT_BYTES_MAX = 8_192;

/**
 * Runs exactly this program with exactly these words: no shell, no input, an environment of four names. What
 * it prints is cut.
 */
export function runWords(workspace: string, executable: string, words: readonly string[]): Promise<Ran> {
  const program = resolveProgram(executable);
  if (program === null) return Promise.resolve({ status: 'failed', text: 'no such program', output: '' });
  const env = { PATH: PROGRAM_DIRECTORIES.join(':'), LANG: 'C', HOME: workspace, TMPDIR: workspace };
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      cwd: workspace,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: RUN_MS_MAX,
      killSignal: 'SIGKILL',
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    const take = (chunk: Buffer): void => {
      if (bytes < OUTPUT_BYTES_MAX) chunks.push(chunk.subarray(0, OUTPUT_BYTES_MAX - bytes));
      bytes += chunk.length;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const settle = (status: Ran['status'], text: string): void => {
      const cut = bytes > OUTPUT_BYTES_MAX ? `\n(cut, ${bytes} bytes in all)` : '';
      resolve({ status, text, output: `${Buffer.concat(chunks).toString('utf8')}${cut}` });
    };
    child.once('error', (error) => settle('failed', `it could not be started: ${error.name}`));
    child.once('close', (code, signal) =>
      settle(
        code === 0 ? 'succeeded' : 'failed',
        signal === null ? `exit ${code ?? 0}` : `ended by ${signal}`,
      ),
    );
  });
}
