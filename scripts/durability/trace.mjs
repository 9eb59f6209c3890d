// Runs a program under strace and turns what it did to the files of one folder into a list of calls.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const CALLS = [
  'openat,close,write,writev,pwrite64,pwritev,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,link,mkdir',
  // None of these is used; one that were could not be replayed, and would be told.
  'renameat2,renameat,linkat,mkdirat,rmdir,symlink,truncate,fallocate,copy_file_range,sendfile',
].join(',');
const STRING_BYTES_MAX = 1 << 21;

/** Null when strace works here, else why not and what to do about it. */
export const whyNoStrace = () => {
  const tried = spawnSync('strace', ['-o', '/dev/null', 'true'], { encoding: 'utf8' });
  if (tried.error) return 'strace is not installed (Debian: apt-get install strace)';
  return tried.status === 0 ? null : `strace cannot trace here: ${tried.stderr.trim()}`;
};

/**
 * Runs `node WORDS` under strace; `injection` is a fault in strace's words, such as `fdatasync:error=EIO`.
 * Standard output is a file: a write to one never waits for a reader.
 */
export const traceNode = (folder, words, injection) => {
  const place = join(folder, '..', `trace-${process.hrtime.bigint()}`);
  const options = ['-f', '-xx', '-s', String(STRING_BYTES_MAX), '-e', `trace=${CALLS}`, '-o', place];
  if (injection) options.push('-e', `inject=${injection}`);
  const env = { ...process.env, UV_USE_IO_URING: '0' };
  const outputs = ['out', 'err'].map((name) => openSync(`${place}.${name}`, 'w'));
  try {
    const stdio = ['ignore', ...outputs];
    const run = spawnSync('strace', [...options, process.execPath, ...words], { env, stdio });
    if (run.error) throw run.error;
    return {
      said: readFileSync(`${place}.out`, 'utf8'),
      complained: readFileSync(`${place}.err`, 'utf8'),
      calls: parseTrace(readFileSync(place, 'latin1'), folder),
    };
  } finally {
    for (const output of outputs) closeSync(output);
    for (const suffix of ['', '.out', '.err']) rmSync(place + suffix, { force: true });
  }
};

/**
 * Calls in the order in which they started. Each has the lines of the trace where it `started` and `ended`,
 * and `ok`. Files are named by their path within the folder when they were opened, '' is the folder itself;
 * `file` is the call that opened what a call is about: two that share it share a file descriptor.
 */
export const parseTrace = (text, folder) => {
  const calls = [];
  const fileOfFd = new Map();
  const unfinished = new Map();
  for (const [line, whole] of text.split('\n').entries()) {
    const [, pid, rest] = /^(\d+)\s+(.*)$/.exec(whole) ?? [];
    if (rest === undefined) continue;
    const resumed = /^<\.\.\. \w+ resumed>/.test(rest);
    const begun = resumed ? unfinished.get(pid) : begin(rest, line, fileOfFd, folder);
    if (!begun) continue;
    if (!resumed) calls.push(begun);
    if (rest.endsWith('<unfinished ...>')) {
      unfinished.set(pid, begun);
      continue;
    }
    unfinished.delete(pid);
    const [, answer] = /\)?\s+= (-?\d+)(?: [^"]*)?$/.exec(rest.slice(-200)) ?? [];
    begun.ended = line;
    begun.ok = answer !== undefined && Number(answer) >= 0;
    if (begun.kind === 'open' && begun.ok) fileOfFd.set(Number(answer), begun);
    if (begun.kind === 'write' && begun.ok) begun.bytes = begun.bytes.subarray(0, Number(answer));
  }
  return calls;
};

/** What a line begins; nothing for a call that does not concern the folder or standard output. */
const begin = (rest, started, fileOfFd, folder) => {
  const [, name] = /^(\w+)\(/.exec(rest) ?? [];
  if (name === undefined) return undefined;
  const words = rest.slice(name.length + 1);
  const call = { started, ended: Infinity, ok: false };
  const fd = Number(/^(\d+)/.exec(words)?.[1] ?? Number.NaN);
  if (name === 'close') {
    fileOfFd.delete(fd);
    return undefined;
  }
  if (name === 'write' && fd === 1) return { ...call, kind: 'say', text: stringsIn(words)[0].toString() };
  if (!Number.isNaN(fd)) return fileOfFd.has(fd) ? onFile(name, words, call, fileOfFd.get(fd)) : undefined;
  return onName(name, words, call, folder);
};

const onFile = (name, words, call, file) => {
  const about = { ...call, file, path: file.path };
  const tail = words.slice(words.lastIndexOf('"'));
  const numbers = () => [...tail.matchAll(/, (\d+)/g)].map(([, number]) => Number(number));
  switch (name) {
    case 'write':
    case 'writev':
      return { ...about, kind: 'write', offset: null, bytes: Buffer.concat(stringsIn(words)) };
    case 'pwrite64':
    case 'pwritev':
      return { ...about, kind: 'write', offset: numbers().at(-1), bytes: Buffer.concat(stringsIn(words)) };
    case 'ftruncate':
      return { ...about, kind: 'truncate', size: Number(/^\d+, (\d+)/.exec(words)[1]) };
    case 'fsync':
    case 'fdatasync':
      return { ...about, kind: 'sync' };
    default:
      throw new Error(`${name} on ${file.path} cannot be replayed`);
  }
};

const onName = (name, words, call, folder) => {
  const within = (path) =>
    path === folder ? '' : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
  const paths = stringsIn(words).map((bytes) => within(bytes.toString()));
  const [path, to] = paths;
  if (path === undefined && to === undefined) return undefined;
  switch (name) {
    case 'openat': {
      const flags = { creates: words.includes('O_CREAT'), truncates: words.includes('O_TRUNC') };
      return { ...call, kind: 'open', path, ...flags, appends: words.includes('O_APPEND') };
    }
    case 'unlink':
    case 'unlinkat':
      return { ...call, kind: 'unlink', path };
    case 'mkdir':
      return { ...call, kind: 'mkdir', path };
    case 'rename':
    case 'link':
      if (path === undefined || to === undefined) throw new Error(`${name} across the edge of the folder`);
      return { ...call, kind: name, path, to };
    default:
      throw new Error(`${name} of ${path} cannot be replayed`);
  }
};

const stringsIn = (words) =>
  [...words.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex]) =>
    Buffer.from(hex.replaceAll('\\x', ''), 'hex'),
  );
