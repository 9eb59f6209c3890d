import { constants, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Disk } from './disk.ts';
import { eraseFrames } from './erase-frames.ts';
import { indexEntries, readEntries, type Update, writeEntries } from './index-file.ts';
import { type Mark, readMark } from './mark-file.ts';
import { markNow, type PartFiles, segmentOf } from './part-files.ts';
import { openSealingKeys } from './sealing-keys.ts';
import {
  createSegment,
  dropUnborn,
  listSegments,
  openSegment,
  SEGMENT_HEADER_BYTES,
  type Segment,
  segmentBytes,
  syncDirectoryNow,
} from './segment.ts';
import { walkFrames } from './walk-frames.ts';

/** Frames entered into the index at once: bounds memory while a whole store is scanned. */
const FRAMES_PER_ENTRY = 1024;

/** Opens the files in `directory` and brings the index up to what the segments hold. */
export function openPartFiles(directory: string, disk: Disk): PartFiles {
  // Names that a crashed process made and did not sync must be durable before frames are entrusted to them.
  syncDirectoryNow(directory);
  const numbers = [...listSegments(directory)];
  const last = numbers.at(-1);
  if (last !== undefined && dropUnborn(directory, last, disk)) numbers.pop();
  const number = numbers.at(-1);
  const tail =
    number === undefined ? createSegment(directory, 1, disk) : openSegment(directory, number, disk);
  const files: PartFiles = {
    directory,
    disk,
    index: openSync(join(directory, 'index'), constants.O_CREAT | constants.O_RDWR, 0o600),
    keys: openSealingKeys(),
    open: new Map([[tail.number, tail]]),
    tail,
    position: segmentBytes(tail),
    unmarked: 0,
  };
  scanSegments(files, numbers);
  markNow(files);
  return files;
}

function scanSegments(files: PartFiles, numbers: readonly number[]): void {
  const mark = trustedMark(files, numbers);
  if (mark === undefined) files.disk.truncate(files.index, 0);
  const first = mark ?? { segment: 1, offset: SEGMENT_HEADER_BYTES };
  for (const number of numbers) {
    if (number < first.segment) continue;
    const start = number === first.segment ? first.offset : SEGMENT_HEADER_BYTES;
    scanSegment(files, segmentOf(files, number), start);
  }
}

/** The mark, if segments and index still reach as far as it says; they only ever grow. */
function trustedMark(files: PartFiles, numbers: readonly number[]): Mark | undefined {
  const mark = readMark(files.directory);
  if (mark === undefined || !numbers.includes(mark.segment)) return undefined;
  const reaches = segmentBytes(segmentOf(files, mark.segment)) >= mark.offset;
  return reaches && indexEntries(files.index) >= mark.entries ? mark : undefined;
}

function scanSegment(files: PartFiles, segment: Segment, start: number): void {
  let found: Update[] = [];
  for (const frame of walkFrames(segment, start, segmentBytes(segment), files.disk)) {
    found.push({
      index: frame.header.index,
      location: { segment: segment.number, offset: frame.offset },
    });
    if (found.length < FRAMES_PER_ENTRY) continue;
    enterFrames(files, found);
    found = [];
  }
  enterFrames(files, found);
}

/**
 * The later frame of a record wins. The one it replaces was an orphan, and is erased before it is forgotten.
 */
export function enterFrames(files: PartFiles, found: readonly Update[]): void {
  eraseFrames(files, replacedBy(files, found));
  writeEntries(files.index, found, files.disk);
}

function replacedBy(files: PartFiles, found: readonly Update[]): readonly Update[] {
  const replaced: Update[] = [];
  const latest = new Map<number, Update>();
  for (const update of found) {
    const earlier = latest.get(update.index);
    if (earlier !== undefined) replaced.push(earlier);
    latest.set(update.index, update);
  }
  const indexes = [...latest.keys()];
  const known = readEntries(files.index, indexes, files.disk);
  for (const [position, index] of indexes.entries()) {
    const before = known[position];
    const after = latest.get(index)?.location;
    if (before === undefined || after === undefined) continue;
    const isEarlier =
      before.segment < after.segment || (before.segment === after.segment && before.offset < after.offset);
    if (isEarlier) replaced.push({ index, location: before });
  }
  return replaced;
}
