import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';

/**
 * A frame holds one sealed part and says so by itself (spec/40-sealing.md §6):
 *
 *    0 magic  4 domain length  8 record index  16 body length  24 key id  32 commitment
 *   64 CRC of bytes 0–63 and the domain  68 kind  72 CRC of the body  76 domain  … body = IV, tag, ciphertext
 *
 * What an erasure changes (kind, body) is outside the header's CRC, so that an erased frame still tells what
 * it was and how far it reaches.
 */
export const FRAME_MAGIC: Buffer = Buffer.from('WPF\x01', 'latin1');
export const FRAME_FIXED_BYTES = 76;
/** IV and tag stand before the ciphertext. */
export const SEAL_BYTES = 28;
export const COMMITMENT_BYTES = 32;
const DOMAIN_BYTES_MAX = 64;
export const FRAME_HEADER_BYTES_MAX: number = FRAME_FIXED_BYTES + DOMAIN_BYTES_MAX;
/** A sealed part is bounded like this so that one record can never crowd out a batch. */
export const PART_BYTES_MAX: number = 48 * 1024;
/** A trillion records. The index file spends 8 bytes on each, and ext4 ends a file at 16 TB. */
export const RECORD_INDEX_MAX: number = 2 ** 40 - 1;

const CHECKED_BYTES = 64;
const KIND_OFFSET = 68;
const BODY_CRC_OFFSET = 72;
const KIND_SEALED = 1;
const KIND_ERASED = 2;
const AAD_LABEL = Buffer.from('writ/part/v1\0', 'latin1');

export type FrameHeader = {
  readonly kind: 'sealed' | 'erased' | 'damaged';
  readonly index: number;
  readonly domain: string;
  readonly key_id: Uint8Array;
  readonly commitment: Uint8Array;
  readonly body_crc: number;
  /** Where the body starts, from the start of the frame, and its length. */
  readonly body_offset: number;
  readonly body_bytes: number;
};

export type FrameIdentity = {
  readonly index: number;
  readonly domain: string;
  readonly key_id: Uint8Array;
  readonly commitment: Uint8Array;
};

export function frameBytes(domain: string, plaintextBytes: number): number {
  return FRAME_FIXED_BYTES + domain.length + SEAL_BYTES + plaintextBytes;
}

/** What a seal is bound to: the domain, the commitment in the head, and the record. */
export function frameContext(frame: Omit<FrameIdentity, 'key_id'>): Buffer {
  const { length } = AAD_LABEL;
  const context = Buffer.allocUnsafe(length + 1 + frame.domain.length + COMMITMENT_BYTES + 8);
  AAD_LABEL.copy(context);
  context[length] = frame.domain.length;
  context.write(frame.domain, length + 1, 'latin1');
  const offset = length + 1 + frame.domain.length;
  context.set(frame.commitment, offset);
  writeIndex(context, frame.index, offset + COMMITMENT_BYTES);
  return context;
}

/** Writes the header of a sealed frame whose body stands in `target` already; returns the frame's end. */
export function writeHeader(target: Buffer, at: number, frame: FrameIdentity, bodyBytes: number): number {
  const bodyStart = at + FRAME_FIXED_BYTES + frame.domain.length;
  target.fill(0, at, at + FRAME_FIXED_BYTES);
  FRAME_MAGIC.copy(target, at);
  target[at + 4] = frame.domain.length;
  writeIndex(target, frame.index, at + 8);
  target.writeUInt32BE(bodyBytes, at + 16);
  target.set(frame.key_id, at + 24);
  target.set(frame.commitment, at + 32);
  target.write(frame.domain, at + FRAME_FIXED_BYTES, 'latin1');
  target.writeUInt32BE(headerCrc(target, at, frame.domain.length), at + CHECKED_BYTES);
  target[at + KIND_OFFSET] = KIND_SEALED;
  const bodyEnd = bodyStart + bodyBytes;
  target.writeUInt32BE(crc32(target.subarray(bodyStart, bodyEnd)), at + BODY_CRC_OFFSET);
  return bodyEnd;
}

/** Reads the header at `at`, or undefined if there is none whole. The body is not looked at. */
export function readHeader(bytes: Buffer, at: number): FrameHeader | undefined {
  if (at + FRAME_FIXED_BYTES > bytes.length) return undefined;
  if (bytes.compare(FRAME_MAGIC, 0, FRAME_MAGIC.length, at, at + FRAME_MAGIC.length) !== 0) return undefined;
  const domainBytes = bytes[at + 4] ?? 0;
  const bodyOffset = FRAME_FIXED_BYTES + domainBytes;
  if (domainBytes > DOMAIN_BYTES_MAX || at + bodyOffset > bytes.length) return undefined;
  if (headerCrc(bytes, at, domainBytes) !== bytes.readUInt32BE(at + CHECKED_BYTES)) return undefined;
  const bodyBytes = bytes.readUInt32BE(at + 16);
  if (bodyBytes < SEAL_BYTES || bodyBytes > SEAL_BYTES + PART_BYTES_MAX) return undefined;
  return {
    kind: kindOf(bytes.readUInt32BE(at + KIND_OFFSET)),
    index: bytes.readUInt16BE(at + 10) * 2 ** 32 + bytes.readUInt32BE(at + 12),
    domain: bytes.toString('latin1', at + FRAME_FIXED_BYTES, at + bodyOffset),
    key_id: Uint8Array.from(bytes.subarray(at + 24, at + 32)),
    commitment: Uint8Array.from(bytes.subarray(at + 32, at + CHECKED_BYTES)),
    body_crc: bytes.readUInt32BE(at + BODY_CRC_OFFSET),
    body_offset: bodyOffset,
    body_bytes: bodyBytes,
  };
}

/** The one byte that turns a sealed frame into an erased one. A single byte is never torn. */
export const ERASED_MARK: { readonly offset: number; readonly bytes: Uint8Array } = {
  offset: KIND_OFFSET,
  bytes: Uint8Array.of(KIND_ERASED),
};

/** The kind is the first of four bytes; the others are zero, and anything else is damage. */
function kindOf(word: number): FrameHeader['kind'] {
  if (word === KIND_SEALED * 2 ** 24) return 'sealed';
  return word === KIND_ERASED * 2 ** 24 ? 'erased' : 'damaged';
}

function headerCrc(bytes: Buffer, at: number, domainBytes: number): number {
  const fixed = crc32(bytes.subarray(at, at + CHECKED_BYTES));
  return crc32(bytes.subarray(at + FRAME_FIXED_BYTES, at + FRAME_FIXED_BYTES + domainBytes), fixed);
}

function writeIndex(target: Buffer, index: number, at: number): void {
  target.writeUInt32BE(Math.floor(index / 2 ** 32), at);
  target.writeUInt32BE(index % 2 ** 32, at + 4);
}
