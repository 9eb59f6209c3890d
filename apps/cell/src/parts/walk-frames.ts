import { Buffer } from 'node:buffer';
import type { Disk } from './disk.ts';
import { FRAME_HEADER_BYTES_MAX, FRAME_MAGIC, type FrameHeader, readHeader } from './frame.ts';
import type { Segment } from './segment.ts';

export type FrameAt = { readonly offset: number; readonly end: number; readonly header: FrameHeader };

/** One read serves some hundred frames of ordinary size. */
const WINDOW_BYTES = 1024 * 1024;

/**
 * All frames of a segment whose header is whole, from `start` (where a frame starts) to `end`, in order.
 * Damage is stepped over to the next whole header: what follows a torn write is still found.
 */
export function* walkFrames(segment: Segment, start: number, end: number, disk: Disk): Generator<FrameAt> {
  const window = Buffer.allocUnsafe(Math.min(WINDOW_BYTES, Math.max(0, end - start)));
  let windowStart = start;
  let windowBytes = 0;
  let offset = start;
  const load = (from: number, bytes: number): void => {
    if (from >= windowStart && from + bytes <= windowStart + windowBytes) return;
    const room = Math.min(window.length, end - from);
    windowStart = from;
    windowBytes = disk.read(segment.fd, window.subarray(0, room), from);
  };
  while (offset < end) {
    load(offset, Math.min(FRAME_HEADER_BYTES_MAX, end - offset));
    const view = window.subarray(0, windowBytes);
    const header = readHeader(view, offset - windowStart);
    const frameEnd = header === undefined ? end + 1 : offset + header.body_offset + header.body_bytes;
    if (header !== undefined && frameEnd <= end) {
      yield { offset, end: frameEnd, header };
      offset = frameEnd;
      continue;
    }
    const next = view.indexOf(FRAME_MAGIC, offset - windowStart + 1);
    // Without a hit the last three bytes may still begin a magic.
    const skipped = Math.max(offset + 1, windowStart + windowBytes - FRAME_MAGIC.length + 1);
    if (windowBytes === 0) return;
    offset = next === -1 ? skipped : windowStart + next;
  }
}
