import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BATCH_BYTES_MAX } from '../../src/journal/journal.ts';
import type { SqliteJournal } from '../../src/journal/sqlite/instance.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import { PAGE_BYTES, WAL_BYTES_MAX } from '../../src/journal/sqlite/settings.ts';
import { appendAll, batchAt, readAll, shapeOf } from './batches.ts';

const EMPTY = { size: 0, term: 0 };
const CHILD = fileURLToPath(new URL('./sqlite-child.ts', import.meta.url));

let folder: string;
let file: string;
const opened: SqliteJournal[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-sqlite-'));
  file = join(folder, 'journal.db');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const journal of opened.splice(0)) await journal.close();
  rmSync(folder, { recursive: true });
});

const fresh = (reserve_bytes = 4096): SqliteJournal => {
  const journal = openSqliteJournal({ file, reserve_bytes });
  opened.push(journal);
  return journal;
};
const code = (wanted: string, index?: number): object =>
  expect.objectContaining(index === undefined ? { code: wanted } : { code: wanted, index });

/** A closed store of twenty batches of two records, each with 100 bytes. */
const prepared = async (length = 100): Promise<void> => {
  const journal = fresh();
  await journal.open();
  await appendAll(
    journal,
    EMPTY,
    Array.from({ length: 20 }, () => 2),
    3,
    length,
  );
  await journal.close();
};
/** Does to the closed store what a disk, another program or an intruder could do. */
const raw = (sql: string): void => {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
};

describe('openSqliteJournal() refuses', () => {
  test.each([
    ['a file of a later version', 'PRAGMA user_version = 2', 'JOURNAL_VERSION'],
    ['a file of another program', 'PRAGMA application_id = 7', 'JOURNAL_VERSION'],
    [
      'a file with a trigger',
      'CREATE TRIGGER t AFTER INSERT ON batches BEGIN DELETE FROM batches; END',
      'JOURNAL_VERSION',
    ],
    ['a file with another table', 'CREATE TABLE t (a)', 'JOURNAL_VERSION'],
    ['a file without its table', 'DROP TABLE batches', 'JOURNAL_VERSION'],
    ['a file with other columns', 'ALTER TABLE batches ADD COLUMN a INTEGER', 'JOURNAL_VERSION'],
  ])('%s', async (_, sql, wanted) => {
    await prepared();
    raw(sql);
    await expect(fresh().open()).rejects.toEqual(code(wanted));
  });

  test('a file of another page size, because the setting does not read back', async () => {
    raw(`PRAGMA page_size = ${PAGE_BYTES * 2}; CREATE TABLE t (a)`);
    await expect(fresh().open()).rejects.toEqual(code('JOURNAL_SETTINGS'));
  });

  test('a file that is no database', async () => {
    writeFileSync(file, 'not a database, but long enough to have a header '.repeat(100));
    await expect(fresh().open()).rejects.toEqual(code('JOURNAL_CORRUPT'));
  });

  test('a file that is marked read-only, for root as well', async () => {
    await prepared();
    chmodSync(file, 0o444);
    await expect(fresh().open()).rejects.toEqual(code('JOURNAL_READ_ONLY'));
    chmodSync(file, 0o600);
    expect(await fresh().open()).toEqual({ size: 40, term: 3 });
  });

  test('a link, a second name and a folder in place of the file', async () => {
    await prepared();
    const link = join(folder, 'link.db');
    symlinkSync(file, link);
    await expect(openSqliteJournal({ file: link }).open()).rejects.toEqual(code('JOURNAL_INVALID'));
    await expect(openSqliteJournal({ file: folder }).open()).rejects.toEqual(code('JOURNAL_INVALID'));
    linkSync(file, join(folder, 'second.db'));
    await expect(fresh().open()).rejects.toEqual(code('JOURNAL_INVALID'));
  });

  test('a folder that is not there, and makes none', async () => {
    const journal = openSqliteJournal({ file: join(folder, 'missing', 'journal.db') });
    await expect(journal.open()).rejects.toEqual(code('JOURNAL_IO'));
  });

  test('a store that another process holds, until that process is killed', async () => {
    const child = spawn(process.execPath, [CHILD, file, 'hold'], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    await once(createInterface({ input: child.stdout }), 'line');
    await expect(fresh().open()).rejects.toEqual(code('JOURNAL_BUSY'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await fresh().open()).toEqual(EMPTY);
  });
});

describe('openSqliteJournal() names the first bad record', () => {
  // Batches start at 0, 2, 4 … 38. The last eight (24 … 38) are checked by open(), the others by whoever
  // reads them.
  test.each([
    [
      'bytes of an old batch changed',
      'UPDATE batches SET bytes = zeroblob(100) WHERE first = 10',
      10,
      'read',
    ],
    ['an old batch is gone', 'DELETE FROM batches WHERE first = 10', 10, 'read'],
    ['the first batch is gone', 'DELETE FROM batches WHERE first = 0', 0, 'read'],
    ['the count of an old batch changed', 'UPDATE batches SET count = 1 WHERE first = 10', 10, 'read'],
    ['the term of an old batch changed', 'UPDATE batches SET term = 2 WHERE first = 10', 10, 'read'],
    ['an old batch moved', 'UPDATE batches SET first = 11 WHERE first = 10', 10, 'read'],
    [
      'an old batch is too long',
      `UPDATE batches SET bytes = zeroblob(${BATCH_BYTES_MAX + 1}) WHERE first = 10`,
      10,
      'read',
    ],
    ['an old batch is empty', "UPDATE batches SET bytes = x'' WHERE first = 10", 10, 'read'],
    [
      'a count is no safe integer',
      'UPDATE batches SET count = 9223372036854775807 WHERE first = 10',
      10,
      'read',
    ],
    [
      'bytes of a late batch changed',
      'UPDATE batches SET bytes = zeroblob(100) WHERE first = 30',
      30,
      'open',
    ],
    ['a late batch is gone', 'DELETE FROM batches WHERE first = 30', 30, 'open'],
    ['the count of the last batch changed', 'UPDATE batches SET count = 1 WHERE first = 38', 38, 'open'],
    ['the term of the last batch changed', 'UPDATE batches SET term = 9 WHERE first = 38', 38, 'open'],
  ])('when %s', async (_, sql, index, where) => {
    await prepared();
    raw(sql);
    const journal = fresh();
    if (where === 'open') {
      await expect(journal.open()).rejects.toEqual(code('JOURNAL_CORRUPT', index));
      return;
    }
    const head = await journal.open();
    await expect(journal.read(0, 1_000_000)).rejects.toEqual(code('JOURNAL_CORRUPT', index));
    await expect(journal.read(index, 1)).rejects.toEqual(code('JOURNAL_CORRUPT', index));
    await expect(readAll(journal, head.size)).rejects.toEqual(code('JOURNAL_CORRUPT', index));
    expect(shapeOf(await readAll(journal, head.size, 12))).toHaveLength(14);
  });

  test('or answers sound batches only, when any one place of the file is damaged', async () => {
    await prepared(3000);
    const sound = readFileSync(file);
    const shapes = Array.from({ length: 20 }, (_, at) => `${at * 2}+2@3`);
    let refused = 0;
    for (let position = 0; position < sound.byteLength; position += PAGE_BYTES / 2) {
      writeFileSync(file, Buffer.from(sound).fill(0xa5, position, position + 600));
      const journal = fresh();
      try {
        const head = await journal.open();
        expect(shapeOf(await readAll(journal, head.size))).toEqual(shapes);
      } catch (failure) {
        expect(failure).toEqual(code('JOURNAL_CORRUPT'));
        refused += 1;
      }
      await journal.close();
    }
    expect(refused).toBeGreaterThan(10);
  });
});

describe('an open SQLite journal', () => {
  test('answers conflict when another connection appended in between', async () => {
    const journal = fresh();
    await journal.open();
    const head = await appendAll(journal, EMPTY, [2], 1);
    raw("INSERT INTO batches VALUES (2, 1, 2, 0, x'00')");
    expect(await journal.append(batchAt(head, 1, 1), head)).toBe('conflict');
    raw('DELETE FROM batches WHERE first = 2');
    expect(await journal.append(batchAt(head, 1, 1), head)).toBe('committed');
  });

  test('keeps its files to their owner', async () => {
    const journal = fresh();
    await journal.open();
    await appendAll(journal, EMPTY, [1, 1], 1);
    for (const suffix of ['', '-wal', '-shm', '.lock', '.reserve']) {
      expect([suffix, statSync(file + suffix).mode & 0o777]).toEqual([suffix, 0o600]);
    }
  });

  test('moves everything out of the log before the first append of an instance is answered', async () => {
    const child = spawn(process.execPath, [CHILD, file, '5', '9000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('committed 6 ')) child.kill('SIGKILL');
    }
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    const journal = fresh();
    const head = await journal.open();
    const next = await appendAll(journal, head, [1], head.term + 1);
    expect(statSync(`${file}-wal`).size).toBe(0);
    await appendAll(journal, next, [1], next.term);
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  });

  test('keeps the log within its bound when far more than that is appended at once', async () => {
    const journal = fresh();
    let head = await journal.open();
    let longest = 0;
    for (let round = 0; round < 180; round += 1) {
      const batch = {
        from: head.size,
        count: 256,
        term: 1,
        bytes: new Uint8Array(BATCH_BYTES_MAX).fill(round),
      };
      expect(await journal.append(batch, head)).toBe('committed');
      head = { size: head.size + 256, term: 1 };
      longest = Math.max(longest, statSync(`${file}-wal`).size);
    }
    expect(statSync(file).size).toBeGreaterThan(WAL_BYTES_MAX);
    expect(longest).toBeLessThan(WAL_BYTES_MAX + 2 * BATCH_BYTES_MAX);
  });

  test('answers unknown when the disk refuses a write in COMMIT, and loses nothing', async () => {
    // A limit on the size of files stands for the disk: the system refuses the write for real, in the
    // middle of a commit.
    const limited = `trap '' XFSZ; ulimit -f 600; exec "$0" "$@"`;
    const child = spawn('bash', ['-c', limited, process.execPath, CHILD, file, '1000', '20000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) lines.push(line);
    const last = lines.at(-1) ?? '';
    const committed = lines.slice(1, -1);
    expect(last).toMatch(/^unknown /);
    expect(committed.length).toBeGreaterThan(5);
    expect(committed.every((line) => line.startsWith('committed '))).toBe(true);
    const journal = fresh();
    const head = await journal.open();
    const promised = Number(committed.at(-1)?.split(' ')[1]);
    const attempted = Number(last.split(' ')[1]);
    expect([promised, attempted]).toContain(head.size);
    await appendAll(journal, head, [1], head.term + 1);
    expect((await readAll(journal, head.size + 1)).length).toBeGreaterThan(committed.length);
  });
});
