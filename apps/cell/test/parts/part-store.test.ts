import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryPartStore } from '../../src/parts/memory-part-store.ts';
import { openPartStore } from '../../src/parts/open-part-store.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { describePartStore } from './contract.ts';

describePartStore('in memory', async () => {
  const keys = openMemoryKeystore();
  return { keys, store: openMemoryPartStore(keys) };
});

describePartStore('in files', async () => {
  const keys = openMemoryKeystore();
  const directory = join(mkdtempSync(join(tmpdir(), 'writ-parts-')), 'parts');
  return { keys, store: await openPartStore({ directory, keys }) };
});
