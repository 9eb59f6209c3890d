// Starts the journal on what a disk held, and looks for what had been promised.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReader } from '../../apps/cell/src/journal/sqlite/read.ts';
import { createWriter } from '../../apps/cell/src/journal/sqlite/write.ts';
import { markOf } from './batches.mjs';

const READ_BYTES = 1 << 22;

/** Null when the journal starts, has every promised batch and can go on; else what is wrong. */
export const faultOfImage = (folder, image, promised) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [path, content] of image) writeFileSync(join(folder, path), content, { mode: 0o600 });
  const file = join(folder, 'journal.db');
  const writer = createWriter(file, 'FULL');
  let reader;
  try {
    const head = writer.open();
    reader = createReader(file, 'FULL');
    const found = [];
    for (let next = 0; next < head.size; ) {
      const batches = reader.read(next, READ_BYTES);
      found.push(...batches);
      next = batches.at(-1).from + batches.at(-1).count;
    }
    const marks = found.map((batch) => Buffer.from(batch.bytes).subarray(0, markOf(batch).length).toString());
    const wrong = found.findIndex((batch, position) => marks[position] !== markOf(batch));
    if (wrong >= 0) return `batch ${wrong} holds other bytes`;
    const missing = promised.find((mark) => !marks.includes(mark));
    if (missing !== undefined) return `${missing} was committed and is missing`;
    const next = { from: head.size, count: 1, term: head.term + 1, bytes: Uint8Array.of(1) };
    return writer.append(next, head) === 'committed' ? null : 'the next append does not commit';
  } catch (failure) {
    return `does not start: ${failure.message}`;
  } finally {
    reader?.close();
    writer.close();
  }
};
