import { openEngine } from '../engine/load-engine.ts';
import { createReader } from '../journal/sqlite/read.ts';
import { FollowerFailure } from '../threads/failure.ts';
import { serveThread } from '../threads/serve-thread.ts';
import { type FollowedLog, followLog } from './follow-log.ts';
import type { ProjectionQuery } from './query.ts';

export type ProjectionData = {
  readonly file: string;
  readonly journal: string;
  readonly engines: string;
  readonly engine: string;
  readonly origin: string;
  readonly carried: string;
};

export type ProjectionProtocol = {
  readonly open: { readonly ask: object; readonly answer: number };
  readonly advance: { readonly ask: { readonly to: number }; readonly answer: number };
  readonly query: {
    readonly ask: { readonly query: ProjectionQuery };
    readonly answer: { readonly rows: readonly object[]; readonly as_of: number };
  };
  readonly close: { readonly ask: object; readonly answer: null };
};

serveThread<ProjectionProtocol>((given) => {
  const data = given as ProjectionData; // open-projections.ts alone starts this file
  let log: FollowedLog | null = null;
  const opened = (): FollowedLog => {
    if (log !== null) return log;
    throw new FollowerFailure('FOLLOWER_FAILED', 'the lists are not open');
  };
  return {
    async open() {
      const engine = await openEngine(data.engines, data.engine);
      const reader = createReader(data.journal, 'FULL');
      log = await followLog(data.file, data.origin, engine, reader.read, data.carried);
      return log.advance(0);
    },
    advance: ({ to }) => opened().advance(to),
    query({ query }) {
      const { rows, as_of } = opened().query(query);
      // Rows of SQLite have no prototype: what crosses threads is plain data.
      return { rows: rows.map((row) => ({ ...row })), as_of };
    },
    close() {
      log?.close();
      log = null;
      return null;
    },
  };
});
