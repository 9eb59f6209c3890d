import { Buffer } from 'node:buffer';
import { CoreFailure } from './failure.ts';

/**
 * The bytes of one journal row (spec/31-batches.md): the signed note of the batch before, then head and state
 * part of each record. Heads and state parts are ASCII by construction; the note is UTF-8.
 */
export type BatchRecord = { readonly head: string; readonly state: string };

export type BatchContent = { readonly note: string; readonly records: readonly BatchRecord[] };

const MAGIC = Buffer.from('WRITB1\n', 'latin1');
const NOTE_LENGTH_BYTES = 4;
const LENGTH_BYTES = 2;

/** The bytes that one more record adds to a row. */
export function recordBytes({ head, state }: BatchRecord): number {
  return 2 * LENGTH_BYTES + head.length + state.length;
}

export function batchOverhead(note: string): number {
  return MAGIC.length + NOTE_LENGTH_BYTES + Buffer.byteLength(note, 'utf8');
}

export function encodeBatch({ note, records }: BatchContent): Uint8Array {
  const size = records.reduce((sum, record) => sum + recordBytes(record), batchOverhead(note));
  const whole = new Uint8Array(size);
  const bytes = Buffer.from(whole.buffer);
  let at = MAGIC.copy(bytes);
  const noteBytes = bytes.write(note, at + NOTE_LENGTH_BYTES, 'utf8');
  bytes.writeUInt32BE(noteBytes, at);
  at += NOTE_LENGTH_BYTES + noteBytes;
  for (const { head, state } of records) {
    at = writeText(bytes, head, at);
    at = writeText(bytes, state, at);
  }
  return whole;
}

function writeText(bytes: Buffer, text: string, at: number): number {
  bytes.writeUInt16BE(text.length, at);
  bytes.write(text, at + LENGTH_BYTES, 'latin1');
  return at + LENGTH_BYTES + text.length;
}

/** Reads a row back strictly: exactly `count` records and no byte more. `from` names the place of damage. */
export function decodeBatch(whole: Uint8Array, from: number, count: number): BatchContent {
  const bytes = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
  const start = MAGIC.length + NOTE_LENGTH_BYTES;
  if (bytes.length < start || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(from);
  const noteEnd = start + bytes.readUInt32BE(MAGIC.length);
  if (noteEnd > bytes.length) throw damaged(from);
  const note = bytes.toString('utf8', start, noteEnd);
  const records: BatchRecord[] = [];
  let at = noteEnd;
  for (let index = from; index < from + count; index += 1) {
    const head = readText(bytes, at, index);
    const state = readText(bytes, at + LENGTH_BYTES + head.length, index);
    records.push({ head, state });
    at += 2 * LENGTH_BYTES + head.length + state.length;
  }
  if (at !== bytes.length) throw damaged(from + count);
  return { note, records };
}

function readText(bytes: Buffer, at: number, index: number): string {
  if (at + LENGTH_BYTES > bytes.length) throw damaged(index);
  const start = at + LENGTH_BYTES;
  const end = start + bytes.readUInt16BE(at);
  if (end > bytes.length) throw damaged(index);
  return bytes.toString('latin1', start, end);
}

function damaged(index: number): CoreFailure {
  return new CoreFailure('STORE_CORRUPT', `the batch is damaged at record ${index}`, index);
}
