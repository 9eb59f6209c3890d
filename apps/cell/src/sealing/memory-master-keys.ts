import { randomBytes } from 'node:crypto';
import { SealingFailure } from './failure.ts';
import type { MasterKeys } from './master-key.ts';
import { openSealingKey, type SealingKey } from './seal.ts';
import { unwrapKey, wrapKey } from './wrap.ts';

/** Master keys that end with the process: for tests and simulators. */
export function openMemoryMasterKeys(): MasterKeys {
  const keys = new Map<string, SealingKey>();
  const find = (identifier: string): SealingKey => {
    const key = keys.get(identifier);
    if (key === undefined) throw new SealingFailure('MASTER_MISSING', `master key ${identifier} is gone`);
    return key;
  };
  return {
    async create(identifier) {
      keys.set(identifier, openSealingKey(new Uint8Array(randomBytes(32))));
    },
    async wrap(identifier, key, context) {
      return wrapKey(find(identifier), key, context);
    },
    async unwrap(identifier, wrapped, context) {
      try {
        return unwrapKey(find(identifier), wrapped, context);
      } catch (error) {
        if (error instanceof SealingFailure && error.code === 'MASTER_MISSING') throw error;
        throw new SealingFailure('MASTER_WRONG', `master key ${identifier} does not fit this keystore`);
      }
    },
    async destroy(identifier) {
      keys.delete(identifier);
    },
  };
}
