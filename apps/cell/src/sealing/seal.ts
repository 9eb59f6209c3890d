import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { SealingFailure } from './failure.ts';

export const IV_BYTES = 12;
export const TAG_BYTES = 16;
export const SEALING_KEY_BYTES = 32;

/**
 * Random 96-bit IVs keep the chance of a repeat below 2^-32 up to 2^32 messages a key (NIST SP 800-38D §8.3);
 * half of that leaves room for a count that a crash set back.
 */
export const MESSAGES_PER_KEY_MAX: number = 2 ** 31;

/** A key for AES-256-GCM and how many messages this process has sealed with it. */
export type SealingKey = { readonly secret: KeyObject; messages: number };

export type Sealed = { readonly iv: Uint8Array; readonly tag: Uint8Array; readonly ciphertext: Uint8Array };

/**
 * The key for one bounded scope (a segment, a snapshot) under a domain's data key. Because every scope has a
 * key of its own, a data key never comes near the message limit and is rotated by opening a new scope.
 */
export function deriveSealingKey(dataKey: Uint8Array, label: string, scope: Uint8Array): SealingKey {
  if (dataKey.length !== SEALING_KEY_BYTES)
    throw new SealingFailure('SEAL_INVALID', 'a data key has 32 bytes');
  const derived = hkdfSync('sha256', dataKey, scope, label, SEALING_KEY_BYTES);
  return openSealingKey(new Uint8Array(derived));
}

/** Takes over `key`: the caller's bytes are wiped. */
export function openSealingKey(key: Uint8Array): SealingKey {
  if (key.length !== SEALING_KEY_BYTES)
    throw new SealingFailure('SEAL_INVALID', 'a sealing key has 32 bytes');
  const secret = createSecretKey(key);
  key.fill(0);
  return { secret, messages: 0 };
}

/** Encrypts and authenticates `plaintext` with `context`. `iv` must be fresh: take it from an IV pool. */
export function seal(key: SealingKey, iv: Uint8Array, context: Uint8Array, plaintext: Uint8Array): Sealed {
  if (iv.length !== IV_BYTES) throw new SealingFailure('SEAL_INVALID', 'an IV has 12 bytes');
  if (key.messages >= MESSAGES_PER_KEY_MAX) {
    throw new SealingFailure('SEAL_LIMIT', 'this key has sealed as many messages as it safely can');
  }
  key.messages += 1;
  const cipher = createCipheriv('aes-256-gcm', key.secret, iv);
  cipher.setAAD(context);
  // GCM is a stream mode: update() returns everything and final() only closes the tag.
  const ciphertext = cipher.update(plaintext);
  cipher.final();
  return { iv, tag: cipher.getAuthTag(), ciphertext };
}

/** Decrypts what `seal` made with the same key and context; anything else is `SEAL_BROKEN`. */
export function open(key: SealingKey, sealed: Sealed, context: Uint8Array): Uint8Array {
  if (sealed.iv.length !== IV_BYTES || sealed.tag.length !== TAG_BYTES) {
    throw new SealingFailure('SEAL_BROKEN', 'the sealed bytes have no seal');
  }
  const decipher = createDecipheriv('aes-256-gcm', key.secret, sealed.iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.tag);
  const plaintext = decipher.update(sealed.ciphertext);
  try {
    decipher.final();
  } catch {
    plaintext.fill(0);
    throw new SealingFailure('SEAL_BROKEN', 'the seal does not fit: wrong key, or changed bytes');
  }
  return plaintext;
}
