import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BlobStore } from '../../src/blobs/blob-store.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const digestOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64url');

/** The contract of the blob store port; each adapter's test is one call. */
export function describeBlobStore(name: string, open: () => Promise<BlobStore>): void {
  describe(`blob store ${name}`, () => {
    test('put() gives the digest and get() the bytes, also when repeated and in parallel', async () => {
      const store = await open();
      for (const content of [new Uint8Array(0), bytes('policy'), bytes('x'.repeat(1024 * 1024))]) {
        const digests = await Promise.all([store.put(content), store.put(content), store.put(content)]);
        expect(new Set(digests)).toEqual(new Set([digestOf(content)]));
        const read = await store.get(digestOf(content));
        expect(Buffer.from(read).equals(content)).toBe(true);
      }
    });

    test('put() has read the bytes when it returns', async () => {
      const store = await open();
      const content = bytes('before');
      const pending = store.put(content);
      content.fill(0);
      expect(await pending).toBe(digestOf(bytes('before')));
      expect(await store.get(await pending)).toEqual(bytes('before'));
    });

    test('get() says missing for an unknown digest', async () => {
      expect(await (await open()).get(digestOf(bytes('never put')))).toBe('missing');
    });

    test('put() and get() bound the size by kind', async () => {
      const store = await open();
      const tooLarge = { code: 'BLOB_TOO_LARGE' };
      await expect(store.put(new Uint8Array(4 * 1024 * 1024 + 1))).rejects.toMatchObject(tooLarge);
      await expect(store.put(new Uint8Array(8 * 1024 * 1024 + 1), 'engine')).rejects.toMatchObject(tooLarge);
      const digest = await store.put(new Uint8Array(8 * 1024 * 1024), 'engine');
      expect(await store.get(digest, 'engine')).toHaveLength(8 * 1024 * 1024);
      await expect(store.get(digest)).rejects.toMatchObject(tooLarge);
    });

    test.each([
      '',
      '../../etc/passwd',
      'a'.repeat(43),
      `${'A'.repeat(42)}B`,
      `${'A'.repeat(43)}=`,
      'A'.repeat(44),
    ])('get() refuses the digest %j', async (digest) => {
      await expect((await open()).get(digest)).rejects.toMatchObject({ code: 'BLOB_DIGEST_INVALID' });
    });
  });
}
