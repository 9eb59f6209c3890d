import { createReadStream, constants } from 'node:fs';
import { open } from 'node:fs/promises';

export type Piece = { readonly kind: 'line'; readonly bytes: Uint8Array } | { readonly kind: 'too_long' };

const LINE_FEED = 0x0a;

/**
 * The lines of a plain file, each held whole only up to its bound, and of what the file had when it was
 * opened. A file that is written meanwhile ends in half a line, which is a line that cannot be read.
 */
export async function* readLines(path: string, line_bytes_max: number): AsyncGenerator<Piece, void> {
  // Not through a link, and not waiting at a pipe that took the place of the file.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (!stat.isFile() || stat.size === 0) return;
    const stream = createReadStream('', { fd: file.fd, autoClose: false, start: 0, end: stat.size - 1 });
    let held: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      let from = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
        length += end - from;
        if (length <= line_bytes_max) held.push(chunk.subarray(from, end));
        yield pieceOf(held, length, line_bytes_max);
        [held, length, from] = [[], 0, end + 1];
      }
      length += chunk.length - from;
      if (length <= line_bytes_max) held.push(chunk.subarray(from));
      else held = [];
    }
    if (length > 0) yield pieceOf(held, length, line_bytes_max);
  } finally {
    await file.close();
  }
}

function pieceOf(held: readonly Uint8Array[], length: number, line_bytes_max: number): Piece {
  return length > line_bytes_max ? { kind: 'too_long' } : { kind: 'line', bytes: Buffer.concat(held) };
}
