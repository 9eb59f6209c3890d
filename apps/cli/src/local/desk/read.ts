import { failuresIn, proveConsistency, readSignedBatches } from '@writ/cell';
import { parseHead } from '@writ/proof';
import type { DeskBase, LogDesk } from '../../desk/desk.ts';
import type { Store } from '../store.ts';

export function readIn({ cell }: Store): Omit<LogDesk, keyof DeskBase> {
  return {
    status() {
      const state = cell.running.state();
      return Promise.resolve({
        counts: {
          namespaces: state.namespaces.size,
          principals: state.principals.size,
          open_writs: state.permitted.size,
          without_outcome: state.committed.size,
          tickets: [...state.tickets.values()].filter(({ status }) => status === 'open').length,
        },
        term: state.term,
        frozen: [...state.freezes.keys()],
        failed: failuresIn(cell.background()),
      });
    },
    batches: (from) => readSignedBatches(cell, from),
    consistency: (from) => proveConsistency(cell, from),
    checkpoint: () => Promise.resolve(cell.running.head().note),
    async heads(from, count) {
      const heads = await cell.readHeads(from, count);
      return heads.map((head, at) => ({
        index: from + at,
        head: parseHead(new TextEncoder().encode(head)),
      }));
    },
  };
}
