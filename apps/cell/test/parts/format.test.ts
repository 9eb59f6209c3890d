import { createDecipheriv, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { systemDisk } from '../../src/parts/disk.ts';
import { nonceRootOf, tagKeyOf } from '../../src/sealing/domain-table.ts';
import { commitmentOf, partOf } from './contract.ts';
import { modelDirectory } from './directory.ts';
import { dataKeys, serve } from './serve.ts';

/** RFC 5869 for one block of output, written a second time. */
function hkdf(key: Uint8Array, salt: Uint8Array, info: string): Buffer {
  const extracted = createHmac('sha256', salt.length === 0 ? Buffer.alloc(32) : salt)
    .update(key)
    .digest();
  return createHmac('sha256', extracted).update(`${info}\u0001`, 'latin1').digest();
}

test('a frame is laid out, bound and sealed as spec/40-sealing.md §6 says', () => {
  const directory = modelDirectory();
  const served = serve(directory, systemDisk);
  const index = 2 ** 33 + 5;
  served.put(partOf(index, 'ns_a', 'the plaintext'));
  served.close();
  const segment = readFileSync(join(directory, '0000000001.parts'));
  expect(segment.toString('latin1', 0, 16)).toBe('WRITPART\u0001\0\0\0\0\0\0\0');
  const frame = segment.subarray(32);
  expect(frame.toString('latin1', 0, 8)).toBe('WPF\u0001\u0004\0\0\0');
  expect(frame.readBigUInt64BE(8)).toBe(BigInt(index));
  expect(frame.readUInt32BE(16)).toBe(28 + 13);
  expect(frame.readUInt32BE(20)).toBe(0);
  expect(frame.subarray(24, 32).equals(Buffer.alloc(8, 1))).toBe(true);
  expect(frame.subarray(32, 64).equals(commitmentOf('the plaintext'))).toBe(true);
  expect(frame.readUInt32BE(64)).toBe(crc32(Buffer.concat([frame.subarray(0, 64), Buffer.from('ns_a')])));
  expect(frame.readUInt32BE(68)).toBe(0x01000000);
  expect(frame.readUInt32BE(72)).toBe(crc32(frame.subarray(80)));
  expect(frame.toString('latin1', 76, 80)).toBe('ns_a');

  const key = hkdf(dataKeys['ns_a']?.key ?? new Uint8Array(0), segment.subarray(16, 32), 'writ/part-key/v1');
  const context = Buffer.concat([
    Buffer.from('writ/part/v1\0\u0004ns_a'),
    frame.subarray(32, 64),
    frame.subarray(8, 16),
  ]);
  const decipher = createDecipheriv('aes-256-gcm', key, frame.subarray(80, 92));
  decipher.setAAD(context);
  decipher.setAuthTag(frame.subarray(92, 108));
  const opened = Buffer.concat([decipher.update(frame.subarray(108)), decipher.final()]);
  expect(opened.toString()).toBe('the plaintext');
});

test('subkeys derive from the root as spec/40-sealing.md §2.3 says', () => {
  const root = Uint8Array.from({ length: 32 }, (_, byte) => byte);
  const keys = { data: { id: new Uint8Array(8), key: new Uint8Array(32) }, root };
  const empty = new Uint8Array(0);
  expect(Buffer.from(nonceRootOf(keys)).equals(hkdf(root, empty, 'writ/nonce/v1'))).toBe(true);
  expect(Buffer.from(tagKeyOf(keys)).equals(hkdf(root, empty, 'writ/tag/v1'))).toBe(true);
});
