import process from 'node:process';

/**
 * For a process that keeps a cell open. By default V8 lets a nursery grow to 96 MB on a large machine, and
 * the rest of a heap to several times what lives in it: 200 MB around some 25 that live. A nursery of half
 * this size saves some 60 MB more, and costs a cell with 256 callers at once a quarter of what it decides, or
 * more.
 */
export const LEAN_FLAGS: readonly string[] = ['--max-semi-space-size=16', '--heap-growing-percent=100'];

/**
 * By default the allocator of glibc keeps eight arenas a processor, and each keeps what a thread that is over
 * once needed: with every snapshot some ten megabytes more stay behind. Elsewhere it means nothing.
 */
export const LEAN_ENVIRONMENT: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '2' };

/**
 * Begins this process again with both, under the same number and with the same streams: they bind before the
 * first line of a program runs, or not at all. Where a process cannot be replaced (Windows), it goes on as it
 * is, and takes more memory.
 */
export function beginLean(): void {
  const { argv, env, execArgv, execPath } = process;
  if (process.execve === undefined || LEAN_FLAGS.every((flag) => execArgv.includes(flag))) return;
  const words = [execPath, ...execArgv, ...LEAN_FLAGS, ...argv.slice(1)];
  process.execve(execPath, words, { ...LEAN_ENVIRONMENT, ...env });
}
