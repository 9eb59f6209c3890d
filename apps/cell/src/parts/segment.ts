import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, fsyncSync, openSync, readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Disk } from './disk.ts';
import { PartFailure } from './failure.ts';

/**
 * One file of frames. `scope` is random and goes into the derivation of the keys that seal here, so that no
 * key ever seals more messages than fit one segment.
 */
export type Segment = { readonly number: number; readonly fd: number; readonly scope: Uint8Array };

/** Bounds what one damaged file can take along, and keeps offsets within 32 bits. */
export const SEGMENT_BYTES_MAX: number = 64 * 1024 * 1024;
export const SEGMENT_HEADER_BYTES = 32;

const MAGIC = Buffer.from('WRITPART', 'latin1');
const VERSION = 1;
const SCOPE_OFFSET = 16;
const SCOPE_BYTES = 16;
const SEGMENT_MODE = 0o600;
const NAME = /^([0-9]{10})\.parts$/;

export function segmentPath(directory: string, number: number): string {
  return join(directory, `${String(number).padStart(10, '0')}.parts`);
}

/** The numbers of all segments, ascending. They start at 1. */
export function listSegments(directory: string): readonly number[] {
  const numbers = readdirSync(directory).flatMap((name) => {
    const match = NAME.exec(name);
    return match === null ? [] : [Number(match[1])];
  });
  return numbers.sort((left, right) => left - right);
}

/** Creates a segment, durable with its name. */
export function createSegment(directory: string, number: number, disk: Disk): Segment {
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_RDWR;
  const path = segmentPath(directory, number);
  const fd = openSync(path, flags, SEGMENT_MODE);
  try {
    const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
    MAGIC.copy(header);
    header[MAGIC.length] = VERSION;
    const scope = new Uint8Array(randomBytes(SCOPE_BYTES));
    header.set(scope, SCOPE_OFFSET);
    disk.write(fd, header, 0);
    disk.sync(fd);
    syncDirectoryNow(directory);
    return { number, fd, scope };
  } catch (error) {
    closeSync(fd);
    unlinkSync(path);
    throw error;
  }
}

export function openSegment(directory: string, number: number, disk: Disk): Segment {
  const fd = openSync(segmentPath(directory, number), 'r+');
  try {
    const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
    const length = disk.read(fd, header, 0);
    if (length < SEGMENT_HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
      throw new PartFailure('PART_CORRUPT', `segment ${number} has lost its header`);
    }
    if (header[MAGIC.length] !== VERSION) {
      throw new PartFailure(
        'PARTS_VERSION',
        `segment ${number} is of a version that this Writ does not know`,
      );
    }
    return { number, fd, scope: Uint8Array.from(header.subarray(SCOPE_OFFSET)) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Removes a last segment that a crash left before its header was whole; no frame was ever in it. */
export function dropUnborn(directory: string, number: number, disk: Disk): boolean {
  const fd = openSync(segmentPath(directory, number), 'r');
  try {
    const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
    disk.read(fd, header, 0);
    const whole = header.subarray(0, MAGIC.length).equals(MAGIC);
    if (whole && fstatSync(fd).size >= SEGMENT_HEADER_BYTES) return false;
    if (fstatSync(fd).size > SEGMENT_HEADER_BYTES) return false;
  } finally {
    closeSync(fd);
  }
  unlinkSync(segmentPath(directory, number));
  syncDirectoryNow(directory);
  return true;
}

export function segmentBytes(segment: Segment): number {
  return fstatSync(segment.fd).size;
}

/** The worker's twin of `syncDirectory`: it may block, and must not answer before. */
export function syncDirectoryNow(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
