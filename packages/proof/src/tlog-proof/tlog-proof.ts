import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts';
import type { ProofCode } from '../codes.ts';
import { Failure } from '../failure.ts';
import { NOTE_BYTES_MAX } from '../note/note.ts';
import { HASH_BYTES } from '../tree/hash.ts';

/**
 * A `c2sp.org/tlog-proof@v1` taken apart. `extra` is not authenticated by anything; `checkpoint` is
 * verbatim.
 */
export type TlogProof = {
  readonly extra?: Uint8Array;
  readonly index: bigint;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: string;
};

// A path in a tree of at most 2^63 leaves has at most 63 hashes.
const HASHES_MAX = 63;
// Opaque data that no reader may trust: room for a small context, not for a payload.
const EXTRA_BYTES_MAX = 65_536;
// The checkpoint is a note; the lines before it are bounded by the two limits above and stay below 100 KB.
const PROOF_BYTES_MAX = NOTE_BYTES_MAX + 100_000;
const INDEX_MAX = 2n ** 63n - 1n;

const HEADER = 'c2sp.org/tlog-proof@v1';
const ANY_VERSION = 'c2sp.org/tlog-proof@';
const EXTRA = 'extra ';
const INDEX = 'index ';

export function printTlogProof(proof: TlogProof): string {
  const { extra, index, hashes, checkpoint } = proof;
  if (index < 0n || index > INDEX_MAX) throw new Failure('PROOF_INDEX', 'not an index of a log');
  if (hashes.length > HASHES_MAX)
    throw new Failure('PROOF_TOO_MANY_HASHES', `more than ${HASHES_MAX} hashes`);
  if (checkpoint === '') throw new Failure('PROOF_MALFORMED', 'a proof has a checkpoint');
  let text = `${HEADER}\n`;
  if (extra !== undefined) {
    checkExtra(extra);
    text += `${EXTRA}${encodeBase64(extra)}\n`;
  }
  text += `${INDEX}${index}\n`;
  for (const hash of hashes) {
    if (hash.length !== HASH_BYTES) throw new Failure('PROOF_HASH', 'a hash is exactly 32 bytes');
    text += `${encodeBase64(hash)}\n`;
  }
  return `${text}\n${checkpoint}`;
}

export function printTlogProofBytes(proof: TlogProof): Uint8Array {
  return encodeUtf8(printTlogProof(proof));
}

/** Accepts exactly what `printTlogProof` writes. The checkpoint is opened by whoever verifies. */
export function parseTlogProof(bytes: Uint8Array): TlogProof {
  if (bytes.length > PROOF_BYTES_MAX)
    throw new Failure('PROOF_TOO_LARGE', `more than ${PROOF_BYTES_MAX} bytes`);
  const text = decodeUtf8(bytes);
  const split = text.indexOf('\n\n');
  const checkpoint = text.slice(split + 2);
  if (split < 0 || checkpoint === '')
    throw new Failure('PROOF_MALFORMED', 'no empty line before a checkpoint');
  const lines = text.slice(0, split).split('\n');
  const header = lines.shift() ?? '';
  if (header !== HEADER) {
    const other = header.startsWith(ANY_VERSION);
    throw new Failure(
      other ? 'PROOF_VERSION' : 'PROOF_MALFORMED',
      'the first line is not that of a version 1 proof',
    );
  }
  const extra = lines[0]?.startsWith(EXTRA) ? parseExtra(lines.shift() ?? '') : undefined;
  const index = parseIndex(lines.shift() ?? '');
  if (lines.length > HASHES_MAX) throw new Failure('PROOF_TOO_MANY_HASHES', `more than ${HASHES_MAX} hashes`);
  const hashes = lines.map(parseHash);
  return extra === undefined ? { index, hashes, checkpoint } : { extra, index, hashes, checkpoint };
}

function parseExtra(line: string): Uint8Array {
  const extra = decode(line.slice(EXTRA.length), 'PROOF_EXTRA');
  checkExtra(extra);
  return extra;
}

// No extra data is written as no line at all.
function checkExtra(extra: Uint8Array): void {
  if (extra.length === 0 || extra.length > EXTRA_BYTES_MAX) {
    throw new Failure('PROOF_EXTRA', `extra data has 1 to ${EXTRA_BYTES_MAX} bytes`);
  }
}

function parseIndex(line: string): bigint {
  const digits = /^index (0|[1-9][0-9]{0,18})$/.exec(line)?.[1];
  if (digits === undefined || BigInt(digits) > INDEX_MAX)
    throw new Failure('PROOF_INDEX', 'not an index line');
  return BigInt(digits);
}

function parseHash(line: string): Uint8Array {
  const hash = decode(line, 'PROOF_HASH');
  if (hash.length !== HASH_BYTES) throw new Failure('PROOF_HASH', 'a hash is exactly 32 bytes');
  return hash;
}

function decode(text: string, code: ProofCode): Uint8Array {
  try {
    return decodeBase64(text);
  } catch {
    throw new Failure(code, 'not base64');
  }
}
