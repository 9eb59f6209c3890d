import { isMarkedAsUntransferable } from 'node:worker_threads';

/**
 * Takes ownership of an array: without a copy where the array is all of its buffer, with one where it is a
 * view into memory that others use (a pooled Buffer, shared memory). The caller's array is detached in the
 * first case.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === buffer.byteLength;
  if (!(buffer instanceof ArrayBuffer) || !isWhole || isMarkedAsUntransferable(buffer))
    return Uint8Array.from(bytes);
  return new Uint8Array(buffer.transfer());
}

/**
 * Gives the memory of an array that nobody needs any more back at once. A thread that makes little other
 * garbage collects rarely, and would sit on tens of megabytes of rows that it has long read.
 */
export function dropBytes({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && !isMarkedAsUntransferable(buffer)) buffer.transfer(0);
}
