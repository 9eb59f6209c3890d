// Runs a program under strace and turns what it did to the files of one folder into a list of calls.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const CALLS = 'openat,close,write,pwrite64,pwritev,ftruncate,fsync,fdatasync,unlink,unlinkat,rename';
const STRING_BYTES_MAX = 1 << 21;

/** Null when strace works here, else why not and what to do about it. */
export const whyNoStrace = () => {
  const tried = spawnSync('strace', ['-o', '/dev/null', 'true'], { encoding: 'utf8' });
  if (tried.error) return 'strace is not installed (Debian: apt-get install strace)';
  return tried.status === 0 ? null : `strace cannot trace here: ${tried.stderr.trim()}`;
};

/**
 * Runs `node WORDS` under strace; `injection` is a fault in strace's words, such as `fdatasync:error=EIO`.
 */
export const traceNode = (folder, words, injection) => {
  const output = join(folder, '..', `trace-${process.hrtime.bigint()}.txt`);
  const options = ['-f', '-xx', '-s', String(STRING_BYTES_MAX), '-e', `trace=${CALLS}`, '-o', output];
  if (injection) options.push('-e', `inject=${injection}`);
  const env = { ...process.env, UV_USE_IO_URING: '0' };
  const run = spawnSync('strace', [...options, process.execPath, ...words], { env, encoding: 'utf8' });
  if (run.error) throw run.error;
  return {
    said: run.stdout,
    complained: run.stderr,
    calls: parseTrace(readFileSync(output, 'latin1'), folder),
  };
};

/**
 * Calls in the order in which they started. Each has the lines of the trace where it `started` and `ended`,
 * and `ok`; files are named by their path within the folder, '' is the folder itself.
 */
export const parseTrace = (text, folder) => {
  const calls = [];
  const pathOfFd = new Map();
  const unfinished = new Map();
  for (const [line, whole] of text.split('\n').entries()) {
    const [, pid, rest] = /^(\d+)\s+(.*)$/.exec(whole) ?? [];
    if (rest === undefined) continue;
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const begun = resumed ? unfinished.get(pid) : begin(rest, line, pathOfFd, folder);
    if (!begun) continue;
    if (!resumed) calls.push(begun);
    if (rest.endsWith('<unfinished ...>')) {
      unfinished.set(pid, begun);
      continue;
    }
    unfinished.delete(pid);
    const [, answer] = /\)?\s+= (-?\d+)(?: [^"]*)?$/.exec(rest) ?? [];
    begun.ended = line;
    begun.ok = answer !== undefined && Number(answer) >= 0;
    if (begun.kind === 'open' && begun.ok) pathOfFd.set(Number(answer), begun.path);
  }
  return calls.filter((call) => call.path !== undefined);
};

/** What a line begins; nothing for a call that does not concern the folder or standard output. */
const begin = (rest, started, pathOfFd, folder) => {
  const [, name, words] = /^(\w+)\((.*)$/.exec(rest) ?? [];
  if (name === undefined) return undefined;
  const strings = [...words.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex]) => bytesOfHex(hex));
  const call = { started, ended: Infinity, ok: false };
  const fd = Number(/^(\d+)/.exec(words)?.[1] ?? Number.NaN);
  const within = (path) =>
    path === folder ? '' : path?.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
  switch (name) {
    case 'openat':
      return {
        ...call,
        kind: 'open',
        path: within(strings[0]?.toString()),
        creates: words.includes('O_CREAT'),
      };
    case 'close':
      pathOfFd.delete(fd);
      return undefined;
    case 'write':
      if (fd === 1) return { ...call, kind: 'say', path: 'stdout', text: strings[0].toString() };
      if (pathOfFd.get(fd)?.endsWith('.reserve') ?? true) return undefined;
      throw new Error('a write without an offset cannot be replayed');
    case 'pwrite64': {
      const offset = Number(/^", \d+, (\d+)/.exec(words.slice(words.lastIndexOf('"')))[1]);
      return { ...call, kind: 'write', path: pathOfFd.get(fd), offset, bytes: strings[0] };
    }
    case 'ftruncate':
      return {
        ...call,
        kind: 'truncate',
        path: pathOfFd.get(fd),
        size: Number(/^\d+, (\d+)/.exec(words)[1]),
      };
    case 'fsync':
    case 'fdatasync':
      return { ...call, kind: 'sync', path: pathOfFd.get(fd) };
    case 'unlink':
    case 'unlinkat':
      return { ...call, kind: 'unlink', path: within(strings[0]?.toString()) };
    default:
      throw new Error(`${name} cannot be replayed`);
  }
};

const bytesOfHex = (hex) => Buffer.from(hex.replaceAll('\\x', ''), 'hex');
