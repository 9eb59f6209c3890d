import { openEngine } from '../engine/load-engine.ts';
import { createReader } from '../journal/sqlite/read.ts';
import { serveThread } from '../threads/serve-thread.ts';
import type { BasePlaces } from './load-base.ts';
import { type SnapshotTaken, takeSnapshot } from './take-snapshot.ts';

export type SnapshotData = BasePlaces & {
  readonly journal: string;
  readonly engines: string;
  readonly engine: string;
};

export type SnapshotProtocol = {
  readonly take: { readonly ask: { readonly size: number }; readonly answer: SnapshotTaken };
};

serveThread<SnapshotProtocol>((given) => {
  const data = given as SnapshotData; // open-snapshots.ts, the only one that starts this file, gives these
  return {
    async take({ size }) {
      const engine = await openEngine(data.engines, data.engine);
      const reader = createReader(data.journal, 'FULL');
      try {
        return await takeSnapshot(engine, reader.read, data, size);
      } finally {
        reader.close();
      }
    },
  };
});
