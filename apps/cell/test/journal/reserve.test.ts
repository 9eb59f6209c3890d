import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SqliteJournal } from '../../src/journal/sqlite/instance.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';

let folder: string;
let file: string;
const opened: SqliteJournal[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-reserve-'));
  file = join(folder, 'journal.db');
});
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  rmSync(folder, { recursive: true });
});
const fresh = (reserve_bytes: number): SqliteJournal => {
  const journal = openSqliteJournal({ file, reserve_bytes });
  opened.push(journal);
  return journal;
};

describe('the reserve', () => {
  test('takes room, gives it up and takes it back', async () => {
    const journal = fresh(3_000_000);
    await journal.open();
    const reserve = `${file}.reserve`;
    expect(statSync(reserve).size).toBe(3_000_000);
    expect(statSync(reserve).blocks * 512).toBeGreaterThanOrEqual(3_000_000);
    await journal.releaseReserve();
    await journal.releaseReserve();
    expect(statSync(reserve, { throwIfNoEntry: false })).toBeUndefined();
    expect(await journal.restoreReserve()).toBe(true);
    expect(statSync(reserve).size).toBe(3_000_000);
  });

  test('is not taken, and nothing refused, when the disk has no room for it', async () => {
    const journal = fresh(2 ** 50);
    expect(await journal.open()).toEqual({ size: 0, term: 0 });
    expect(await journal.restoreReserve()).toBe(false);
    const { free_bytes, total_bytes } = await journal.freeSpace();
    expect(free_bytes).toBeGreaterThan(0);
    expect(total_bytes).toBeGreaterThanOrEqual(free_bytes);
  });
});
