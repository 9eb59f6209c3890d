import { describe, expect, it } from 'vitest';
import { DOMAINS_OPEN_MAX, openHashesByDomain } from '../../src/intake/hashes-by-domain.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';

const idOf = (count: number): string => `ns_${String(count).padStart(26, '0')}`;

/** A keystore that counts how often keys were taken out of it. */
async function counting(count: number) {
  const store = openMemoryKeystore();
  await store.createDomains(Array.from({ length: count }, (_, at) => idOf(at)));
  const taken: string[] = [];
  const keys = {
    has: store.has,
    nonceRoot: store.nonceRoot,
    tagKey(domain: string) {
      taken.push(domain);
      return store.tagKey(domain);
    },
  };
  return { store, keys, taken };
}

describe('openHashesByDomain()', () => {
  it('of() opens the keys of a namespace once', async () => {
    const { keys, taken } = await counting(2);
    const hashes = openHashesByDomain(keys);
    expect(hashes.of(idOf(0))).toBe(hashes.of(idOf(0)));
    hashes.of(idOf(1));
    expect(taken).toEqual([idOf(0), idOf(1)]);
  });

  it('of() keeps so many open, and lets go of the one that was not asked for the longest', async () => {
    const { keys, taken } = await counting(DOMAINS_OPEN_MAX + 1);
    const hashes = openHashesByDomain(keys);
    for (let at = 0; at < DOMAINS_OPEN_MAX; at += 1) hashes.of(idOf(at));
    hashes.of(idOf(0));
    hashes.of(idOf(DOMAINS_OPEN_MAX));
    taken.length = 0;
    hashes.of(idOf(0));
    expect(taken).toEqual([]);
    hashes.of(idOf(1));
    expect(taken).toEqual([idOf(1)]);
  });

  it('forget() lets go of keys at once, and of() refuses when they are destroyed', async () => {
    const { store, keys, taken } = await counting(1);
    const hashes = openHashesByDomain(keys);
    const before = hashes.of(idOf(0));
    hashes.forget(idOf(0));
    expect(hashes.of(idOf(0))).not.toBe(before);
    expect(taken).toHaveLength(2);
    await store.destroyDomains([idOf(0)]);
    expect(() => hashes.of(idOf(0))).toThrow(expect.objectContaining({ code: 'NAMESPACE_ERASED' }));
  });
});
