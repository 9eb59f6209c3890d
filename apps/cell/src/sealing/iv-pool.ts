import { randomFillSync } from 'node:crypto';
import { IV_BYTES } from './seal.ts';

/** One call for this many IVs: a call for each costs more than encrypting 600 bytes. */
const IVS_PER_DRAW = 1024;

/** Hands out random IVs, each once. The result stays valid after the pool is refilled. */
export type IvPool = () => Uint8Array;

export function openIvPool(): IvPool {
  let pool = new Uint8Array(0);
  let position = 0;
  return () => {
    if (position === pool.length) {
      // A new buffer, so that IVs handed out before keep their bytes.
      pool = randomFillSync(new Uint8Array(IVS_PER_DRAW * IV_BYTES));
      position = 0;
    }
    position += IV_BYTES;
    return pool.subarray(position - IV_BYTES, position);
  };
}
