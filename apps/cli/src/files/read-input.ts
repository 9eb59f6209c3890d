import { open } from 'node:fs/promises';
import process from 'node:process';
import { CliFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';

/** A whole input of at most `bytes_max`: a file, or standard input for `-`. One byte more is refused. */
export async function readInput(path: string, bytes_max: number): Promise<Uint8Array> {
  if (path === '-') return collect(process.stdin, 'standard input', bytes_max);
  try {
    const file = await open(path, 'r');
    try {
      if ((await file.stat()).isDirectory()) throw unreadable(path, 'it is a directory');
      return await collect(file.createReadStream({ autoClose: false }), quoteText(path), bytes_max);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw inputFailure(path, error);
  }
}

export function inputFailure(path: string, error: unknown): unknown {
  if (error instanceof CliFailure || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOENT') return new CliFailure('INPUT_MISSING', `there is no file ${quoteText(path)}`);
  return unreadable(path, typeof error.code === 'string' ? error.code : 'it cannot be read');
}

function unreadable(path: string, why: string): CliFailure {
  return new CliFailure('INPUT_UNREADABLE', `${quoteText(path)} cannot be read: ${why}`);
}

async function collect(stream: AsyncIterable<unknown>, name: string, bytes_max: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue;
    length += chunk.length;
    if (length > bytes_max) {
      throw new CliFailure('INPUT_TOO_LARGE', `${name} is larger than ${bytes_max} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
