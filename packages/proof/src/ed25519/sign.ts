import * as primitives from '#primitives';
import { Failure } from '../failure.ts';

const SEED_BYTES = 32;

/** Signs under a 32-byte seed. Deterministic: the same message gives the same bytes again. */
export function signEd25519(seed: Uint8Array, message: Uint8Array): Uint8Array {
  checkSeed(seed);
  return primitives.signEd25519(seed, message);
}

/** The 32 bytes of the public key that belongs to a seed. */
export function publicKeyOfSeed(seed: Uint8Array): Uint8Array {
  checkSeed(seed);
  return primitives.publicKeyOfSeed(seed);
}

function checkSeed(seed: Uint8Array): void {
  if (seed.length !== SEED_BYTES) throw new Failure('KEY_LENGTH', 'a seed is exactly 32 bytes');
}
