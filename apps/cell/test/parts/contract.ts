import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Part, PartStore } from '../../src/parts/part-store.ts';
import type { Keystore } from '../../src/sealing/keystore.ts';

export const commitmentOf = (text: string): Uint8Array => createHash('sha256').update(text).digest();

export function partOf(index: number, domain: string, text: string): Part {
  return { index, domain, commitment: commitmentOf(text), plaintext: new TextEncoder().encode(text) };
}

export async function textAt(store: PartStore, index: number, text: string): Promise<string> {
  const content = await store.get(index, commitmentOf(text));
  return typeof content === 'string' ? `(${content})` : new TextDecoder().decode(content);
}

export type OpenedParts = { readonly store: PartStore; readonly keys: Keystore };

/** The contract of the part store port; each adapter's test is one call. */
export function describePartStore(name: string, open: () => Promise<OpenedParts>): void {
  async function opened(use: (parts: OpenedParts) => Promise<void>): Promise<void> {
    const parts = await open();
    await parts.keys.createDomains(['ns_a', 'ns_b']);
    try {
      await use(parts);
    } finally {
      await parts.store.close();
      await parts.keys.close();
    }
  }

  describe(`part store ${name}: put and get`, () => {
    test('get() gives what put() was given, empty and largest parts too', () =>
      opened(async ({ store }) => {
        const texts = ['', 'a', 'ä\0\n', 'x'.repeat(48 * 1024)];
        await store.put(texts.map((text, index) => partOf(index * 70, index % 2 ? 'ns_a' : 'ns_b', text)));
        for (const [index, text] of texts.entries()) expect(await textAt(store, index * 70, text)).toBe(text);
        const requests = texts.map((text, index) => ({ index: index * 70, commitment: commitmentOf(text) }));
        const contents = await store.getMany([...requests, { index: 999, commitment: commitmentOf('') }]);
        const decoded = contents.map((content) =>
          typeof content === 'string' ? content : new TextDecoder().decode(content),
        );
        expect(decoded).toEqual([...texts, 'missing']);
      }));

    test('put() has read its parts when it returns', () =>
      opened(async ({ store }) => {
        const part = partOf(1, 'ns_a', 'before');
        const pending = store.put([part]);
        part.plaintext.fill(0);
        part.commitment.fill(0);
        await pending;
        expect(await textAt(store, 1, 'before')).toBe('before');
      }));

    test('get() says missing for an absent record and for another commitment', () =>
      opened(async ({ store }) => {
        await store.put([partOf(5, 'ns_a', 'five')]);
        expect(await textAt(store, 4, 'five')).toBe('(missing)');
        expect(await textAt(store, 6, 'five')).toBe('(missing)');
        expect(await textAt(store, 5, 'other')).toBe('(missing)');
      }));

    test('put() replaces an orphan when the record is put again', () =>
      opened(async ({ store }) => {
        await store.put([partOf(7, 'ns_a', 'orphan'), partOf(8, 'ns_a', 'eight')]);
        await store.put([partOf(7, 'ns_b', 'seven')]);
        expect(await textAt(store, 7, 'seven')).toBe('seven');
        expect(await textAt(store, 7, 'orphan')).toBe('(missing)');
        expect(await textAt(store, 8, 'eight')).toBe('eight');
      }));

    test('puts in parallel are all kept', () =>
      opened(async ({ store }) => {
        const calls = Array.from({ length: 40 }, (_, call) =>
          store.put(
            Array.from({ length: 10 }, (_, part) => partOf(call * 10 + part, 'ns_a', `${call}/${part}`)),
          ),
        );
        await Promise.all(calls);
        for (let index = 0; index < 400; index += 1) {
          const text = `${Math.floor(index / 10)}/${index % 10}`;
          expect(await textAt(store, index, text)).toBe(text);
        }
      }));

    test('put() takes nothing and refuses what is out of bounds, keeping nothing of the call', () =>
      opened(async ({ store }) => {
        await store.put([]);
        const good = partOf(1, 'ns_a', 'good');
        const refused: readonly (readonly [Part, string])[] = [
          [{ ...good, index: -1 }, 'PART_INVALID'],
          [{ ...good, index: 0.5 }, 'PART_INVALID'],
          [{ ...good, index: Number.NaN }, 'PART_INVALID'],
          [{ ...good, index: 2 ** 41 }, 'PART_INVALID'],
          [{ ...good, index: 1 }, 'PART_INVALID'],
          [{ ...good, index: 2, commitment: new Uint8Array(31) }, 'PART_INVALID'],
          [partOf(2, 'ns_a', 'x'.repeat(48 * 1024 + 1)), 'PART_TOO_LARGE'],
          [partOf(2, 'ns_unknown', 'x'), 'DOMAIN_UNKNOWN'],
        ];
        for (const [part, code] of refused) {
          await expect(store.put([good, part])).rejects.toMatchObject({ code });
        }
        const many = Array.from({ length: 1025 }, (_, index) => partOf(index, 'ns_a', ''));
        await expect(store.put(many)).rejects.toMatchObject({ code: 'PART_INVALID' });
        expect(await textAt(store, 1, 'good')).toBe('(missing)');
        await expect(store.get(1, new Uint8Array(3))).rejects.toMatchObject({ code: 'PART_INVALID' });
        await expect(store.erase([1, -1])).rejects.toMatchObject({ code: 'PART_INVALID' });
        await expect(store.sweepOrphans(-1)).rejects.toMatchObject({ code: 'PART_INVALID' });
      }));
  });

  describe(`part store ${name}: erasure`, () => {
    test('erase() erases the named records only, and may be repeated', () =>
      opened(async ({ store }) => {
        await store.put([1, 2, 3].map((index) => partOf(index, 'ns_a', `part ${index}`)));
        await store.erase([1, 3, 99]);
        await store.erase([1]);
        expect(await textAt(store, 1, 'part 1')).toBe('(erased)');
        expect(await textAt(store, 2, 'part 2')).toBe('part 2');
        expect(await textAt(store, 3, 'part 3')).toBe('(erased)');
        expect(await textAt(store, 99, 'part 99')).toBe('(missing)');
      }));

    test('erase() takes any number of records, most of them without a part', () =>
      opened(async ({ store }) => {
        await store.put([partOf(0, 'ns_a', 'first'), partOf(4999, 'ns_a', 'last')]);
        await store.erase(Array.from({ length: 5000 }, (_, index) => index));
        expect([await textAt(store, 0, 'first'), await textAt(store, 4999, 'last')]).toEqual([
          '(erased)',
          '(erased)',
        ]);
        await store.erase([]);
      }));

    test('eraseDomain() erases that domain, its keys included, and tells its progress', () =>
      opened(async ({ store, keys }) => {
        const parts = Array.from({ length: 30 }, (_, index) =>
          partOf(index, index % 2 ? 'ns_a' : 'ns_b', `${index}`),
        );
        await store.put(parts);
        const progress: number[] = [];
        await store.eraseDomain('ns_a', ({ erased }) => progress.push(erased));
        await store.eraseDomain('ns_a');
        await store.eraseDomain('ns_never');
        expect(progress.at(-1)).toBe(15);
        expect(keys.has('ns_a')).toBe(false);
        expect(store.unfinishedErasures()).toEqual([]);
        for (let index = 0; index < 30; index += 1) {
          expect(await textAt(store, index, `${index}`)).toBe(index % 2 ? '(erased)' : `${index}`);
        }
        await expect(store.put([partOf(40, 'ns_a', 'late')])).rejects.toMatchObject({
          code: 'DOMAIN_UNKNOWN',
        });
        await expect(store.eraseDomain('../x')).rejects.toMatchObject({ code: 'DOMAIN_INVALID' });
      }));

    test('get() says erased as soon as the key is gone, and never revives it', () =>
      opened(async ({ store, keys }) => {
        await store.put([partOf(1, 'ns_a', 'one')]);
        expect(await textAt(store, 1, 'one')).toBe('one');
        await store.eraseDomain('ns_a');
        await keys.createDomains(['ns_a']);
        await store.put([partOf(2, 'ns_a', 'two')]);
        expect(await textAt(store, 1, 'one')).toBe('(erased)');
        expect(await textAt(store, 2, 'two')).toBe('two');
        await store.resumeErasures();
        expect(await textAt(store, 2, 'two')).toBe('two');
      }));

    test('sweepOrphans() erases beyond the durable size, and refuses when that is too much', () =>
      opened(async ({ store }) => {
        await store.put(Array.from({ length: 20 }, (_, index) => partOf(index, 'ns_a', `${index}`)));
        const refused = store.sweepOrphans(10, { orphans_max: 9 });
        await expect(refused).rejects.toMatchObject({ code: 'SWEEP_REFUSED', index: 10 });
        expect(await textAt(store, 19, '19')).toBe('19');
        expect(await store.sweepOrphans(10)).toBe(10);
        expect(await store.sweepOrphans(10)).toBe(0);
        expect(await textAt(store, 9, '9')).toBe('9');
        expect(await textAt(store, 10, '10')).toBe('(missing)');
        await store.put([partOf(10, 'ns_a', 'ten')]);
        expect(await textAt(store, 10, 'ten')).toBe('ten');
      }));

    test('every call refuses once the store is closed', () =>
      opened(async ({ store }) => {
        await store.put([partOf(1, 'ns_a', 'one')]);
        await store.close();
        await store.close();
        const closed = { code: 'PARTS_CLOSED' };
        await expect(store.put([partOf(2, 'ns_a', 'two')])).rejects.toMatchObject(closed);
        await expect(store.get(1, commitmentOf('one'))).rejects.toMatchObject(closed);
        await expect(store.erase([1])).rejects.toMatchObject(closed);
        await expect(store.eraseDomain('ns_a')).rejects.toMatchObject(closed);
        await expect(store.resumeErasures()).rejects.toMatchObject(closed);
        await expect(store.sweepOrphans(0)).rejects.toMatchObject(closed);
      }));
  });
}
