import { SealingFailure } from '../sealing/failure.ts';
import type { DataKey } from '../sealing/keystore.ts';
import type { DomainKey, PartBatch } from './append-frames.ts';
import { COMMITMENT_BYTES } from './frame.ts';
import type { Part, PartRequest } from './part-store.ts';

/** Copies parts once into the buffers that change threads, with the keys of their domains. */
export function packParts(
  parts: readonly Part[],
  dataKey: (domain: string) => DataKey | undefined,
): PartBatch {
  const bytes = parts.reduce((total, part) => total + part.plaintext.length, 0);
  const positions = new Map<string, number>();
  const domains: DomainKey[] = [];
  const batch = {
    indexes: new Float64Array(parts.length),
    lengths: new Uint32Array(parts.length),
    domain_of: new Uint16Array(parts.length),
    domains,
    commitments: new Uint8Array(parts.length * COMMITMENT_BYTES),
    plaintexts: new Uint8Array(bytes),
  };
  let offset = 0;
  for (const [position, part] of parts.entries()) {
    let domain = positions.get(part.domain);
    if (domain === undefined) {
      domain = domains.push({ domain: part.domain, key: knownKey(part.domain, dataKey) }) - 1;
      positions.set(part.domain, domain);
    }
    batch.indexes[position] = part.index;
    batch.lengths[position] = part.plaintext.length;
    batch.domain_of[position] = domain;
    batch.commitments.set(part.commitment, position * COMMITMENT_BYTES);
    batch.plaintexts.set(part.plaintext, offset);
    offset += part.plaintext.length;
  }
  return batch;
}

export function packRequests(requests: readonly PartRequest[]): {
  readonly indexes: Float64Array;
  readonly commitments: Uint8Array;
} {
  const commitments = new Uint8Array(requests.length * COMMITMENT_BYTES);
  for (const [position, { commitment }] of requests.entries()) {
    commitments.set(commitment, position * COMMITMENT_BYTES);
  }
  return { indexes: Float64Array.from(requests, ({ index }) => index), commitments };
}

function knownKey(domain: string, dataKey: (domain: string) => DataKey | undefined): DataKey {
  const key = dataKey(domain);
  if (key !== undefined) return key;
  throw new SealingFailure('DOMAIN_UNKNOWN', 'the domain of a part has no keys: never created, or erased');
}
