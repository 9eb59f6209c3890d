import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 1024 * 1024;

/**
 * Writes the write-ahead log over itself and syncs it.
 *
 * After a sync has failed, Linux marks the pages as clean although the disk does not have them. A later
 * process still reads them from memory, takes their transactions as committed, and appends after them: the
 * next sync says nothing about them, and a loss of power takes them together with all that followed.
 * Writing the same bytes again makes the pages dirty, so that this sync is about them.
 *
 * The caller must hold the write lock of the database: nobody appends to the log or starts it over meanwhile.
 */
export function rewriteWal(databaseFile: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(`${databaseFile}-wal`, 'r+');
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === 'ENOENT') return;
    throw thrown;
  }
  try {
    const chunk = new Uint8Array(CHUNK_BYTES);
    for (let position = 0; ; ) {
      const length = readSync(descriptor, chunk, 0, CHUNK_BYTES, position);
      if (length === 0) break;
      writeAll(descriptor, chunk.subarray(0, length), position);
      position += length;
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.byteLength; ) {
    done += writeSync(descriptor, bytes, done, bytes.byteLength - done, position + done);
  }
}
