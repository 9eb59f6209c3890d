import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { concatBytes } from '../bytes/concat.ts';
import { decodeHex, encodeHex } from '../bytes/hex.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { Failure } from '../failure.ts';
import { checkKeyName, isKeyName } from './key-name.ts';

/** A note taken apart and nothing believed of it yet: use `openNote`. The text ends with its newline. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };
export type NoteSignature = { readonly name: string; readonly keyId: string; readonly signature: Uint8Array };

// The limits of Go's sumdb/note, with which these notes are to be read. Both are far above any checkpoint.
export const NOTE_BYTES_MAX = 1_000_000;
export const NOTE_SIGNATURES_MAX = 100;

const SIGNATURE_START = '\u2014 ';
const KEY_ID_BYTES = 4;
// Any ASCII control character but the newline.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;

/** Takes a note apart (c2sp.org/signed-note): the text ends at the last empty line. */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > NOTE_BYTES_MAX) throw new Failure('NOTE_TOO_LARGE', `more than ${NOTE_BYTES_MAX} bytes`);
  const whole = decodeUtf8(bytes);
  if (CONTROL.test(whole)) throw new Failure('NOTE_TEXT', 'a control character');
  const split = whole.lastIndexOf('\n\n');
  const text = whole.slice(0, split + 1);
  const block = whole.slice(split + 2);
  if (split < 0 || !block.endsWith('\n')) throw new Failure('NOTE_MALFORMED', 'no text and signatures');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > NOTE_SIGNATURES_MAX) {
    throw new Failure('NOTE_TOO_MANY_SIGNATURES', `more than ${NOTE_SIGNATURES_MAX} signatures`);
  }
  return { text, signatures: lines.map(parseSignature) };
}

/** One signature line, newline included. `keyId` and name are those of the key's `VerifierKey`. */
export function noteSignatureLine(name: string, keyId: string, signature: Uint8Array): string {
  checkKeyName(name);
  const id = decodeHex(keyId);
  if (id.length !== KEY_ID_BYTES || signature.length === 0) {
    throw new Failure('NOTE_SIGNATURE_LENGTH', 'a key id of 4 bytes and a signature are needed');
  }
  return `${SIGNATURE_START}${name} ${encodeBase64(concatBytes(id, signature))}\n`;
}

/** The whole note: a text, the empty line, the signature lines. */
export function printNote(text: string, signatureLines: readonly string[]): string {
  checkNoteText(text);
  if (signatureLines.length === 0) throw new Failure('NOTE_NOT_SIGNED', 'a note has a signature');
  return `${text}\n${signatureLines.join('')}`;
}

/** What may be signed: well-formed, no control characters, ending with a newline. */
export function checkNoteText(text: string): void {
  if (!text.endsWith('\n') || !text.isWellFormed() || CONTROL.test(text)) {
    throw new Failure('NOTE_TEXT', 'not the text of a note');
  }
}

function parseSignature(line: string): NoteSignature {
  const words = line.startsWith(SIGNATURE_START) ? line.slice(SIGNATURE_START.length).split(' ') : [];
  const [name = '', encoded = ''] = words;
  if (words.length !== 2 || !isKeyName(name)) throw new Failure('NOTE_MALFORMED', 'not a signature line');
  const bytes = decodeSignature(encoded);
  if (bytes.length <= KEY_ID_BYTES) throw new Failure('NOTE_MALFORMED', 'a signature line without signature');
  return { name, keyId: encodeHex(bytes.subarray(0, KEY_ID_BYTES)), signature: bytes.subarray(KEY_ID_BYTES) };
}

function decodeSignature(encoded: string): Uint8Array {
  try {
    return decodeBase64(encoded);
  } catch {
    throw new Failure('NOTE_MALFORMED', 'a signature is not base64');
  }
}
