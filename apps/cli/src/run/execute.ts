import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:os';
import process from 'node:process';
import type { Environment } from '../program/command.ts';
import { openAndHash } from './hash-file.ts';

export type ToExecute = {
  readonly executable: string;
  readonly args: readonly string[];
  /** The file that was observed, and what it held. */
  readonly real: string;
  /** Null for what is the system's own and was not looked at. */
  readonly digest: string | null;
  readonly directory: string;
  readonly environment: Environment;
  /** Pass its output on and take digests of it, instead of handing it our own streams. */
  readonly capture: boolean;
};

export type Executed =
  | {
      readonly kind: 'ended';
      readonly exit: number;
      readonly signal: NodeJS.Signals | null;
      /** SHA-256 of standard output and of standard error, where they were captured. */
      readonly produced: readonly string[];
    }
  /** It did not run. */
  | { readonly kind: 'refused'; readonly code: 'PROGRAM_CHANGED' | 'PROGRAM_UNSTARTED' };

const SIGNALLED = 128;
/** What a person or a supervisor sends to this program is for the one that it runs. */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Runs the very file whose digest was recorded, without a shell: what is open is what was hashed and is what
 * runs, whatever the path leads to by then.
 */
export async function execute(call: ToExecute): Promise<Executed> {
  const opened = await openAndHash(call.real).catch(() => null);
  if (opened === null) return { kind: 'refused', code: 'PROGRAM_CHANGED' };
  try {
    if (call.digest !== null && opened.digest !== call.digest)
      return { kind: 'refused', code: 'PROGRAM_CHANGED' };
    if (!opened.isProgram) return { kind: 'refused', code: 'PROGRAM_UNSTARTED' };
    return await run(call, openPath(opened.file.fd, call.real));
  } finally {
    await opened.file.close();
  }
}

/** The open file as a path. Where a system has none, it is found by its name once more. */
function openPath(fd: number, real: string): string {
  return process.platform === 'linux' ? `/proc/${process.pid}/fd/${fd}` : real;
}

function run(call: ToExecute, path: string): Promise<Executed> {
  const { executable, args, directory, environment, capture } = call;
  const stdio: StdioOptions = capture ? ['inherit', 'pipe', 'pipe'] : 'inherit';
  return new Promise((resolve) => {
    const child = spawn(path, args, {
      argv0: executable,
      cwd: directory,
      env: { ...environment },
      stdio,
      shell: false,
    });
    const letGo = passSignals(child);
    const hashes = capture ? [tee(child.stdout, process.stdout), tee(child.stderr, process.stderr)] : [];
    child.once('error', () => {
      letGo();
      resolve({ kind: 'refused', code: 'PROGRAM_UNSTARTED' });
    });
    child.once('close', (code, signal) => {
      letGo();
      const exit = signal === null ? (code ?? 1) : SIGNALLED + constants.signals[signal];
      resolve({ kind: 'ended', exit, signal, produced: hashes.map((hash) => hash.digest('base64url')) });
    });
  });
}

function passSignals(child: ChildProcess): () => void {
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  // On a terminal the program gets ^C itself: a second one would count twice.
  const held = (): void => {};
  const onInterrupt = process.stdin.isTTY ? held : pass;
  const handlers = PASSED_ON.map((signal) => [signal, signal === 'SIGINT' ? onInterrupt : pass] as const);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

function tee(stream: NodeJS.ReadableStream | null, to: NodeJS.WritableStream): Hash {
  const hash = createHash('sha256');
  stream?.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    to.write(chunk);
  });
  return hash;
}
