import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import { describeJournal } from './contract.ts';

describeJournal('openSqliteJournal()', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'writ-journal-'));
  return {
    fresh: () => openSqliteJournal({ file: join(folder, 'journal.db'), reserve_bytes: 4096 }),
    dispose: () => rm(folder, { recursive: true }),
    isExclusive: true,
    histories: 2,
  };
});
