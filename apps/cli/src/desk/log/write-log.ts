import { randomBytes } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { type LogBatch, printLogBatch, printLogEnd, printLogHeader } from '@writ/proof';

type Writing = {
  readonly origin: string;
  /** Records that there are in all. */
  readonly size: number;
  readonly batches: AsyncIterable<LogBatch>;
  progress(text: string): void;
};

const PROGRESS_EACH = 100_000;

/** Writes a whole log as one file (spec/11-log-export.md): complete under its name, or not there at all. */
export async function writeLog(path: string, { origin, size, batches, progress }: Writing): Promise<void> {
  const fresh = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  const file = await open(fresh, 'wx', 0o600);
  let told = 0;
  try {
    await file.write(printLogHeader(origin));
    for await (const batch of batches) {
      await file.write(printLogBatch(batch));
      const done = batch.from + batch.entries.length;
      if (done < told + PROGRESS_EACH) continue;
      told = done;
      progress(`exported ${done} of ${size} records`);
    }
    await file.write(printLogEnd(size));
    await file.sync();
    await file.close();
    await rename(fresh, path);
  } catch (error) {
    await file.close().catch(() => {});
    await unlink(fresh).catch(() => {});
    throw error;
  }
}
