import { closeSync } from 'node:fs';
import { systemCode } from '../home/failure.ts';
import type { Disk } from './disk.ts';
import { indexEntries } from './index-file.ts';
import { writeMark } from './mark-file.ts';
import type { SealingKeys } from './sealing-keys.ts';
import { createSegment, openSegment, SEGMENT_HEADER_BYTES, type Segment, segmentBytes } from './segment.ts';

/**
 * The open files of a part store: segments, index and mark. One thread owns them, and every call blocks it.
 * INVARIANT: what lies before `position` in `tail` is durable, or dead bytes that nobody was told of.
 */
export type PartFiles = {
  readonly directory: string;
  readonly disk: Disk;
  readonly index: number;
  readonly keys: SealingKeys;
  /** Open segments by number, the one opened longest ago first. */
  readonly open: Map<number, Segment>;
  tail: Segment;
  position: number;
  /** Bytes appended since the mark: what opening after a crash has to scan. */
  unmarked: number;
};

/** Files held open at once: reads of old records wander over all segments. */
const OPEN_SEGMENTS_MAX = 64;

export function segmentOf(files: PartFiles, number: number): Segment {
  const known = files.open.get(number);
  if (known !== undefined) return known;
  const segment = openSegment(files.directory, number, files.disk);
  files.open.set(number, segment);
  if (files.open.size > OPEN_SEGMENTS_MAX) closeOldest(files, segment);
  return segment;
}

/** How far frames of a segment reach. */
export function framesEnd(files: PartFiles, segment: Segment): number {
  return segment.number === files.tail.number ? files.position : segmentBytes(segment);
}

/** Begins the next segment; all before it are marked. */
export function rollSegment(files: PartFiles): void {
  const next = createSegment(files.directory, files.tail.number + 1, files.disk);
  files.open.set(next.number, next);
  files.tail = next;
  files.position = SEGMENT_HEADER_BYTES;
  markNow(files);
}

/** Makes the index durable and says so, which bounds what the next opening scans. */
export function markNow(files: PartFiles): void {
  files.disk.sync(files.index);
  const mark = { segment: files.tail.number, offset: files.position, entries: indexEntries(files.index) };
  try {
    writeMark(files.directory, mark);
  } catch (error) {
    // The mark only saves time; that the disk is full, the next append says where it matters.
    if (isFull(error)) return;
    throw error;
  }
  files.unmarked = 0;
}

export function isFull(error: unknown): boolean {
  return systemCode(error) === 'ENOSPC' || systemCode(error) === 'EDQUOT';
}

export function closePartFiles(files: PartFiles): void {
  for (const segment of files.open.values()) closeSync(segment.fd);
  files.open.clear();
  closeSync(files.index);
}

function closeOldest(files: PartFiles, except: Segment): void {
  for (const segment of files.open.values()) {
    if (segment === except || segment === files.tail) continue;
    closeSync(segment.fd);
    files.open.delete(segment.number);
    return;
  }
}
