import * as primitives from '#primitives';
import { Failure } from '../failure.ts';
import { checkPoint } from './point.ts';

export const PUBLIC_KEY_BYTES = 32;

/** A public key that `loadPublicKey` has examined; nothing else makes one that `verifyEd25519` takes. */
export type PublicKey = { readonly kind: 'ed25519'; readonly bytes: Uint8Array };

// The platform's key beside each loaded one: out of reach, so that no literal object passes for a loaded key.
const handles = new WeakMap<PublicKey, unknown>();

/** Loads 32 raw bytes (RFC 8032 section 5.1.5). Load once and keep the key: the examination is not free. */
export function loadPublicKey(bytes: Uint8Array): PublicKey {
  if (bytes.length !== PUBLIC_KEY_BYTES) throw new Failure('KEY_LENGTH', 'a public key is exactly 32 bytes');
  const own = Uint8Array.from(bytes);
  checkPoint(own);
  const key: PublicKey = Object.freeze({ kind: 'ed25519', bytes: own });
  handles.set(key, primitives.importPublicKey(own));
  return key;
}

export function handleOf(key: PublicKey): unknown {
  const handle = handles.get(key);
  if (handle === undefined) throw new Failure('KEY_MALFORMED', 'the key was not loaded');
  return handle;
}
