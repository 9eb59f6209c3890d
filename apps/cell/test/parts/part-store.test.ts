import { join } from 'node:path';
import { openMemoryPartStore } from '../../src/parts/memory-part-store.ts';
import { openPartStore } from '../../src/parts/open-part-store.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { temporaryDirectory } from '../home/temporary.ts';
import { describePartStore } from './contract.ts';

describePartStore('in memory', async () => {
  const keys = openMemoryKeystore();
  return { keys, store: openMemoryPartStore(keys) };
});

describePartStore('in files', async () => {
  const keys = openMemoryKeystore();
  const directory = join(temporaryDirectory(), 'parts');
  return { keys, store: await openPartStore({ directory, keys }) };
});
