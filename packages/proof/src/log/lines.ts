import { Failure } from '../failure.ts';
import { LOG_LINE_BYTES_MAX } from './log-text.ts';

const NEWLINE = 0x0a;

/**
 * Takes one line out of `bytes[from … to)`, its newline left out. They stay as they are until `push`
 * returns.
 */
export type TakeLine = (bytes: Uint8Array, from: number, to: number) => void;

export type LineReader = {
  readonly push: (bytes: Uint8Array) => void;
  /** Whether something stands after the last newline. */
  readonly hasRest: () => boolean;
};

/**
 * Cuts a stream into lines, whatever its chunks. Lines that lie within a chunk are not copied, and no more
 * than one line is ever held.
 */
export function readLines(take: TakeLine): LineReader {
  let held = new Uint8Array(4_096);
  let heldLength = 0;

  const hold = (bytes: Uint8Array): void => {
    const length = heldLength + bytes.length;
    if (length > LOG_LINE_BYTES_MAX) {
      throw new Failure('LOG_LINE_TOO_LONG', `a line of more than ${LOG_LINE_BYTES_MAX} bytes`);
    }
    if (length > held.length) {
      const larger = new Uint8Array(Math.min(LOG_LINE_BYTES_MAX, 2 * length));
      larger.set(held.subarray(0, heldLength));
      held = larger;
    }
    held.set(bytes, heldLength);
    heldLength = length;
  };

  const push = (bytes: Uint8Array): void => {
    let at = 0;
    if (heldLength > 0) {
      const end = bytes.indexOf(NEWLINE);
      hold(bytes.subarray(0, end < 0 ? bytes.length : end));
      if (end < 0) return;
      // A copy: what is taken may be looked at until the chunk is done, and its rest will be held here.
      const line = held.slice(0, heldLength);
      heldLength = 0;
      take(line, 0, line.length);
      at = end + 1;
    }
    for (let end = bytes.indexOf(NEWLINE, at); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      if (end - at > LOG_LINE_BYTES_MAX) {
        throw new Failure('LOG_LINE_TOO_LONG', `a line of more than ${LOG_LINE_BYTES_MAX} bytes`);
      }
      take(bytes, at, end);
      at = end + 1;
    }
    if (at < bytes.length) hold(bytes.subarray(at));
  };

  return { push, hasRest: () => heldLength > 0 };
}
