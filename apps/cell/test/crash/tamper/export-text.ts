import {
  appendLeaves,
  emptyFrontier,
  hashLeaves,
  printLogBatch,
  printLogEnd,
  printLogHeader,
  rootOf,
} from '@writ/proof';
import { signCheckpoint } from '../../../src/core/checkpoint.ts';
import type { Signer } from '../../../src/signer/signer.ts';
import type { Row } from './rows.ts';

export type ExportOptions = {
  readonly origin: string;
  /** The signed note of each row: it stands in the row after. */
  readonly notes: readonly string[];
  /** A sealed part that is disclosed, by index. */
  readonly disclosed?: ReadonlyMap<number, string>;
};

/** The notes that a log of these rows has when `signer` signs all of it anew. */
export async function signAnew(
  rows: readonly Row[],
  origin: string,
  signer: Signer,
): Promise<readonly string[]> {
  let frontier = emptyFrontier();
  const notes: string[] = [];
  for (const { records } of rows) {
    frontier = appendLeaves(frontier, hashLeaves(records.map(({ head }) => head)));
    notes.push(await signCheckpoint(signer, { origin, size: frontier.size, root: rootOf(frontier) }));
  }
  return notes;
}

/** An exported log of these rows, whatever they are: who exports need not be honest. */
export function exportText(rows: readonly Row[], options: ExportOptions): string {
  const { origin, notes, disclosed } = options;
  let text = printLogHeader(origin);
  let from = 0;
  for (const [nth, { records }] of rows.entries()) {
    const entries = records.map(({ head, state }, at) => ({
      head,
      state,
      sealed: disclosed?.get(from + at) ?? null,
    }));
    const hashes = hashLeaves(records.map(({ head }) => head));
    text += printLogBatch({ from, note: notes[nth] ?? '', hashes, entries });
    from += records.length;
  }
  return text + printLogEnd(from);
}

/** Roots instead of those in the notes; the signatures stay, and fit no more. */
export function withRoots(rows: readonly Row[], notes: readonly string[]): readonly string[] {
  let frontier = emptyFrontier();
  return rows.map(({ records }, nth) => {
    frontier = appendLeaves(frontier, hashLeaves(records.map(({ head }) => head)));
    const [origin = '', , , ...rest] = (notes[nth] ?? '').split('\n');
    return [origin, frontier.size, Buffer.from(rootOf(frontier)).toString('base64'), ...rest].join('\n');
  });
}
