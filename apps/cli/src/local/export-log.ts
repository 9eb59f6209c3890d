import { randomBytes } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import type { Cell } from '@writ/cell';
import { printLogBatch, printLogEnd, printLogHeader } from '@writ/proof';
import { type LogEnd, readLog } from './read-log.ts';

export type ExportOptions = { readonly with_state: boolean; progress(size: number): void };

/** Writes the whole log as one file (spec/11-log-export.md): complete under its name, or not there at all. */
export async function exportLog(
  closed: Cell,
  end: LogEnd,
  path: string,
  options: ExportOptions,
): Promise<void> {
  const fresh = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.write(printLogHeader(closed.settings.origin));
    for await (const batch of readLog(closed, end, options.with_state)) {
      await file.write(printLogBatch(batch));
      options.progress(batch.from + batch.entries.length);
    }
    await file.write(printLogEnd(end.size));
    await file.sync();
    await file.close();
    await rename(fresh, path);
  } catch (error) {
    await file.close().catch(() => {});
    await unlink(fresh).catch(() => {});
    throw error;
  }
}
