import { encodeBase64 } from '../bytes/base64.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { Failure } from '../failure.ts';
import { isKeyName } from '../note/key-name.ts';
import { checkHeadText } from '../writ/writ.ts';
import { HASH_BYTES } from '../tree/hash.ts';

/** An exported log (spec/11-log-export.md): lines of text, written and read as a stream. */
export const LOG_FORMAT = 'writ-log/v1';

/** A journal's batch has at most 256 records; whoever merges several under a later checkpoint stops here. */
export const LOG_BATCH_RECORDS_MAX = 1_024;

/** A batch line of 1,024 hashes and a large checkpoint is 60 KB, the largest sealed part in base64 64 KB. */
export const LOG_LINE_BYTES_MAX = 131_072;

export type LogEntry = {
  /** The exact text of the head. */
  readonly head: string;
  /** The parts that go with it, or null: `sealed` is disclosed by choice only. */
  readonly state: string | null;
  readonly sealed: string | null;
};

export type LogBatch = {
  /** Index of the first record. */
  readonly from: number;
  /** The signed checkpoint that covers the batch and nothing after it, verbatim. */
  readonly note: string;
  /** Packed leaf hashes as the log stores them; they tell which record was changed, if one was. */
  readonly hashes: Uint8Array;
  readonly entries: readonly LogEntry[];
};

export function printLogHeader(origin: string): string {
  if (!isKeyName(origin)) throw new Failure('LOG_HEADER', 'an origin has no spaces and no plus');
  return `${LOG_FORMAT} ${origin}\n`;
}

export function printLogBatch(batch: LogBatch): string {
  const { from, note, hashes, entries } = batch;
  const count = entries.length;
  if (count === 0 || count > LOG_BATCH_RECORDS_MAX || hashes.length !== count * HASH_BYTES) {
    throw new Failure(
      'TREE_LEAF_COUNT',
      `a batch has 1 to ${LOG_BATCH_RECORDS_MAX} records and a hash for each`,
    );
  }
  if (!Number.isSafeInteger(from) || from < 0) throw new Failure('TREE_INDEX', 'not an index');
  let text = `batch ${from} ${count} ${encodeBase64(encodeUtf8(note))} ${encodeBase64(hashes)}\n`;
  for (const [at, entry] of entries.entries()) text += printEntry(from + at, entry);
  return text;
}

/** The last line: without it, a file that was cut off could pass for a whole one. */
export function printLogEnd(size: number): string {
  if (!Number.isSafeInteger(size) || size < 1) throw new Failure('TREE_SIZE', 'not the size of a log');
  return `end ${size}\n`;
}

function printEntry(index: number, entry: LogEntry): string {
  checkHeadText(entry.head);
  if (entry.head.includes('\n')) throw new Failure('RECORD_INVALID', 'a head is one line');
  const state = entry.state === null ? '' : `state ${encodeBase64(encodeUtf8(entry.state))}\n`;
  const sealed = entry.sealed === null ? '' : `sealed ${encodeBase64(encodeUtf8(entry.sealed))}\n`;
  return `${index} ${entry.head}\n${state}${sealed}`;
}
