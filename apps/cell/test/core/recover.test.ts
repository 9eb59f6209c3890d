import { emptyFrontier, sha256Base64url } from '@writ/proof';
import { emptyState } from '@writ/kernel';
import * as functions from '@writ/kernel/engine';
import { describe, expect, it } from 'vitest';
import { openMint } from '../../src/cell/mint.ts';
import { OPERATOR } from '../../src/cell/init-cell.ts';
import { encodeBatch } from '../../src/core/batch.ts';
import { recover } from '../../src/core/recover.ts';
import type { Batch } from '../../src/journal/journal.ts';

const mint = openMint();
const engine = { digest: sha256Base64url('engine'), functions };

/** A log of record 0 and a term record, each a batch of its own; the second row carries `note`. */
function rowsOf(note: string): readonly Batch[] {
  const state = emptyState();
  const stamp = { now_ms: 1_790_000_000_000, salts: mint.salts() };
  const library = { hash: sha256Base64url, policy: () => null };
  const genesis = {
    kind: 'genesis',
    id: mint.id('log'),
    ns: mint.id('ns'),
    origin: 'host/cell/0011223344556677',
    reason: 'new',
    predecessor: null,
    keys: [],
    engine: engine.digest,
    state_digest: null,
    operator: { id: mint.id('prn'), definition: OPERATOR },
  } as const;
  const term = { kind: 'term', id: mint.id('trm'), term: 1, reason: 'start' } as const;
  const first = functions.step(state, genesis, stamp, library).records;
  const second = functions.step(state, term, stamp, library).records;
  return [
    { from: 0, count: 1, term: 0, bytes: encodeBatch({ note: '', records: first }) },
    { from: 1, count: 1, term: 1, bytes: encodeBatch({ note, records: second }) },
  ];
}

function recoverFrom(rows: readonly Batch[], fold: typeof functions.fold = functions.fold) {
  const journal = { read: async (from: number) => rows.filter((row) => row.from >= from) };
  const base = { state: emptyState(), frontier: emptyFrontier() };
  return recover(journal, { ...engine, functions: { ...functions, fold } }, base, 2, async () => {});
}

describe('recover()', () => {
  it('recover() folds what the journal holds', async () => {
    const { state, term, frontier } = await recoverFrom(rowsOf(''));
    expect([state.size, term, frontier.size]).toEqual([2, 1, 2]);
  });

  it.each([
    { reason: 'bytes that are no note', note: 'nothing' },
    { reason: 'a note without a size', note: 'host/cell/0011223344556677\n\n— x y\n' },
    { reason: 'a note that ends early', note: 'host/cell/0011223344556677\n1\n' },
    {
      reason: 'a note of another size',
      note: 'host/cell/0011223344556677\n2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n',
    },
    {
      reason: 'a note of another root',
      note: 'host/cell/0011223344556677\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n',
    },
  ])('recover() says that the store is corrupt, and where, on $reason', async ({ note }) => {
    await expect(recoverFrom(rowsOf(note))).rejects.toMatchObject({ code: 'STORE_CORRUPT', index: 1 });
  });

  it('recover() says so too when what was read cannot be applied', async () => {
    const fold = (): never => {
      throw new TypeError('not a record');
    };
    await expect(recoverFrom(rowsOf(''), fold)).rejects.toMatchObject({ code: 'STORE_CORRUPT', index: 0 });
  });
});
