import { Buffer } from 'node:buffer';
import { SealingFailure } from './failure.ts';
import { IV_BYTES, type Sealed, TAG_BYTES } from './seal.ts';

/**
 * The keystore on disk, spec/40-sealing.md §4: what is needed to find the master key, the wrapped file key,
 * and all entries sealed as one. Everything before the IV is authenticated.
 */
export type KeystoreFile = {
  /** Random, given once: names the master keys of this keystore and of no other. */
  readonly lineage: string;
  /** Rises by one at each erasure; the master key `<lineage>-<generation>` wraps the file key. */
  readonly generation: number;
  readonly wrapped: Uint8Array;
  readonly sealed: Sealed;
};

const MAGIC = Buffer.from('WRITKEYS', 'latin1');
const VERSION = 1;
const LINEAGE_BYTES = 8;
const HEADER_BYTES = MAGIC.length + 1 + LINEAGE_BYTES + 4 + 2;
const CONTEXT_LABEL = Buffer.from('writ/keystore/v1\0', 'latin1');

/** Key management services return wrapped keys of a few hundred bytes. */
const WRAPPED_BYTES_MAX = 4096;
/** 100,000 domains of the longest name, and the header. */
export const KEYSTORE_BYTES_MAX: number = 16 * 1024 * 1024;

export function masterIdentifier(file: Pick<KeystoreFile, 'lineage' | 'generation'>): string {
  return `${file.lineage}-${file.generation}`;
}

/** What the sealed entries are bound to: version, lineage, generation and wrapped key. */
export function keystoreContext(file: Omit<KeystoreFile, 'sealed'>): Uint8Array {
  return Buffer.concat([CONTEXT_LABEL, header(file), file.wrapped]);
}

/** What the wrapped file key is bound to. */
export function wrapContext(file: Pick<KeystoreFile, 'lineage' | 'generation'>): Uint8Array {
  return Buffer.from(`writ/file-key/v1\0${masterIdentifier(file)}`, 'latin1');
}

export function encodeKeystore(file: KeystoreFile): Uint8Array {
  if (file.wrapped.length > WRAPPED_BYTES_MAX) {
    throw new SealingFailure('KEYSTORE_WRITE_FAILED', 'the master key returned an oversized wrapped key');
  }
  const { iv, tag, ciphertext } = file.sealed;
  return Buffer.concat([header(file), file.wrapped, iv, tag, ciphertext]);
}

export function decodeKeystore(bytes: Uint8Array): KeystoreFile {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < HEADER_BYTES || !view.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged();
  if (view[MAGIC.length] !== VERSION) {
    throw new SealingFailure('KEYSTORE_VERSION', 'the keystore is of a version that this Writ does not know');
  }
  let offset = MAGIC.length + 1;
  const lineage = view.toString('hex', offset, offset + LINEAGE_BYTES);
  offset += LINEAGE_BYTES;
  const generation = view.readUInt32BE(offset);
  const wrappedLength = view.readUInt16BE(offset + 4);
  const ivStart = HEADER_BYTES + wrappedLength;
  const tagStart = ivStart + IV_BYTES;
  const start = tagStart + TAG_BYTES;
  if (generation === 0 || wrappedLength > WRAPPED_BYTES_MAX || view.length < start) throw damaged();
  return {
    lineage,
    generation,
    wrapped: view.subarray(HEADER_BYTES, ivStart),
    sealed: {
      iv: view.subarray(ivStart, tagStart),
      tag: view.subarray(tagStart, start),
      ciphertext: view.subarray(start),
    },
  };
}

function header(file: Omit<KeystoreFile, 'sealed'>): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(bytes);
  let offset = bytes.writeUInt8(VERSION, MAGIC.length);
  offset += bytes.write(file.lineage, offset, LINEAGE_BYTES, 'hex');
  offset = bytes.writeUInt32BE(file.generation, offset);
  bytes.writeUInt16BE(file.wrapped.length, offset);
  return bytes;
}

function damaged(): SealingFailure {
  return new SealingFailure('KEYSTORE_CORRUPT', 'the keystore is damaged: restore it from its own backup');
}
