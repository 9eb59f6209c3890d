import { decodeBase64url, sha256Base64url } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { openRecordedParts, type RecordedParts } from '../../src/cell/recorded-parts.ts';
import { openMemoryPartStore } from '../../src/parts/memory-part-store.ts';
import type { PartStore } from '../../src/parts/part-store.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';

const DOMAIN = 'ns_00000000000000000000000001';
/** More than a quarter of what is kept at hand. */
const LARGE = 9 * 1_024 * 1_024;

async function openStore(): Promise<{
  readonly parts: PartStore;
  readonly recorded: RecordedParts;
  readonly put: (index: number, text: string) => Promise<string>;
}> {
  const keys = openMemoryKeystore();
  await keys.createDomains([DOMAIN]);
  const parts = openMemoryPartStore(keys);
  const put = async (index: number, text: string): Promise<string> => {
    const commitment = sha256Base64url(text);
    const plaintext = Uint8Array.from(Buffer.from(text, 'utf8'));
    await parts.put([{ index, domain: DOMAIN, commitment: decodeBase64url(commitment), plaintext }]);
    return commitment;
  };
  return { parts, recorded: openRecordedParts(parts), put };
}

describe('recordedParts', () => {
  it('read() opens from the store what is not at hand, as text', async () => {
    const { recorded, put } = await openStore();
    expect(await recorded.read(3, await put(3, 'Zo\u00eb \ud83d\ude00'))).toBe('Zo\u00eb \ud83d\ude00');
  });

  it('read() answers from memory what was remembered, until it is forgotten', async () => {
    const { recorded } = await openStore();
    const commitment = sha256Base64url('never stored');
    recorded.remember(commitment, 'never stored');
    expect(await recorded.read(3, commitment)).toBe('never stored');
    recorded.forget(commitment);
    recorded.forget(commitment);
    expect(await recorded.read(3, commitment)).toBeNull();
  });

  it('read() gives nothing of another commitment than was asked for', async () => {
    const { recorded, put } = await openStore();
    await put(3, 'one');
    expect(await recorded.read(3, sha256Base64url('two'))).toBeNull();
  });

  it('read() gives nothing after an erasure, once memory has forgotten too', async () => {
    const { parts, recorded, put } = await openStore();
    const commitment = await put(3, 'a secret');
    recorded.remember(commitment, 'a secret');
    recorded.forgetAll();
    await parts.erase([3]);
    expect(await recorded.read(3, commitment)).toBeNull();
  });

  it('remember() lets the oldest go when the memory is full', async () => {
    const { recorded } = await openStore();
    const commitments = [0, 1, 2, 3].map((number) => sha256Base64url(String(number)));
    const held = async (): Promise<readonly boolean[]> => {
      const all = await Promise.all(commitments.map((commitment) => recorded.read(0, commitment)));
      return all.map((part) => part !== null);
    };
    for (const commitment of commitments.slice(0, 3)) recorded.remember(commitment, 'x'.repeat(LARGE));
    expect(await held()).toEqual([true, true, true, false]);
    // Remembered again it is the newest, and counted once.
    recorded.remember(commitments[0] ?? '', 'x'.repeat(LARGE));
    expect(await held()).toEqual([true, true, true, false]);
    recorded.remember(commitments[3] ?? '', 'x'.repeat(LARGE));
    expect(await held()).toEqual([true, false, true, true]);
  });

  it('forget() and forgetAll() give the room back', async () => {
    const { recorded } = await openStore();
    const [one, two, three] = ['1', '2', '3'].map((text) => sha256Base64url(text));
    const remember = (commitment: string | undefined): void =>
      recorded.remember(commitment ?? '', 'x'.repeat(2 * LARGE));
    remember(one);
    recorded.forget(one ?? '');
    recorded.forget('never remembered');
    remember(two);
    expect(await recorded.read(0, two ?? '')).not.toBeNull();
    recorded.forgetAll();
    remember(three);
    remember(one);
    expect(await recorded.read(0, one ?? '')).not.toBeNull();
    expect(await recorded.read(0, three ?? '')).toBeNull();
  });
});
