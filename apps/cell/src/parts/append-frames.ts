import { Buffer } from 'node:buffer';
import { openIvPool } from '../sealing/iv-pool.ts';
import type { DataKey } from '../sealing/keystore.ts';
import { IV_BYTES, seal, TAG_BYTES } from '../sealing/seal.ts';
import { PartFailure } from './failure.ts';
import {
  COMMITMENT_BYTES,
  FRAME_FIXED_BYTES,
  frameBytes,
  frameContext,
  SEAL_BYTES,
  writeHeader,
} from './frame.ts';
import type { Update } from './index-file.ts';
import { enterFrames } from './open-part-files.ts';
import { isFull, markNow, type PartFiles, rollSegment } from './part-files.ts';
import { SEGMENT_BYTES_MAX } from './segment.ts';

export type DomainKey = { readonly domain: string; readonly key: DataKey };

/**
 * Parts side by side: one buffer of plaintext and one of commitments, so that they change threads uncopied.
 */
export type PartBatch = {
  readonly indexes: Float64Array;
  readonly lengths: Uint32Array;
  /** For each part the position of its domain in `domains`. */
  readonly domain_of: Uint16Array;
  readonly domains: readonly DomainKey[];
  readonly commitments: Uint8Array<ArrayBuffer>;
  readonly plaintexts: Uint8Array<ArrayBuffer>;
};

/** Some 8,000 records of 2 KB are scanned after a crash. */
const MARK_INTERVAL_BYTES = 16 * 1024 * 1024;

const drawIv = openIvPool();
/** Kept between batches; grows to the largest one, which the queue bounds. */
let output: Buffer = Buffer.allocUnsafeSlow(0);

/**
 * Seals and appends all parts of `batches` with one write and one sync. Throws `PARTS_FULL` with nothing
 * changed when the disk is full; after any other failure of the disk these files must not be used again.
 */
export function appendFrames(files: PartFiles, batches: readonly PartBatch[]): void {
  const bytes = batches.reduce((total, batch) => total + batchBytes(batch), 0);
  try {
    if (files.position + bytes > SEGMENT_BYTES_MAX) rollSegment(files);
  } catch (error) {
    throw isFull(error) ? full() : error;
  }
  if (output.length < bytes) output = Buffer.allocUnsafeSlow(bytes);
  const found: Update[] = [];
  let end = 0;
  for (const batch of batches) end = sealBatch(files, batch, end, found);
  const start = files.position;
  try {
    files.disk.write(files.tail.fd, output.subarray(0, end), start);
    files.disk.sync(files.tail.fd);
    enterFrames(files, found);
  } catch (error) {
    if (!isFull(error)) throw error;
    files.disk.truncate(files.tail.fd, start);
    throw full();
  }
  files.position = start + end;
  files.unmarked += end;
  if (files.unmarked >= MARK_INTERVAL_BYTES) markNow(files);
}

function batchBytes(batch: PartBatch): number {
  let bytes = 0;
  for (const [part, length] of batch.lengths.entries())
    bytes += frameBytes(domainAt(batch, part).domain, length);
  return bytes;
}

/** Seals one batch into `output` from `at` on; returns its end. */
function sealBatch(files: PartFiles, batch: PartBatch, at: number, found: Update[]): number {
  for (const { key } of batch.domains) files.keys.learn(key);
  let source = 0;
  let offset = at;
  for (const [part, length] of batch.lengths.entries()) {
    const plaintext = batch.plaintexts.subarray(source, source + length);
    source += length;
    const location = { segment: files.tail.number, offset: files.position + offset };
    found.push({ index: batch.indexes[part] ?? 0, location });
    offset = sealFrame(files, batch, part, plaintext, offset);
  }
  batch.plaintexts.fill(0);
  return offset;
}

function sealFrame(
  files: PartFiles,
  batch: PartBatch,
  part: number,
  plaintext: Uint8Array,
  at: number,
): number {
  const { domain, key } = domainAt(batch, part);
  const commitment = batch.commitments.subarray(part * COMMITMENT_BYTES, (part + 1) * COMMITMENT_BYTES);
  const identity = { index: batch.indexes[part] ?? 0, domain, key_id: key.id, commitment };
  const sealingKey = files.keys.find(key.id, files.tail);
  if (sealingKey === undefined) throw new PartFailure('PART_INVALID', 'a batch came without its key');
  const sealed = seal(sealingKey, drawIv(), frameContext(identity), plaintext);
  const body = at + FRAME_FIXED_BYTES + domain.length;
  output.set(sealed.iv, body);
  output.set(sealed.tag, body + IV_BYTES);
  output.set(sealed.ciphertext, body + IV_BYTES + TAG_BYTES);
  return writeHeader(output, at, identity, SEAL_BYTES + plaintext.length);
}

function domainAt(batch: PartBatch, part: number): DomainKey {
  const domain = batch.domains[batch.domain_of[part] ?? batch.domains.length];
  if (domain === undefined) throw new PartFailure('PART_INVALID', 'a part names no domain of its batch');
  return domain;
}

function full(): PartFailure {
  return new PartFailure('PARTS_FULL', 'the disk is full: free space, then ask again');
}
