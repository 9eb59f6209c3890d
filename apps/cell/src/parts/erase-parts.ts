import { Buffer } from 'node:buffer';
import { eraseFrames } from './erase-frames.ts';
import { PartFailure } from './failure.ts';
import type { FrameHeader } from './frame.ts';
import { entriesFrom, readEntries, type Update, writeEntries } from './index-file.ts';
import { framesEnd, type PartFiles, segmentOf } from './part-files.ts';
import { listSegments, SEGMENT_HEADER_BYTES } from './segment.ts';
import { walkFrames } from './walk-frames.ts';

export type ErasureCursor = { readonly segment: number; readonly offset: number };
export type ErasureSlice = {
  /** Where to go on, or undefined at the end. */
  readonly next: ErasureCursor | undefined;
  readonly segments: number;
  readonly erased: number;
};

/** A slice holds up appends for some milliseconds of reading and two syncs. */
const SLICE_BYTES = 4 * 1024 * 1024;
const SLICE_FRAMES = 1024;
const NO_LOCATION = { segment: 0, offset: 0 };

/** Erases the parts of single records; those that have none are passed over. */
export function eraseParts(files: PartFiles, indexes: readonly number[]): void {
  const locations = readEntries(files.index, indexes, files.disk);
  const places = indexes.flatMap((index, position) => {
    const location = locations[position];
    return location === undefined ? [] : [{ index, location }];
  });
  const [lost] = eraseFrames(files, places);
  if (lost === undefined) return;
  throw new PartFailure('PART_CORRUPT', `the frame of record ${lost} is damaged and was not erased`, lost);
}

/** Erases frames of a domain, except those under the key `keep`, for one slice from `cursor` on. */
export function eraseDomainSlice(
  files: PartFiles,
  domain: string,
  keep: Uint8Array | undefined,
  cursor: ErasureCursor | undefined,
): ErasureSlice {
  const numbers = listSegments(files.directory);
  const first = cursor ?? { segment: numbers[0] ?? files.tail.number, offset: SEGMENT_HEADER_BYTES };
  const segment = segmentOf(files, first.segment);
  const end = framesEnd(files, segment);
  const places: Update[] = [];
  let reached = first.offset;
  for (const frame of walkFrames(segment, first.offset, end, files.disk)) {
    if (concerns(frame.header, domain, keep)) {
      const location = { segment: segment.number, offset: frame.offset };
      places.push({ index: frame.header.index, location });
    }
    reached = frame.end;
    if (reached - first.offset >= SLICE_BYTES || places.length >= SLICE_FRAMES) break;
  }
  const stopped = reached - first.offset >= SLICE_BYTES || places.length >= SLICE_FRAMES;
  eraseFrames(files, places);
  const following = numbers.find((number) => number > segment.number);
  const next = stopped
    ? { segment: segment.number, offset: reached }
    : following === undefined
      ? undefined
      : { segment: following, offset: SEGMENT_HEADER_BYTES };
  return { next, segments: numbers.length, erased: places.length };
}

/** Erases what lies at or after `durableSize`: parts whose records never came to be. Returns how many. */
export function sweepParts(files: PartFiles, durableSize: number, max: number): number {
  const orphans: Update[] = [];
  for (const entry of entriesFrom(files.index, durableSize, files.disk)) {
    orphans.push(entry);
    if (orphans.length <= max) continue;
    const detail = `more than ${max} parts lie beyond record ${durableSize}: is the journal whole?`;
    throw new PartFailure('SWEEP_REFUSED', detail, durableSize);
  }
  for (let start = 0; start < orphans.length; start += SLICE_FRAMES) {
    const some = orphans.slice(start, start + SLICE_FRAMES);
    // An entry without its frame belongs to an append that failed halfway: there is nothing to erase.
    eraseFrames(files, some);
    const cleared = some.map(({ index }) => ({ index, location: NO_LOCATION }));
    writeEntries(files.index, cleared, files.disk);
  }
  return orphans.length;
}

function concerns(header: FrameHeader, domain: string, keep: Uint8Array | undefined): boolean {
  if (header.domain !== domain) return false;
  return keep === undefined || !Buffer.from(header.key_id).equals(keep);
}
