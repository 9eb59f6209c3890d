import { type Base, recover } from '../core/recover.ts';
import type { Engine } from '../engine/load-engine.ts';
import { loadFirstBase, type ReadBatches } from '../snapshots/carried-state.ts';
import type { OnProgress } from './failure.ts';
import { readBeforeDamage } from './verified-prefix.ts';

/** The state after the first `size` records, from the beginning: a drill trusts no snapshot. */
export async function foldKept(
  engine: Engine,
  read: ReadBatches,
  carried: string,
  size: number,
  onProgress: OnProgress,
): Promise<Base> {
  const journal = {
    read: (from: number, maxBytes: number) => {
      onProgress({ step: 'fold', done: from, of: size });
      const batches = readBeforeDamage(read, from, maxBytes);
      return Promise.resolve(batches.filter((batch) => batch.from < size));
    },
  };
  return recover(journal, engine, await loadFirstBase(engine, read, carried), size, () => Promise.resolve());
}
