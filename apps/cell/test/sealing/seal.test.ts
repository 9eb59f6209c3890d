import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openIvPool } from '../../src/sealing/iv-pool.ts';
import {
  deriveSealingKey,
  MESSAGES_PER_KEY_MAX,
  open,
  openSealingKey,
  seal,
} from '../../src/sealing/seal.ts';

const drawIv = openIvPool();
const anyBytes = fc.uint8Array({ maxLength: 300 });
const newKey = () => openSealingKey(new Uint8Array(randomBytes(32)));

describe('seal and open', () => {
  test('open() is the inverse of seal()', () => {
    const key = newKey();
    fc.assert(
      fc.property(anyBytes, anyBytes, (context, plaintext) => {
        const opened = open(key, seal(key, drawIv(), context, plaintext), context);
        expect(Buffer.from(opened).equals(plaintext)).toBe(true);
      }),
    );
  });

  test('open() refuses any changed bit, context or key', () => {
    const key = newKey();
    const context = new TextEncoder().encode('context');
    const sealed = seal(key, drawIv(), context, new TextEncoder().encode('plaintext'));
    const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
      const changed = Uint8Array.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return changed;
    };
    for (const part of ['iv', 'tag', 'ciphertext'] as const) {
      for (let bit = 0; bit < sealed[part].length * 8; bit += 1) {
        const changed = { ...sealed, [part]: flip(sealed[part], bit) };
        expect(() => open(key, changed, context)).toThrow(/^SEAL_BROKEN/);
      }
    }
    expect(() => open(key, sealed, flip(context, 3))).toThrow(/^SEAL_BROKEN/);
    expect(() => open(newKey(), sealed, context)).toThrow(/^SEAL_BROKEN/);
    expect(() => open(key, { ...sealed, tag: sealed.tag.subarray(0, 8) }, context)).toThrow(/^SEAL_BROKEN/);
  });

  test('seal() refuses at the limit of messages, and a wrong IV', () => {
    const key = newKey();
    const empty = new Uint8Array(0);
    expect(() => seal(key, new Uint8Array(11), empty, empty)).toThrow(/^SEAL_INVALID/);
    key.messages = MESSAGES_PER_KEY_MAX - 1;
    seal(key, drawIv(), empty, empty);
    expect(() => seal(key, drawIv(), empty, empty)).toThrow(/^SEAL_LIMIT/);
  });

  test('openSealingKey() wipes the bytes it was given and keeps its own', () => {
    const bytes = new Uint8Array(32).fill(9);
    const key = openSealingKey(bytes);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
    expect(key.secret.export().equals(Buffer.alloc(32, 9))).toBe(true);
    expect(() => openSealingKey(new Uint8Array(16))).toThrow(/^SEAL_INVALID/);
  });

  test('deriveSealingKey() gives another key for another scope, label or data key', () => {
    const scopes = [new Uint8Array([1]), new Uint8Array([2])];
    const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].flatMap((data) =>
      scopes.flatMap((scope) => ['a', 'b'].map((label) => deriveSealingKey(data, label, scope))),
    );
    expect(new Set(keys.map((key) => key.secret.export().toString('hex'))).size).toBe(8);
  });
});

describe('IV pool', () => {
  test('openIvPool() never repeats and never changes what it handed out', () => {
    const draw = openIvPool();
    const drawn = Array.from({ length: 5000 }, draw);
    const first = drawn.map((iv) => Buffer.from(iv).toString('hex'));
    Array.from({ length: 5000 }, draw);
    expect(new Set(first).size).toBe(5000);
    expect(drawn.map((iv) => Buffer.from(iv).toString('hex'))).toEqual(first);
    expect(drawn.every((iv) => iv.length === 12)).toBe(true);
  });
});
