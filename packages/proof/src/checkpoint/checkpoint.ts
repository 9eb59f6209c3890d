import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { Failure } from '../failure.ts';
import { isKeyName } from '../note/key-name.ts';
import { checkNoteText } from '../note/note.ts';

/**
 * The head of a log as its checkpoint states it. Extensions are lines that nobody can audit; ours has none.
 */
export type Checkpoint = {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Uint8Array;
  readonly extensions: readonly string[];
};

/** Sizes are what every reader can hold: a signed 64-bit number. */
export const CHECKPOINT_SIZE_MAX: bigint = 2n ** 63n - 1n;

const ROOT_BYTES = 32;

/** The note text of a checkpoint (c2sp.org/tlog-checkpoint): origin, size, root and nothing else. */
export function printCheckpoint(head: Pick<Checkpoint, 'origin' | 'size' | 'root'>): string {
  if (!isKeyName(head.origin)) throw new Failure('CHECKPOINT_ORIGIN', 'an origin has no spaces and no plus');
  if (head.size < 0n || head.size > CHECKPOINT_SIZE_MAX)
    throw new Failure('CHECKPOINT_SIZE', 'not a tree size');
  if (head.root.length !== ROOT_BYTES)
    throw new Failure('CHECKPOINT_ROOT', 'a root hash is exactly 32 bytes');
  return `${head.origin}\n${head.size}\n${encodeBase64(head.root)}\n`;
}

/** Reads the text of a checkpoint, of any log: origins may be unusual and extension lines may follow. */
export function parseCheckpoint(text: string): Checkpoint {
  checkNoteText(text);
  const lines = text.slice(0, -1).split('\n');
  const [origin = '', size = '', root = '', ...extensions] = lines;
  if (lines.length < 3) throw new Failure('CHECKPOINT_MALFORMED', 'fewer than three lines');
  if (origin === '') throw new Failure('CHECKPOINT_ORIGIN', 'an empty origin');
  if (extensions.includes('')) throw new Failure('CHECKPOINT_EXTENSION', 'an empty extension line');
  return { origin, size: parseSize(size), root: parseRoot(root), extensions };
}

function parseSize(text: string): bigint {
  // 19 digits hold 2^63 − 1; more would only make work.
  const size = /^(?:0|[1-9][0-9]{0,18})$/.test(text) ? BigInt(text) : -1n;
  if (size < 0n || size > CHECKPOINT_SIZE_MAX) throw new Failure('CHECKPOINT_SIZE', 'not a tree size');
  return size;
}

function parseRoot(text: string): Uint8Array {
  const root = decodeRoot(text);
  if (root.length !== ROOT_BYTES) throw new Failure('CHECKPOINT_ROOT', 'a root hash is exactly 32 bytes');
  return root;
}

function decodeRoot(text: string): Uint8Array {
  try {
    return decodeBase64(text);
  } catch {
    throw new Failure('CHECKPOINT_ROOT', 'the root hash is not base64');
  }
}
