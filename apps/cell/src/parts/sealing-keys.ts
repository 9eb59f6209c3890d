import { Buffer } from 'node:buffer';
import type { DataKey } from '../sealing/keystore.ts';
import { deriveSealingKey, type SealingKey } from '../sealing/seal.ts';
import type { Segment } from './segment.ts';

/**
 * The keys a part store has seen lately. Bounded, because subjects may be domains and there may be many; what
 * falls out is asked for again.
 */
export type SealingKeys = {
  /** Remembers a data key for reading. */
  learn(key: DataKey): void;
  /** The key for frames of `keyId` in `segment`, or undefined if that data key is not known here. */
  find(keyId: Uint8Array, segment: Segment): SealingKey | undefined;
  /** Forgets a destroyed data key and all that derives from it. */
  forget(keyId: Uint8Array): void;
};

const DATA_KEYS_MAX = 4096;
const DERIVED_KEYS_MAX = 4096;
const LABEL = 'writ/part-key/v1';

export function openSealingKeys(): SealingKeys {
  const data = new Map<string, Uint8Array>();
  const derived = new Map<string, SealingKey>();
  return {
    learn(key) {
      remember(data, nameOf(key.id), Uint8Array.from(key.key), DATA_KEYS_MAX);
    },
    find(keyId, segment) {
      const name = nameOf(keyId);
      const derivedName = `${name}:${segment.number}`;
      const known = derived.get(derivedName);
      if (known !== undefined) return known;
      const parent = data.get(name);
      if (parent === undefined) return undefined;
      const key = deriveSealingKey(parent, LABEL, segment.scope);
      remember(derived, derivedName, key, DERIVED_KEYS_MAX);
      return key;
    },
    forget(keyId) {
      const name = nameOf(keyId);
      data.get(name)?.fill(0);
      data.delete(name);
      for (const derivedName of derived.keys()) {
        if (derivedName.startsWith(`${name}:`)) derived.delete(derivedName);
      }
    },
  };
}

function nameOf(keyId: Uint8Array): string {
  return Buffer.from(keyId.buffer, keyId.byteOffset, keyId.byteLength).toString('hex');
}

/** A Map keeps insertion order: the first one is the one learnt longest ago. */
function remember<T>(known: Map<string, T>, name: string, value: T, max: number): void {
  known.delete(name);
  known.set(name, value);
  if (known.size <= max) return;
  const [oldest] = known.keys();
  if (oldest !== undefined) known.delete(oldest);
}
