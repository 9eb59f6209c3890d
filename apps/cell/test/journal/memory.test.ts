import { createMemoryStore, openMemoryJournal } from '../../src/journal/memory.ts';
import { describeJournal } from './contract.ts';

describeJournal('openMemoryJournal()', async () => {
  const store = createMemoryStore();
  return {
    fresh: () => openMemoryJournal(store),
    dispose: async () => {},
    isExclusive: false,
    histories: 300,
  };
});
