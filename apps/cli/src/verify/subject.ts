import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import process from 'node:process';
import { JSON_LIMITS, LOG_FORMAT, parseJson, RECEIPT_FORMAT, WRIT_FORMAT } from '@writ/proof';
import { PAGE_BYTES_MAX, PAGE_FORMAT, PAGE_START } from '@writ/page';
import { inputFailure, readInput } from '../files/read-input.ts';

type SmallFormat = 'writ' | 'receipt' | 'page' | 'unknown';

/** What is to be verified: small files as a whole, a log as something that can be read again. */
export type Subject =
  | { readonly format: 'ledger'; readonly open: () => AsyncIterable<Uint8Array> }
  | { readonly format: 'log'; readonly open: () => AsyncIterable<Uint8Array>; readonly again: boolean }
  | { readonly format: SmallFormat; readonly bytes: Uint8Array };

/** Writs and receipts have 64 KB at most; the next byte is enough to refuse them. */
const SMALL_BYTES_MAX: number = 64 * 1024 + 1;
const CHUNK_BYTES: number = 1024 * 1024;
const PAGE_NAME = PAGE_START.slice(0, PAGE_START.indexOf(PAGE_FORMAT) + PAGE_FORMAT.indexOf('/') + 1);
const LOG_START = LOG_FORMAT.slice(0, LOG_FORMAT.indexOf('/') + 1);

/** `ledger`: the file is one of Lexecon, whatever it looks like. */
export async function openSubject(path: string, ledger: boolean): Promise<Subject> {
  if (path === '-') return subjectOfStdin(ledger);
  const first = await readFirst(path);
  if (ledger || startsAsLedger(first)) return { format: 'ledger', open: () => readChunks(path) };
  if (startsAsLog(first)) return { format: 'log', open: () => readChunks(path), again: true };
  if (startsAsPage(first)) return { format: 'page', bytes: await readInput(path, PAGE_BYTES_MAX) };
  if (first.length > SMALL_BYTES_MAX - 1) return { format: 'unknown', bytes: first };
  return { format: formatOf(first), bytes: await readInput(path, SMALL_BYTES_MAX) };
}

/** Standard input can be read once: one pass with every checkpoint checked says as much as two. */
async function subjectOfStdin(ledger: boolean): Promise<Subject> {
  const chunks = process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>; // no encoding is set
  const start = await readUpTo(chunks, SMALL_BYTES_MAX, new Uint8Array(0));
  const first = start.bytes;
  if (ledger) return { format: 'ledger', open: () => resume(first, chunks) };
  if (startsAsLog(first)) return { format: 'log', open: () => resume(first, chunks), again: false };
  if (startsAsPage(first)) {
    const { bytes } = start.ended ? start : await readUpTo(chunks, PAGE_BYTES_MAX + 1, first);
    return { format: 'page', bytes };
  }
  if (startsAsLedger(first)) return { format: 'ledger', open: () => resume(first, chunks) };
  return { format: start.ended ? formatOf(first) : 'unknown', bytes: first };
}

/** What was read, and more until it is `length` bytes or the end. */
async function readUpTo(
  chunks: AsyncIterator<Uint8Array>,
  length: number,
  read: Uint8Array,
): Promise<{ readonly bytes: Uint8Array; readonly ended: boolean }> {
  const held = [read];
  for (let at = read.length; at < length; ) {
    const next = await chunks.next();
    if (next.done === true) return { bytes: Buffer.concat(held), ended: true };
    held.push(next.value);
    at += next.value.length;
  }
  return { bytes: Buffer.concat(held), ended: false };
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

/** Whatever its version: that is for its reader to say. */
function startsAsPage(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, PAGE_NAME.length)).toString('latin1') === PAGE_NAME;
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
