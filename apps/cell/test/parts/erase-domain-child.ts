import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openPartStore } from '../../src/parts/open-part-store.ts';
import { openFileMasterKeys } from '../../src/sealing/file-master-keys.ts';
import { createKeystore } from '../../src/sealing/open-keystore.ts';

/** Fills a store, begins an erasure, and reports each step on a line of its own until it is killed. */
const [root = '', canary = '', count = '0'] = process.argv.slice(2);
const keys = join(root, 'keys');
const keystore = await createKeystore({ directory: keys, masters: openFileMasterKeys(keys) });
await keystore.createDomains(['ns_gone', 'ns_kept']);
const store = await openPartStore({ directory: join(root, 'parts'), keys: keystore });
for (let start = 0; start < Number(count); start += 500) {
  await store.put(
    Array.from({ length: 500 }, (_, part) => {
      const text = `${canary} ${start + part} ${'.'.repeat(300)}`;
      return {
        index: start + part,
        domain: part % 10 === 0 ? 'ns_kept' : 'ns_gone',
        commitment: createHash('sha256').update(text).digest(),
        plaintext: new TextEncoder().encode(text),
      };
    }),
  );
}
console.log('begin');
await store.eraseDomain('ns_gone', ({ erased }) => console.log(`erased ${erased}`));
console.log('end');
// Long enough to be killed, and not for ever if nobody does.
setTimeout(() => {}, 30_000);
