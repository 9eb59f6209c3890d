import { parseVerifierKey } from '@writ/proof';
import { openEngine } from '../engine/load-engine.ts';
import { createReader } from '../journal/sqlite/read.ts';
import { serveThread } from '../threads/serve-thread.ts';
import { type LogWalk, type Slice, startWalk } from './walk-log.ts';

export type ScrubData = {
  readonly journal: string;
  readonly engines: string;
  readonly engine: string;
  readonly origin: string;
  readonly vkey: string;
};

export type ScrubProtocol = {
  /** Begins anew at the first record. */
  readonly begin: { readonly ask: object; readonly answer: null };
  readonly next: {
    readonly ask: { readonly to: number; readonly records_max: number };
    readonly answer: Slice;
  };
};

serveThread<ScrubProtocol>((given) => {
  const data = given as ScrubData; // open-scrub.ts, the only one that starts this file, gives these
  const reader = createReader(data.journal, 'FULL');
  const trust = { origin: data.origin, keys: [parseVerifierKey(data.vkey)] };
  let walk: LogWalk | null = null;
  return {
    async begin() {
      walk = startWalk(await openEngine(data.engines, data.engine), reader.read, trust);
      return null;
    },
    next({ to, records_max }) {
      if (walk === null) throw new Error('the walk has not begun');
      return walk.next(to, records_max);
    },
  };
});
