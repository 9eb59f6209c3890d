import { CliFailure } from '../program/failure.ts';

/**
 * The bytes of one row of the journal (spec/31-batches.md): the signed note of the batch before, then head
 * and state part of each record, each with its length before it.
 */
export type JournalRow = {
  readonly note: string;
  readonly records: readonly { readonly head: string; readonly state: string }[];
};

const MAGIC: Buffer = Buffer.from('WRITB1\n', 'latin1');
const NOTE_LENGTH_BYTES = 4;
const TEXT_LENGTH_BYTES = 2;

/** Exactly `count` records and no byte more; `from` names the place of damage. */
export function readJournalRow(bytes: Uint8Array, from: number, count: number): JournalRow {
  const row = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = MAGIC.length + NOTE_LENGTH_BYTES;
  if (row.length < start || !row.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(from);
  let at = start + row.readUInt32BE(MAGIC.length);
  if (at > row.length) throw damaged(from);
  const note = row.toString('utf8', start, at);
  const takeText = (index: number): string => {
    const begin = at + TEXT_LENGTH_BYTES;
    if (begin > row.length) throw damaged(index);
    at = begin + row.readUInt16BE(at);
    if (at > row.length) throw damaged(index);
    return row.toString('latin1', begin, at);
  };
  const records: { readonly head: string; readonly state: string }[] = [];
  for (let index = from; index < from + count; index += 1) {
    const head = takeText(index);
    records.push({ head, state: takeText(index) });
  }
  if (at !== row.length) throw damaged(from + count);
  return { note, records };
}

function damaged(index: number): CliFailure {
  const advice = 'restore the store, or writ recover';
  return new CliFailure('STORE_CORRUPT', `the journal is damaged at record ${index}: ${advice}`, 1);
}
