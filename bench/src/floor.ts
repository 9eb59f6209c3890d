import { mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The floor: the same bytes a record, appended to one file, one `fdatasync` for all that wait, and nothing
 * else: no decision, no tree, no sealing, no proof.
 */
export type Floor = { append(): Promise<void>; close(): Promise<void> };

const BATCH_MAX = 256;

export async function openFloor(bytes_per_record: number): Promise<Floor> {
  const directory = mkdtempSync(join(tmpdir(), 'writ-floor-'));
  const file = await open(join(directory, 'floor'), 'w');
  const record = new Uint8Array(bytes_per_record).fill(120);
  let waiting: (() => void)[] = [];
  let flying = false;
  const flush = async (): Promise<void> => {
    if (flying || waiting.length === 0) return;
    flying = true;
    const batch = waiting.splice(0, BATCH_MAX);
    await write(file, record, batch.length);
    flying = false;
    for (const resolve of batch) resolve();
    void flush();
  };
  return {
    append: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        setImmediate(() => void flush());
      }),
    async close() {
      waiting = [];
      await file.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function write(file: FileHandle, record: Uint8Array, count: number): Promise<void> {
  const all = new Uint8Array(record.length * count);
  for (let n = 0; n < count; n += 1) all.set(record, n * record.length);
  await file.appendFile(all);
  await file.datasync();
}
