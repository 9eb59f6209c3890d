import { PartFailure } from './failure.ts';
import { COMMITMENT_BYTES, PART_BYTES_MAX, RECORD_INDEX_MAX } from './frame.ts';
import type { Part, PartRequest } from './part-store.ts';

/** Four times the records of the largest batch. */
export const PARTS_PER_CALL_MAX = 1024;

export function checkParts(parts: readonly Part[]): void {
  checkCount(parts.length);
  const seen = new Set<number>();
  for (const part of parts) {
    checkRequest(part);
    if (part.plaintext.length > PART_BYTES_MAX) {
      const detail = `the part of record ${part.index} is larger than ${PART_BYTES_MAX} bytes`;
      throw new PartFailure('PART_TOO_LARGE', detail, part.index);
    }
    if (seen.has(part.index)) {
      throw new PartFailure('PART_INVALID', `record ${part.index} comes twice in one call`, part.index);
    }
    seen.add(part.index);
  }
}

export function checkRequests(requests: readonly PartRequest[]): void {
  checkCount(requests.length);
  requests.forEach(checkRequest);
}

export function checkIndexes(indexes: readonly number[]): void {
  indexes.forEach(checkIndex);
}

export function checkIndex(index: number): void {
  if (Number.isSafeInteger(index) && index >= 0 && index <= RECORD_INDEX_MAX) return;
  throw new PartFailure('PART_INVALID', `a record index is an integer from 0 to ${RECORD_INDEX_MAX}`);
}

function checkRequest(request: PartRequest): void {
  checkIndex(request.index);
  if (request.commitment.length === COMMITMENT_BYTES) return;
  throw new PartFailure('PART_INVALID', 'a commitment has 32 bytes', request.index);
}

function checkCount(count: number): void {
  if (count <= PARTS_PER_CALL_MAX) return;
  throw new PartFailure('PART_INVALID', `one call takes at most ${PARTS_PER_CALL_MAX} parts`);
}
