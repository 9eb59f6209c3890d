import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import process from 'node:process';
import { JSON_LIMITS, LOG_FORMAT, parseJson, RECEIPT_FORMAT, WRIT_FORMAT } from '@writ/proof';
import { inputFailure, readInput } from '../files/read-input.ts';

type SmallFormat = 'writ' | 'receipt' | 'unknown';

/** What is to be verified: small files as a whole, a log as something that can be read again. */
export type Subject =
  | { readonly format: 'ledger'; readonly open: () => AsyncIterable<Uint8Array> }
  | { readonly format: 'log'; readonly open: () => AsyncIterable<Uint8Array>; readonly again: boolean }
  | { readonly format: SmallFormat; readonly bytes: Uint8Array };

/** Writs and receipts have 64 KB at most; the next byte is enough to refuse them. */
const SMALL_BYTES_MAX: number = 64 * 1024 + 1;
const CHUNK_BYTES: number = 1024 * 1024;
const LOG_START = LOG_FORMAT.slice(0, LOG_FORMAT.indexOf('/') + 1);

/** `ledger`: the file is one of Lexecon, whatever it looks like. */
export async function openSubject(path: string, ledger: boolean): Promise<Subject> {
  if (path === '-') return subjectOfStdin(ledger);
  const first = await readFirst(path);
  if (ledger || startsAsLedger(first)) return { format: 'ledger', open: () => readChunks(path) };
  if (startsAsLog(first)) return { format: 'log', open: () => readChunks(path), again: true };
  if (first.length > SMALL_BYTES_MAX - 1) return { format: 'unknown', bytes: first };
  return { format: formatOf(first), bytes: await readInput(path, SMALL_BYTES_MAX) };
}

/** Standard input can be read once: one pass with every checkpoint checked says as much as two. */
async function subjectOfStdin(ledger: boolean): Promise<Subject> {
  const chunks = process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>; // no encoding is set
  const held: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (length < SMALL_BYTES_MAX && !ended) {
    const next = await chunks.next();
    ended = next.done === true;
    if (next.done !== true) {
      held.push(next.value);
      length += next.value.length;
    }
  }
  const first = Buffer.concat(held);
  if (ledger || startsAsLedger(first)) return { format: 'ledger', open: () => resume(first, chunks) };
  if (!startsAsLog(first)) return { format: ended ? formatOf(first) : 'unknown', bytes: first };
  return { format: 'log', open: () => resume(first, chunks), again: false };
}

async function* resume(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function readFirst(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const buffer = new Uint8Array(SMALL_BYTES_MAX);
      let length = 0;
      for (;;) {
        const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
        length += bytesRead;
        if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw inputFailure(path, error);
  }
}

async function* readChunks(path: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      if (chunk instanceof Uint8Array) yield chunk;
    }
  } catch (error) {
    throw inputFailure(path, error);
  }
}

function startsAsLog(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, LOG_START.length)).toString('latin1') === LOG_START;
}

/** A first line with these two names of members is a record of Lexecon, or was one before it was edited. */
function startsAsLedger(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(0x0a);
  const line = Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('latin1');
  return line.includes('"record_hash"') && line.includes('"previous_hash"') && formatOf(bytes) === 'unknown';
}

/** By what the file says of itself; a version that is not known here is still of its format. */
function formatOf(bytes: Uint8Array): SmallFormat {
  let value: unknown;
  try {
    value = parseJson(bytes, { ...JSON_LIMITS, bytes: SMALL_BYTES_MAX });
  } catch {
    return 'unknown';
  }
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : null;
  if (typeof format !== 'string') return 'unknown';
  const name = format.split('/')[0] ?? '';
  if (name === WRIT_FORMAT.split('/')[0]) return 'writ';
  return name === RECEIPT_FORMAT.split('/')[0] ? 'receipt' : 'unknown';
}
