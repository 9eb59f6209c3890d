import { Buffer } from 'node:buffer';
import { fstatSync } from 'node:fs';
import type { Disk } from './disk.ts';

/** Where the newest frame of a record stands. Segments start at 1, so that zeros mean none. */
export type Location = { readonly segment: number; readonly offset: number };

/** Record i at byte 8 i: segment and offset, 32 bits each. Derived from the segments, never trusted alone. */
const ENTRY_BYTES = 8;
/** Neighbouring updates become one read and one write; batches number their records without gaps. */
const RUN_GAP_MAX = 64;
const SCAN_ENTRIES = 8192;

export type Update = { readonly index: number; readonly location: Location };

export function indexEntries(fd: number): number {
  return Math.floor(fstatSync(fd).size / ENTRY_BYTES);
}

export function readEntry(fd: number, index: number, disk: Disk): Location | undefined {
  const bytes = Buffer.alloc(ENTRY_BYTES);
  if (disk.read(fd, bytes, index * ENTRY_BYTES) < ENTRY_BYTES) return undefined;
  return decode(bytes, 0);
}

export function readEntries(
  fd: number,
  indexes: readonly number[],
  disk: Disk,
): readonly (Location | undefined)[] {
  const found = new Map<number, Location | undefined>();
  for (const run of runsOf(indexes)) {
    const bytes = loadRun(fd, run, disk);
    for (const index of run) found.set(index, decode(bytes, (index - (run[0] ?? 0)) * ENTRY_BYTES));
  }
  return indexes.map((index) => found.get(index));
}

/** Later updates of the same index win. */
export function writeEntries(fd: number, updates: readonly Update[], disk: Disk): void {
  const latest = new Map(updates.map((update) => [update.index, update.location]));
  for (const run of runsOf([...latest.keys()])) {
    const first = run[0] ?? 0;
    const bytes = loadRun(fd, run, disk);
    for (const index of run) {
      const location = latest.get(index);
      bytes.writeUInt32BE(location?.segment ?? 0, (index - first) * ENTRY_BYTES);
      bytes.writeUInt32BE(location?.offset ?? 0, (index - first) * ENTRY_BYTES + 4);
    }
    disk.write(fd, bytes, first * ENTRY_BYTES);
  }
}

/** Every present entry from `first` on, ascending. */
export function* entriesFrom(fd: number, first: number, disk: Disk): Generator<Update> {
  const end = indexEntries(fd);
  for (let start = first; start < end; start += SCAN_ENTRIES) {
    const bytes = Buffer.alloc(Math.min(SCAN_ENTRIES, end - start) * ENTRY_BYTES);
    disk.read(fd, bytes, start * ENTRY_BYTES);
    for (let offset = 0; offset < bytes.length; offset += ENTRY_BYTES) {
      const location = decode(bytes, offset);
      if (location !== undefined) yield { index: start + offset / ENTRY_BYTES, location };
    }
  }
}

function loadRun(fd: number, run: readonly number[], disk: Disk): Buffer {
  const first = run[0] ?? 0;
  const bytes = Buffer.alloc(((run.at(-1) ?? first) - first + 1) * ENTRY_BYTES);
  disk.read(fd, bytes, first * ENTRY_BYTES);
  return bytes;
}

function runsOf(indexes: readonly number[]): readonly (readonly number[])[] {
  const sorted = [...new Set(indexes)].sort((left, right) => left - right);
  const runs: number[][] = [];
  for (const index of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && index - (run.at(-1) ?? index) <= RUN_GAP_MAX) run.push(index);
    else runs.push([index]);
  }
  return runs;
}

function decode(bytes: Buffer, at: number): Location | undefined {
  const segment = bytes.readUInt32BE(at);
  return segment === 0 ? undefined : { segment, offset: bytes.readUInt32BE(at + 4) };
}
