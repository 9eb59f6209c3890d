import { encodeUtf8 } from '../bytes/utf8.ts';
import { verifyEd25519 } from '../ed25519/verify.ts';
import { Failure } from '../failure.ts';
import { parseNote } from './note.ts';
import type { VerifierKey } from './verifier-key.ts';

/** A note that at least one trusted key has signed, and none of them wrongly. */
export type OpenedNote = {
  readonly text: string;
  /** The trusted keys that signed it, each once, in the order of their lines. */
  readonly signedBy: readonly VerifierKey[];
};

/**
 * Opens a note under the keys that the reader trusts; never under one that came with it. Signatures of others
 * are passed over, a wrong signature of a trusted key refuses the whole note, and without a good one there is
 * no note.
 */
export function openNote(bytes: Uint8Array, trustedKeys: readonly VerifierKey[]): OpenedNote {
  const known = indexKeys(trustedKeys);
  const note = parseNote(bytes);
  const message = encodeUtf8(note.text);
  const signedBy = new Set<VerifierKey>();
  for (const { name, keyId, signature } of note.signatures) {
    const key = known.get(`${name}+${keyId}`);
    if (key === undefined) continue;
    if (!verifyEd25519(key.publicKey, message, signature)) {
      throw new Failure('NOTE_SIGNATURE_INVALID', 'a signature of a trusted key does not verify');
    }
    signedBy.add(key);
  }
  if (signedBy.size === 0) throw new Failure('NOTE_NOT_SIGNED', 'no trusted key has signed the note');
  return { text: note.text, signedBy: [...signedBy] };
}

// Two keys under one name and id: a signature line could not say whose it is.
function indexKeys(keys: readonly VerifierKey[]): ReadonlyMap<string, VerifierKey> {
  const known = new Map<string, VerifierKey>();
  for (const key of keys) {
    const handle = `${key.name}+${key.keyId}`;
    if (known.has(handle)) throw new Failure('KEY_AMBIGUOUS', 'two trusted keys of one name and id');
    known.set(handle, key);
  }
  return known;
}
