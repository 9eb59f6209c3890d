import { Buffer } from 'node:buffer';
import { ERASED_MARK, FRAME_HEADER_BYTES_MAX, type FrameHeader, readHeader } from './frame.ts';
import type { Update } from './index-file.ts';
import { type PartFiles, segmentOf } from './part-files.ts';
import type { Segment } from './segment.ts';

type Target = { readonly segment: Segment; readonly offset: number; readonly header: FrameHeader };

/**
 * Overwrites the bodies of frames in place. Each frame is first marked erased, durably, and only then
 * overwritten: no crash leaves a frame that claims to be whole and is not. Repeating it is harmless.
 * Returns the records whose frame is not where the index says.
 */
export function eraseFrames(files: PartFiles, places: readonly Update[]): readonly number[] {
  const targets: Target[] = [];
  const lost: number[] = [];
  for (const { index, location } of places) {
    const segment = segmentOf(files, location.segment);
    const header = headerAt(files, segment, location.offset);
    if (header === undefined || header.index !== index) lost.push(index);
    else targets.push({ segment, offset: location.offset, header });
  }
  const marked = targets.filter((target) => target.header.kind !== 'erased');
  for (const { segment, offset } of marked) {
    files.disk.write(segment.fd, ERASED_MARK.bytes, offset + ERASED_MARK.offset);
  }
  syncSegments(files, marked);
  const overwritten = targets.filter((target) => overwriteBody(files, target));
  syncSegments(files, overwritten);
  return lost;
}

export function headerAt(files: PartFiles, segment: Segment, offset: number): FrameHeader | undefined {
  const bytes = Buffer.alloc(FRAME_HEADER_BYTES_MAX);
  const length = files.disk.read(segment.fd, bytes, offset);
  return readHeader(bytes.subarray(0, length), 0);
}

function overwriteBody(files: PartFiles, target: Target): boolean {
  const { segment, offset, header } = target;
  const zeros = Buffer.alloc(header.body_bytes);
  const start = offset + header.body_offset;
  if (header.kind === 'erased') {
    // A crash may have come between mark and overwriting; mostly there is nothing left to do.
    const found = Buffer.alloc(header.body_bytes);
    files.disk.read(segment.fd, found, start);
    if (found.equals(zeros)) return false;
  }
  files.disk.write(segment.fd, zeros, start);
  return true;
}

function syncSegments(files: PartFiles, targets: readonly Target[]): void {
  for (const fd of new Set(targets.map((target) => target.segment.fd))) files.disk.sync(fd);
}
