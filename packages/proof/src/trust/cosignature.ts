import { concatBytes } from '../bytes/concat.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { SIGNATURE_BYTES, verifyEd25519 } from '../ed25519/verify.ts';
import { Failure } from '../failure.ts';
import type { Note } from '../note/note.ts';
import type { WitnessPolicy } from './trust.ts';
import type { WitnessKey } from './witness-key.ts';

const TIME_BYTES = 8;
const TIME_MAX = 2n ** 63n - 1n;

export type Cosignature = { readonly time_s: bigint; readonly signature: Uint8Array };

/** What a witness signs (c2sp.org/tlog-cosignature): when it saw the checkpoint, and the whole note text. */
export function cosignedMessage(time_s: bigint, noteText: string): Uint8Array {
  checkTime(time_s);
  return encodeUtf8(`cosignature/v1\ntime ${time_s}\n${noteText}`);
}

/** The bytes of a cosignature's note line: eight of time, big-endian, and the signature. */
export function printCosignature(cosignature: Cosignature): Uint8Array {
  const { time_s, signature } = cosignature;
  checkTime(time_s);
  if (signature.length !== SIGNATURE_BYTES) throw new Failure('COSIGNATURE_INVALID', 'not 64 bytes');
  const time = new Uint8Array(TIME_BYTES);
  for (let i = 0; i < TIME_BYTES; i++) time[i] = Number((time_s >> BigInt(8 * (TIME_BYTES - 1 - i))) & 0xffn);
  return concatBytes(time, signature);
}

function parseCosignature(bytes: Uint8Array): Cosignature {
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES) {
    throw new Failure('COSIGNATURE_INVALID', 'a cosignature is 72 bytes');
  }
  let time_s = 0n;
  for (const byte of bytes.subarray(0, TIME_BYTES)) time_s = (time_s << 8n) | BigInt(byte);
  checkTime(time_s);
  return { time_s, signature: bytes.subarray(TIME_BYTES) };
}

function checkTime(time_s: bigint): void {
  if (time_s < 0n || time_s > TIME_MAX) throw new Failure('COSIGNATURE_INVALID', 'not a time');
}

/**
 * Returns if enough witnesses have seen the checkpoint. As with notes, a wrong signature of a known witness
 * refuses the whole, and each witness counts once.
 */
export function checkWitnesses(note: Note, policy: WitnessPolicy): void {
  const known = new Map(policy.keys.map((key) => [`${key.name}+${key.keyId}`, key]));
  const seenBy = new Set<WitnessKey>();
  for (const { name, keyId, signature } of note.signatures) {
    const key = known.get(`${name}+${keyId}`);
    if (key === undefined) continue;
    const cosignature = parseCosignature(signature);
    const message = cosignedMessage(cosignature.time_s, note.text);
    if (!verifyEd25519(key.publicKey, message, cosignature.signature)) {
      throw new Failure('COSIGNATURE_INVALID', 'a cosignature of a trusted witness does not verify');
    }
    seenBy.add(key);
  }
  if (seenBy.size < policy.quorum) {
    throw new Failure(
      'WITNESSES_MISSING',
      `${seenBy.size} of the ${policy.quorum} witnesses that are needed`,
    );
  }
}
