import { describe, expect, test } from 'vitest';
import type { Keystore } from '../../src/sealing/keystore.ts';
import type { MasterKeys } from '../../src/sealing/master-key.ts';

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

/** The contract of the keystore port; each adapter's test is one call. */
export function describeKeystore(name: string, open: () => Promise<Keystore>): void {
  describe(`keystore ${name}`, () => {
    test('createDomains() gives every domain keys of its own, once', async () => {
      const store = await open();
      await store.createDomains(['ns_a', 'ns_b']);
      const before = hex(store.dataKey('ns_a')?.key);
      await store.createDomains(['ns_a']);
      expect(hex(store.dataKey('ns_a')?.key)).toBe(before);
      const all = ['ns_a', 'ns_b'].flatMap((domain) => [
        hex(store.dataKey(domain)?.key),
        hex(store.nonceRoot(domain)),
        hex(store.tagKey(domain)),
      ]);
      expect(new Set(all).size).toBe(6);
      expect(all.every((key) => key.length === 64)).toBe(true);
      expect(store.size()).toBe(2);
      await store.close();
    });

    test('nonceRoot() and tagKey() are the same each time', async () => {
      const store = await open();
      await store.createDomains(['ns_a']);
      expect(hex(store.nonceRoot('ns_a'))).toBe(hex(store.nonceRoot('ns_a')));
      expect(hex(store.tagKey('ns_a'))).toBe(hex(store.tagKey('ns_a')));
      await store.close();
    });

    test('destroyDomains() forgets the named domains only, and may be repeated', async () => {
      const store = await open();
      await store.createDomains(['ns_a', 'ns_b', 'ns_c']);
      const kept = hex(store.dataKey('ns_c')?.key);
      await store.destroyDomains(['ns_a', 'ns_b']);
      await store.destroyDomains(['ns_a', 'never_was']);
      expect([store.has('ns_a'), store.has('ns_b'), store.has('ns_c')]).toEqual([false, false, true]);
      expect(store.dataKey('ns_a')).toBeUndefined();
      expect(() => store.nonceRoot('ns_a')).toThrow(/^DOMAIN_UNKNOWN/);
      expect(() => store.tagKey('ns_b')).toThrow(/^DOMAIN_UNKNOWN/);
      expect(hex(store.dataKey('ns_c')?.key)).toBe(kept);
      await store.close();
    });

    test('createDomains() gives new keys when a domain was destroyed', async () => {
      const store = await open();
      await store.createDomains(['ns_a']);
      const before = [store.dataKey('ns_a')?.id, store.nonceRoot('ns_a'), store.tagKey('ns_a')].map(hex);
      await store.destroyDomains(['ns_a']);
      await store.createDomains(['ns_a']);
      const after = [store.dataKey('ns_a')?.id, store.nonceRoot('ns_a'), store.tagKey('ns_a')].map(hex);
      expect(after.some((key) => before.includes(key))).toBe(false);
      await store.close();
    });

    test('changes in parallel are applied one after another', async () => {
      const store = await open();
      const domains = Array.from({ length: 12 }, (_, index) => `ns_${index}`);
      await Promise.all(domains.map((domain) => store.createDomains([domain, 'ns_shared'])));
      expect(store.size()).toBe(13);
      await Promise.all(domains.slice(0, 6).map((domain) => store.destroyDomains([domain])));
      expect(store.size()).toBe(7);
      await store.close();
    });

    test.each(['', '../keys', 'a/b', '.hidden', 'a b', 'ä', 'x'.repeat(65), 'a\0', '-a'])(
      'createDomains() and destroyDomains() refuse the domain %j',
      async (domain) => {
        const store = await open();
        await expect(store.createDomains(['fine', domain])).rejects.toMatchObject({ code: 'DOMAIN_INVALID' });
        await expect(store.destroyDomains([domain])).rejects.toMatchObject({ code: 'DOMAIN_INVALID' });
        expect(store.size()).toBe(0);
        await store.close();
      },
    );

    test('every call refuses once the keystore is closed', async () => {
      const store = await open();
      await store.createDomains(['ns_a']);
      await store.close();
      await store.close();
      expect(() => store.has('ns_a')).toThrow(/^KEYSTORE_CLOSED/);
      expect(() => store.dataKey('ns_a')).toThrow(/^KEYSTORE_CLOSED/);
      expect(() => store.nonceRoot('ns_a')).toThrow(/^KEYSTORE_CLOSED/);
      await expect(store.createDomains(['ns_b'])).rejects.toMatchObject({ code: 'KEYSTORE_CLOSED' });
      await expect(store.destroyDomains(['ns_a'])).rejects.toMatchObject({ code: 'KEYSTORE_CLOSED' });
    });
  });
}

/** The contract of the master key port. */
export function describeMasterKeys(name: string, open: () => Promise<MasterKeys>): void {
  const first = '00112233445566aa-1';
  const second = '00112233445566aa-2';
  const key = Uint8Array.from({ length: 32 }, (_, index) => index);
  const context = new TextEncoder().encode('context');

  describe(`master keys ${name}`, () => {
    test('unwrap() is the inverse of wrap() under the same key and context only', async () => {
      const masters = await open();
      await masters.create(first);
      await masters.create(second);
      const wrapped = await masters.wrap(first, key, context);
      expect(hex(await masters.unwrap(first, wrapped, context))).toBe(hex(key));
      const wrong = { code: 'MASTER_WRONG' };
      await expect(masters.unwrap(second, wrapped, context)).rejects.toMatchObject(wrong);
      await expect(masters.unwrap(first, wrapped, key)).rejects.toMatchObject(wrong);
      await expect(masters.unwrap(first, wrapped.subarray(1), context)).rejects.toMatchObject(wrong);
      await expect(masters.unwrap(first, new Uint8Array(3), context)).rejects.toMatchObject(wrong);
    });

    test('create() replaces, destroy() ends, and both may be repeated', async () => {
      const masters = await open();
      await masters.create(first);
      const wrapped = await masters.wrap(first, key, context);
      await masters.create(first);
      await expect(masters.unwrap(first, wrapped, context)).rejects.toMatchObject({ code: 'MASTER_WRONG' });
      await masters.destroy(first);
      await masters.destroy(first);
      await expect(masters.unwrap(first, wrapped, context)).rejects.toMatchObject({ code: 'MASTER_MISSING' });
      await expect(masters.wrap(first, key, context)).rejects.toMatchObject({ code: 'MASTER_MISSING' });
    });
  });
}
