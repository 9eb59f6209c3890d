import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { IV_BYTES, open, TAG_BYTES } from '../sealing/seal.ts';
import { PartFailure } from './failure.ts';
import { type FrameHeader, frameContext, readHeader } from './frame.ts';
import { type Location, readEntry } from './index-file.ts';
import { type PartFiles, segmentOf } from './part-files.ts';
import type { Segment } from './segment.ts';

export type PartRead =
  | { readonly kind: 'content'; readonly bytes: Uint8Array }
  | { readonly kind: 'erased' }
  | { readonly kind: 'missing' }
  /** The frame is here, but its key is not known on this side. */
  | { readonly kind: 'sealed'; readonly domain: string; readonly key_id: Uint8Array };

/** One read serves header and body of an ordinary part. */
const FIRST_READ_BYTES = 4096;

/** The part of a record. Damage throws `PART_CORRUPT`, a seal that does not fit `PART_WRONG_KEY`. */
export function readPart(files: PartFiles, index: number, commitment: Uint8Array): PartRead {
  const location = readEntry(files.index, index, files.disk);
  if (location === undefined) return { kind: 'missing' };
  const segment = segmentOf(files, location.segment);
  const first = Buffer.allocUnsafe(FIRST_READ_BYTES);
  const length = files.disk.read(segment.fd, first, location.offset);
  const header = readHeader(first.subarray(0, length), 0);
  if (header === undefined || header.index !== index || header.kind === 'damaged') {
    throw new PartFailure('PART_CORRUPT', `the frame of record ${index} is damaged`, index);
  }
  if (!Buffer.from(header.commitment).equals(commitment)) return { kind: 'missing' };
  if (header.kind === 'erased') return { kind: 'erased' };
  const body = readBody(files, segment, location, header, first.subarray(0, length));
  if (body.length < header.body_bytes || crc32(body) !== header.body_crc) {
    throw new PartFailure('PART_CORRUPT', `the sealed bytes of record ${index} are damaged`, index);
  }
  return openBody(files, segment, header, body);
}

function readBody(
  files: PartFiles,
  segment: Segment,
  location: Location,
  header: FrameHeader,
  first: Buffer,
): Buffer {
  const end = header.body_offset + header.body_bytes;
  if (end <= first.length) return first.subarray(header.body_offset, end);
  const body = Buffer.allocUnsafe(header.body_bytes);
  const length = files.disk.read(segment.fd, body, location.offset + header.body_offset);
  return body.subarray(0, length);
}

function openBody(files: PartFiles, segment: Segment, header: FrameHeader, body: Buffer): PartRead {
  const key = files.keys.find(header.key_id, segment);
  if (key === undefined) return { kind: 'sealed', domain: header.domain, key_id: header.key_id };
  const sealed = {
    iv: body.subarray(0, IV_BYTES),
    tag: body.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
    ciphertext: body.subarray(IV_BYTES + TAG_BYTES),
  };
  try {
    return { kind: 'content', bytes: open(key, sealed, frameContext(header)) };
  } catch {
    const detail = `the seal of record ${header.index} does not fit its key: wrong key, or forged`;
    throw new PartFailure('PART_WRONG_KEY', detail, header.index);
  }
}
