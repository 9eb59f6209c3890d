import { Buffer } from 'node:buffer';
import { AnchorFailure } from './failure.ts';

/**
 * The highest checkpoint that this cell has signed: kept beside its keys, outside the store and its backups,
 * so that a store that was rolled back or replaced is recognised. `root` is standard base64 of 32 bytes, as
 * in the checkpoint; `note` is the signed note, verbatim.
 */
export type Anchor = {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly note: string;
};

const VERSION_LINE = 'writ-anchor/v1';
/** A signed note with the signatures of many witnesses stays far below this. */
const NOTE_BYTES_MAX = 65_536;
export const ANCHOR_BYTES_MAX: number = NOTE_BYTES_MAX + VERSION_LINE.length + 1;

/** The version line, then the note itself: origin, size and root stand in its first three lines. */
export function printAnchor(anchor: Anchor): Uint8Array {
  checkAnchorForm(anchor);
  return Buffer.from(`${VERSION_LINE}\n${anchor.note}`, 'utf8');
}

/** Reads exactly what `printAnchor` writes. The note's signature is for the caller to verify. */
export function parseAnchor(bytes: Uint8Array): Anchor {
  const text = Buffer.from(bytes).toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(bytes);
  if (!isText || !text.startsWith(`${VERSION_LINE}\n`)) throw corrupt();
  const note = text.slice(VERSION_LINE.length + 1);
  const [origin, size, root] = note.split('\n');
  if (origin === undefined || size === undefined || root === undefined) throw corrupt();
  const anchor = { origin, size: Number(size), root, note };
  try {
    checkAnchorForm(anchor);
  } catch {
    throw corrupt();
  }
  return anchor;
}

/** Refuses an anchor whose members and note say different things. */
export function checkAnchorForm(anchor: Anchor): void {
  const { origin, size, root, note } = anchor;
  const isRoot =
    Buffer.from(root, 'base64').length === 32 && Buffer.from(root, 'base64').toString('base64') === root;
  const isSize = Number.isSafeInteger(size) && size >= 0;
  const isBounded = Buffer.byteLength(note, 'utf8') <= NOTE_BYTES_MAX;
  const isOneLine = origin !== '' && !origin.includes('\n');
  const agrees = note.startsWith(`${origin}\n${size}\n${root}\n`);
  if (isRoot && isSize && isBounded && isOneLine && agrees) return;
  throw new AnchorFailure(
    'ANCHOR_INVALID',
    'an anchor and its note must name the same origin, size and root',
  );
}

function corrupt(): AnchorFailure {
  const advice = 'restore the key directory, or recover into a new epoch';
  return new AnchorFailure('ANCHOR_CORRUPT', `the anchor is damaged: ${advice}`);
}
