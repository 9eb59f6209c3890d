import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { quoteText } from '../terminal/encode-text.ts';
import { ABSENT, type Entry, type Listing } from './entry.ts';
import { fail, systemCode } from './failure.ts';
import { type Held, hold, holdBelow, nameIn, placeOf, release } from './hold-directory.ts';
import { SNAPSHOT_LIMITS, STAMP_UNSURE_NS } from './limits.ts';

const NS_PER_MS = 1_000_000n;

/** What is done with what a scan finds. */
export type Sink = {
  /** The digest of a file that has not changed since it was read; null where that is not known. */
  known(path: string, stat: BigIntStats): string | null;
  /** Reads the open file to its end. */
  file(fd: number, size: number): string;
  seen(path: string, stat: BigIntStats, digest: string): void;
  listing(listing: Listing): string;
  /** Whether what cannot be read may stand as such; else the scan fails. */
  readonly lenient: boolean;
};

type Scan = { readonly sink: Sink; readonly until_ms: number; entries: number; bytes: number };

/** Looks at everything at and below a path, within the limits of one snapshot; no link is followed. */
export function scanAreas(paths: readonly string[], sink: Sink): readonly Entry[] {
  const until_ms = performance.now() + SNAPSHOT_LIMITS.time_ms_max;
  const scan: Scan = { sink, until_ms, entries: 0, bytes: 0 };
  return paths.map((path) => {
    const parent = parentOf(path);
    if (parent === null) return ABSENT;
    try {
      return scanName(scan, parent, basename(path), 0);
    } finally {
      release(parent);
    }
  });
}

/** Null where the directory that would hold it is not there. */
function parentOf(path: string): Held | null {
  try {
    return hold(dirname(path));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return null;
    if (code === 'EACCES') throw fail('SNAPSHOT_UNREADABLE', `${quoteText(path)} cannot be reached`);
    throw fail('SNAPSHOT_PLACE', `${quoteText(path)} does not lie in a directory without links`);
  }
}

function scanName(scan: Scan, parent: Held, name: string, depth: number): Entry {
  for (let tries = 0; tries < SNAPSHOT_LIMITS.tries_max; tries += 1) {
    const stat = lstatSync(nameIn(parent, name), { bigint: true, throwIfNoEntry: false });
    if (stat === undefined) return ABSENT;
    const entry = scanFound(scan, parent, name, stat, depth);
    if (entry !== null) return entry;
  }
  throw fail('SNAPSHOT_UNSTABLE', `${quoteText(join(parent.path, name))} changes while it is read`);
}

/** Null where another thing stands there by now. */
function scanFound(scan: Scan, parent: Held, name: string, stat: BigIntStats, depth: number): Entry | null {
  count(scan, join(parent.path, name));
  if (stat.isFile()) return scanFile(scan, parent, name, stat);
  if (stat.isDirectory()) return scanDirectory(scan, parent, name, stat, depth);
  if (stat.isSymbolicLink()) return scanLink(parent, name);
  return { kind: 'special' };
}

function count(scan: Scan, path: string): void {
  scan.entries += 1;
  if (scan.entries > SNAPSHOT_LIMITS.entries_max)
    throw fail('SNAPSHOT_TOO_LARGE', `more than ${SNAPSHOT_LIMITS.entries_max} files, at ${quoteText(path)}`);
  if (performance.now() > scan.until_ms)
    throw fail('SNAPSHOT_TOO_SLOW', `longer than ${SNAPSHOT_LIMITS.time_ms_max} ms, at ${quoteText(path)}`);
}

const modeOf = (stat: BigIntStats): number => Number(stat.mode) & 0o7777;

function scanFile(scan: Scan, parent: Held, name: string, stat: BigIntStats): Entry | null {
  const path = join(parent.path, name);
  const size = Number(stat.size);
  scan.bytes += size;
  if (scan.bytes > SNAPSHOT_LIMITS.bytes_max)
    throw fail('SNAPSHOT_TOO_LARGE', `more than ${SNAPSHOT_LIMITS.bytes_max} bytes, at ${quoteText(path)}`);
  const read = scan.sink.known(path, stat) ?? readFile(scan, parent, name, stat);
  if (read === CLOSED) return closed(scan, path, 'file', modeOf(stat));
  if (read === CHANGED) return null;
  scan.sink.seen(path, stat, read);
  return { kind: 'file', mode: modeOf(stat), size, digest: read };
}

/** No digest is so short. */
const CLOSED = 'closed';
const CHANGED = 'changed';

/** The digest of what the file holds while nobody changes it, or why there is none. */
function readFile({ sink }: Scan, parent: Held, name: string, stat: BigIntStats): string {
  let fd: number;
  try {
    fd = openSync(nameIn(parent, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EACCES' || code === 'EPERM') return CLOSED;
    // It is gone, or a link by now.
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENXIO') return CHANGED;
    throw error;
  }
  try {
    if (stampOf(fstatSync(fd, { bigint: true })) !== stampOf(stat)) return CHANGED;
    const digest = sink.file(fd, Number(stat.size));
    // Within one tick of the clock a second write leaves the same stamp: then only its content tells.
    if (isFresh(stat) && sink.file(fd, Number(stat.size)) !== digest) return CHANGED;
    return stampOf(fstatSync(fd, { bigint: true })) === stampOf(stat) ? digest : CHANGED;
  } finally {
    closeSync(fd);
  }
}

/** Whether it may change again without another stamp. */
export function isFresh({ mtimeNs, ctimeNs }: BigIntStats, now_ms: number = Date.now()): boolean {
  const sure_ns = BigInt(now_ms) * NS_PER_MS - STAMP_UNSURE_NS;
  return mtimeNs > sure_ns || ctimeNs > sure_ns;
}

/** Two looks with the same stamp saw the same file, with the same content and mode. */
export function stampOf({ dev, ino, mode, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, mode, size, mtimeNs, ctimeNs].join(':');
}

function scanLink(parent: Held, name: string): Entry | null {
  const path = nameIn(parent, name);
  try {
    return { kind: 'link', target: textOf(readlinkSync(path, { encoding: 'buffer' }), parent) };
  } catch (error) {
    if (systemCode(error) === 'EINVAL' || systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function scanDirectory(
  scan: Scan,
  parent: Held,
  name: string,
  stat: BigIntStats,
  depth: number,
): Entry | null {
  const path = join(parent.path, name);
  if (depth >= SNAPSHOT_LIMITS.depth_max)
    throw fail('SNAPSHOT_TOO_LARGE', `deeper than ${SNAPSHOT_LIMITS.depth_max} directories`);
  let held: Held;
  try {
    held = holdBelow(parent, name);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return null;
    if (code === 'EACCES') return closed(scan, path, 'directory', modeOf(stat));
    throw error;
  }
  try {
    const listing = listDirectory(scan, held, depth);
    if (listing === null) return closed(scan, path, 'directory', modeOf(stat));
    return { kind: 'directory', mode: modeOf(stat), digest: scan.sink.listing(listing) };
  } finally {
    release(held);
  }
}

/** Null where this user may not read it, or not look into it. */
function listDirectory(scan: Scan, held: Held, depth: number): Listing | null {
  try {
    const names = readdirSync(placeOf(held), { encoding: 'buffer' }).map((name) => textOf(name, held));
    const listing = new Map<string, Entry>();
    for (const name of names.sort(byCodeUnit)) {
      const entry = scanName(scan, held, name, depth + 1);
      if (entry.kind !== 'absent') listing.set(name, entry);
    }
    return listing;
  } catch (error) {
    if (systemCode(error) === 'EACCES') return null;
    throw error;
  }
}

function closed({ sink }: Scan, path: string, of: 'file' | 'directory', mode: number): Entry {
  if (!sink.lenient) throw fail('SNAPSHOT_UNREADABLE', `${quoteText(path)} cannot be read`);
  return { kind: 'closed', of, mode };
}

/** Names are bytes; one that is no text could not be given back as it was. */
function textOf(bytes: Buffer, held: Held): string {
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return text;
  throw fail('SNAPSHOT_UNREADABLE', `a name in ${quoteText(held.path)} is no UTF-8`);
}

function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
