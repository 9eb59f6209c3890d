import { chmodSync, copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openFileMasterKeys } from '../../src/sealing/file-master-keys.ts';
import type { Keystore } from '../../src/sealing/keystore.ts';
import type { MasterKeys } from '../../src/sealing/master-key.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { openMemoryMasterKeys } from '../../src/sealing/memory-master-keys.ts';
import { createKeystore, openKeystore } from '../../src/sealing/open-keystore.ts';
import { temporaryDirectory } from '../home/temporary.ts';
import { describeKeystore, describeMasterKeys } from './contract.ts';

const place = (directory: string) => ({ directory, masters: openFileMasterKeys(directory) });
const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
const mastersIn = (directory: string): string[] =>
  readdirSync(directory).filter((name) => name.startsWith('master-'));

let directory = '';
beforeEach(() => {
  directory = temporaryDirectory();
});

describeKeystore('in memory', async () => openMemoryKeystore());
describeKeystore('in a file', () => createKeystore(place(temporaryDirectory())));
describeKeystore('in a file under memory masters', () =>
  createKeystore({ directory: temporaryDirectory(), masters: openMemoryMasterKeys() }),
);
describeMasterKeys('in memory', async () => openMemoryMasterKeys());
describeMasterKeys('in files', async () => openFileMasterKeys(temporaryDirectory()));

async function withKeystore<T>(where: string, use: (store: Keystore) => Promise<T>): Promise<T> {
  const store = await openKeystore(place(where));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function foundWith(...domains: readonly string[]): Promise<void> {
  const store = await createKeystore(place(directory));
  await store.createDomains(domains);
  await store.close();
}

describe('the keystore file', () => {
  test('openKeystore() finds the same keys again', async () => {
    const store = await createKeystore(place(directory));
    await store.createDomains(['ns_a', 'ns_b']);
    const keys = [store.dataKey('ns_a')?.key, store.dataKey('ns_a')?.id, store.nonceRoot('ns_b')].map(hex);
    await store.close();
    await withKeystore(directory, async (again) => {
      expect(
        [again.dataKey('ns_a')?.key, again.dataKey('ns_a')?.id, again.nonceRoot('ns_b')].map(hex),
      ).toEqual(keys);
      expect(again.size()).toBe(2);
    });
  });

  test('createKeystore() refuses an existing one and openKeystore() a missing one', async () => {
    await expect(openKeystore(place(directory))).rejects.toMatchObject({ code: 'KEYSTORE_MISSING' });
    await foundWith('ns_a');
    await expect(createKeystore(place(directory))).rejects.toMatchObject({ code: 'KEYSTORE_EXISTS' });
    expect(mastersIn(directory)).toHaveLength(1);
    await withKeystore(directory, async (store) => expect(store.has('ns_a')).toBe(true));
  });

  test('openKeystore() refuses a second user of the directory', async () => {
    const store = await createKeystore(place(directory));
    await expect(openKeystore(place(directory))).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await store.close();
  });

  test('openKeystore() names every change of a single byte', async () => {
    await foundWith('ns_a');
    const path = join(directory, 'keystore');
    const original = readFileSync(path);
    const codes = new Set<unknown>();
    for (let offset = 0; offset < original.length; offset += 1) {
      const changed = Buffer.from(original);
      changed[offset] = (changed[offset] ?? 0) ^ 0x40;
      writeFileSync(path, changed);
      const failure = await openKeystore(place(directory)).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Error);
      codes.add((failure as { code?: unknown }).code);
    }
    const expected = ['KEYSTORE_CORRUPT', 'KEYSTORE_VERSION', 'MASTER_MISSING', 'MASTER_WRONG'];
    expect(codes).toEqual(new Set(expected));
    for (const length of [0, 5, 20, 60, original.length - 1]) {
      writeFileSync(path, original.subarray(0, length));
      await expect(openKeystore(place(directory))).rejects.toThrow(/^(KEYSTORE_CORRUPT|MASTER_WRONG)/);
    }
    writeFileSync(path, original);
    await withKeystore(directory, async (store) => expect(store.has('ns_a')).toBe(true));
  });

  test('openKeystore() refuses a missing, foreign, damaged or shared master key', async () => {
    await foundWith('ns_a');
    const master = join(directory, mastersIn(directory)[0] ?? '');
    const original = readFileSync(master, 'utf8');
    const expectCode = async (code: string): Promise<void> => {
      await expect(openKeystore(place(directory))).rejects.toMatchObject({ code });
    };
    writeFileSync(master, original.replace(/\n.{4}/, '\nAAAA'));
    await expectCode('MASTER_WRONG');
    for (const damaged of ['', original.slice(0, -1), `${original}x`, original.replace('v1', 'v2')]) {
      writeFileSync(master, damaged);
      await expectCode('MASTER_MALFORMED');
    }
    writeFileSync(master, original);
    chmodSync(master, 0o640);
    await expectCode('KEY_PERMISSIONS');
    rmSync(master);
    await expectCode('MASTER_MISSING');
  });

  test('the files never hold a key or a domain in clear', async () => {
    const store = await createKeystore(place(directory));
    await store.createDomains(['ns_visible']);
    const secrets = [store.dataKey('ns_visible')?.key ?? new Uint8Array(0), store.nonceRoot('ns_visible')];
    const content = Buffer.concat([readFileSync(join(directory, 'keystore'))]);
    for (const secret of secrets) expect(content.includes(Buffer.from(secret))).toBe(false);
    expect(content.includes('ns_visible')).toBe(false);
    await store.close();
  });
});

describe('erasure', () => {
  test('destroyDomains() makes every earlier copy of the keystore useless', async () => {
    await foundWith('ns_a', 'ns_b');
    const copy = join(temporaryDirectory(), 'copy');
    copyFileSync(join(directory, 'keystore'), copy);
    const before = mastersIn(directory);
    await withKeystore(directory, (store) => store.destroyDomains(['ns_a']));
    expect(mastersIn(directory).filter((name) => before.includes(name))).toEqual([]);
    expect(mastersIn(directory)).toHaveLength(1);
    const current = readFileSync(join(directory, 'keystore'));
    copyFileSync(copy, join(directory, 'keystore'));
    await expect(openKeystore(place(directory))).rejects.toMatchObject({ code: 'MASTER_MISSING' });
    writeFileSync(join(directory, 'keystore'), current);
    await withKeystore(directory, async (store) => {
      expect([store.has('ns_a'), store.has('ns_b')]).toEqual([false, true]);
    });
  });

  /** A copy of the directory as a crash would leave it, before and after each step on a master key. */
  function recordSteps(): { masters: MasterKeys; images: string[] } {
    const masters = openFileMasterKeys(directory);
    const images: string[] = [];
    const record = (): void => {
      const image = temporaryDirectory();
      cpSync(directory, image, { recursive: true, filter: (path) => !path.includes('lock.') });
      images.push(image);
    };
    const around = async <T>(step: () => Promise<T>): Promise<T> => {
      record();
      const result = await step();
      record();
      return result;
    };
    return {
      images,
      masters: {
        create: (id) => around(() => masters.create(id)),
        wrap: (id, key, context) => around(() => masters.wrap(id, key, context)),
        unwrap: (id, key, context) => masters.unwrap(id, key, context),
        destroy: (id) => around(() => masters.destroy(id)),
      },
    };
  }

  test('openKeystore() finds one whole generation and finishes it at every point of a crash', async () => {
    await foundWith('ns_a', 'ns_b');
    const { masters, images } = recordSteps();
    const store = await openKeystore({ directory, masters });
    images.length = 0;
    await store.destroyDomains(['ns_a']);
    await store.close();
    expect(images.length).toBeGreaterThanOrEqual(8);
    const states: boolean[] = [];
    for (const image of images) {
      await withKeystore(image, async (again) => {
        expect(again.has('ns_b')).toBe(true);
        states.push(again.has('ns_a'));
        expect(mastersIn(image)).toHaveLength(1);
        await again.destroyDomains(['ns_a']);
        expect(again.has('ns_a')).toBe(false);
        await again.createDomains(['ns_c']);
      });
      await withKeystore(image, async (again) => {
        expect([again.has('ns_a'), again.has('ns_b'), again.has('ns_c')]).toEqual([false, true, true]);
      });
      expect(mastersIn(image)).toHaveLength(1);
    }
    // Both generations were met, and the old one never came back after the new one.
    expect(states[0]).toBe(true);
    expect(states.at(-1)).toBe(false);
    expect(states.lastIndexOf(true)).toBe(states.indexOf(false) - 1);
  });

  test('openKeystore() removes what a crash left of writing a next master key or keystore', async () => {
    await foundWith('ns_a');
    const next = (mastersIn(directory)[0] ?? '').replace('-1.key', '-2.key');
    for (const name of [`${next}.0011223344556677.tmp`, next, 'keystore.0011223344556677.tmp']) {
      writeFileSync(join(directory, name), 'half', { mode: 0o600 });
    }
    await withKeystore(directory, async (store) => expect(store.has('ns_a')).toBe(true));
    const left = readdirSync(directory).filter((name) => !name.startsWith('lock.'));
    expect(left.sort()).toEqual(['keystore', ...mastersIn(directory)].sort());
    expect(mastersIn(directory)).toHaveLength(1);
  });

  test('openKeystore() removes a master key that was overwritten but not unlinked', async () => {
    await foundWith('ns_a');
    const [old] = mastersIn(directory);
    await withKeystore(directory, (store) => store.destroyDomains(['ns_a']));
    writeFileSync(join(directory, old ?? ''), new Uint8Array(63), { mode: 0o600 });
    await withKeystore(directory, async (store) => expect(store.size()).toBe(0));
    expect(mastersIn(directory)).toHaveLength(1);
  });

  test.each(['create', 'wrap', 'destroy'] as const)(
    'destroyDomains() rejects and succeeds when repeated after %s failed',
    async (step) => {
      await foundWith('ns_a', 'ns_b');
      const masters = openFileMasterKeys(directory);
      let failing = false;
      const faulty: MasterKeys = {
        ...masters,
        [step]: async (...given: [string, Uint8Array, Uint8Array]) => {
          if (failing) throw new Error('no answer');
          return await masters[step](...given);
        },
      };
      const store = await openKeystore({ directory, masters: faulty });
      failing = true;
      await expect(store.destroyDomains(['ns_a'])).rejects.toMatchObject({ code: 'KEYSTORE_WRITE_FAILED' });
      await expect(store.destroyDomains(['ns_a'])).rejects.toMatchObject({ code: 'KEYSTORE_WRITE_FAILED' });
      failing = false;
      await store.destroyDomains(['ns_a']);
      expect([store.has('ns_a'), store.has('ns_b')]).toEqual([false, true]);
      await store.createDomains(['ns_c']);
      await store.close();
      expect(mastersIn(directory)).toHaveLength(1);
      await withKeystore(directory, async (again) => expect(again.size()).toBe(2));
    },
  );

  test('createDomains() rejects when the file cannot be written and recovers by itself', async () => {
    if (process.geteuid?.() === 0) {
      // Root ignores modes: a directory in the place of the file refuses the rename instead.
      await foundWith('ns_a');
      const store = await openKeystore(place(directory));
      const path = join(directory, 'keystore');
      const bytes = readFileSync(path);
      rmSync(path);
      cpSync(temporaryDirectory(), path, { recursive: true });
      await expect(store.createDomains(['ns_b'])).rejects.toMatchObject({ code: 'KEYSTORE_WRITE_FAILED' });
      expect(store.has('ns_b')).toBe(false);
      rmSync(path, { recursive: true });
      writeFileSync(path, bytes, { mode: 0o600 });
      await store.createDomains(['ns_b']);
      await store.close();
    } else {
      const store = await createKeystore(place(directory));
      chmodSync(directory, 0o500);
      await expect(store.createDomains(['ns_b'])).rejects.toMatchObject({ code: 'KEYSTORE_WRITE_FAILED' });
      chmodSync(directory, 0o700);
      await store.createDomains(['ns_b']);
      await store.close();
    }
    await withKeystore(directory, async (again) => expect(again.has('ns_b')).toBe(true));
  });
});
