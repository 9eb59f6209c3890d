import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../../src/core/batch.ts';
import { openHeadReader } from '../../src/cell/read-heads.ts';
import { JournalFailure } from '../../src/journal/failure.ts';
import type { Batch } from '../../src/journal/journal.ts';

const ROW: Batch = {
  from: 0,
  count: 2,
  term: 1,
  bytes: encodeBatch({
    note: '',
    records: [
      { head: 'first', state: '' },
      { head: 'second', state: '' },
    ],
  }),
};

describe('openHeadReader()', () => {
  it('openHeadReader() asks the journal for no more at once than it answers, and answers all', async () => {
    let open = 0;
    let most = 0;
    const read = async (): Promise<readonly Batch[]> => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return [ROW];
    };
    const { readHead } = openHeadReader(() => ({ read }));
    const heads = await Promise.all(Array.from({ length: 500 }, (_, n) => readHead(n % 2)));
    expect(heads.filter((head) => head === 'second')).toHaveLength(250);
    expect(most).toBe(16);
  });

  it('openHeadReader() says to try again when the journal was given up or too much waits', async () => {
    const dead = new JournalFailure('JOURNAL_DEAD', 'this instance cannot go on');
    const { readHead: failing } = openHeadReader(() => ({ read: () => Promise.reject(dead) }));
    for (let n = 0; n < 40; n += 1) await expect(failing(0)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const { readHead: stuck } = openHeadReader(() => ({ read: () => new Promise(() => {}) }));
    for (let n = 0; n < 16 + 4_096; n += 1) void stuck(0);
    await expect(stuck(0)).rejects.toMatchObject({ code: 'OVERLOADED' });
  });

  it('openHeadReader() names the record that is missing', async () => {
    const { readHead } = openHeadReader(() => ({ read: async () => [] }));
    await expect(readHead(7)).rejects.toMatchObject({ code: 'STORE_CORRUPT', index: 7 });
  });
});
