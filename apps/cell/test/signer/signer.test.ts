import { createPublicKey, verify } from 'node:crypto';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { faultySigner, type SignerFault } from '../../src/signer/faulty-signer.ts';
import { createFileSigner, openFileSigner } from '../../src/signer/file-signer.ts';
import { parseKeyFile, printKeyFile } from '../../src/signer/key-file.ts';
import { openSeedSigner } from '../../src/signer/seed-signer.ts';
import type { Signer } from '../../src/signer/signer.ts';
import { temporaryDirectory } from '../home/temporary.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const BODY = bytes(`example.org/cell/0011223344556677\n12\n${Buffer.alloc(32, 7).toString('base64')}\n`);
const SEED = Uint8Array.from({ length: 32 }, (_, index) => index);
let path = '';

beforeEach(() => {
  path = join(temporaryDirectory(), 'checkpoint.key');
});

function verifies(signer: Signer, message: Uint8Array, signature: Uint8Array): boolean {
  const encoded = Buffer.from(signer.vkey.split('+').slice(2).join('+'), 'base64').subarray(1);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), encoded]);
  return verify(null, message, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}

/** The contract of the port; every adapter is one call. */
function describeSigner(name: string, open: () => Promise<Signer>): void {
  describe(`signer ${name}`, () => {
    test('sign() gives 64 bytes that verify under vkey, and the same again', async () => {
      const signer = await open();
      const signature = await signer.sign(BODY);
      expect(signature).toHaveLength(64);
      expect(verifies(signer, BODY, signature)).toBe(true);
      expect(await signer.sign(BODY)).toEqual(signature);
    });

    test('sign() has read the message when it returns', async () => {
      const signer = await open();
      const message = Uint8Array.from(BODY);
      const pending = signer.sign(message);
      message.fill(0);
      expect(verifies(signer, BODY, await pending)).toBe(true);
    });

    test.each([
      ['an extension line', `${Buffer.from(BODY).toString()}extension\n`],
      ['a leading zero', Buffer.from(BODY).toString().replace('\n12\n', '\n012\n')],
      ['a short root', `origin\n1\n${Buffer.alloc(31).toString('base64')}\n`],
      ['a missing last newline', Buffer.from(BODY).toString().slice(0, -1)],
      ['an empty origin', `\n1\n${Buffer.alloc(32).toString('base64')}\n`],
      ['a token', 'eyJhbGciOiJFZERTQSJ9.e30'],
      ['a long message', 'a'.repeat(70_000)],
    ])('sign() refuses %s with a checkpoint key', async (_reason, text) => {
      await expect((await open()).sign(bytes(text))).rejects.toMatchObject({ code: 'SIGN_REFUSED' });
    });
  });
}

describeSigner('in memory', () =>
  Promise.resolve(openSeedSigner({ purpose: 'checkpoint', name: 'k', seed: SEED })),
);
describeSigner('in a file', () => createFileSigner(path, 'checkpoint', 'example.org/cell'));
describeSigner('behind no fault', () =>
  Promise.resolve(
    faultySigner(openSeedSigner({ purpose: 'checkpoint', name: 'k', seed: SEED }), () => 'none'),
  ),
);

describe('key files', () => {
  test('createFileSigner() writes 0600 and never replaces a key', async () => {
    const made = await createFileSigner(path, 'checkpoint', 'log');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect(createFileSigner(path, 'checkpoint', 'log')).rejects.toMatchObject({ code: 'KEY_EXISTS' });
    const opened = await openFileSigner(path, { purpose: 'checkpoint', vkey: made.vkey });
    expect(opened.vkey).toBe(made.vkey);
  });

  test('openFileSigner() refuses a missing, shared, foreign or misused key, each by its code', async () => {
    await expect(openFileSigner(path, { purpose: 'checkpoint' })).rejects.toMatchObject({
      code: 'KEY_MISSING',
    });
    const made = await createFileSigner(path, 'token', 'tokens');
    await expect(openFileSigner(path, { purpose: 'checkpoint' })).rejects.toMatchObject({
      code: 'KEY_PURPOSE',
    });
    const other = openSeedSigner({ purpose: 'token', name: 'tokens', seed: SEED });
    const expected = { purpose: 'token', vkey: other.vkey } as const;
    await expect(openFileSigner(path, expected)).rejects.toMatchObject({ code: 'KEY_WRONG' });
    chmodSync(path, 0o640);
    const shared = { purpose: 'token', vkey: made.vkey } as const;
    await expect(openFileSigner(path, shared)).rejects.toMatchObject({ code: 'KEY_PERMISSIONS' });
  });

  test('openFileSigner() names damage without quoting the file', async () => {
    await createFileSigner(path, 'checkpoint', 'log');
    const text = readFileSync(path, 'utf8');
    const damaged: readonly (readonly [string, string])[] = [
      ['', 'KEY_MALFORMED'],
      ['writ-signing-key/v2\n', 'KEY_VERSION'],
      [text.replace('v1', 'v2'), 'KEY_VERSION'],
      [text.slice(0, -1), 'KEY_MALFORMED'],
      [`${text}\n`, 'KEY_MALFORMED'],
      [text.replace('checkpoint', 'anything'), 'KEY_MALFORMED'],
      [text.replace(/seed .{4}/, 'seed '), 'KEY_MALFORMED'],
      [text.replace(/.\n$/, '=\n'), 'KEY_MALFORMED'],
      [text.replace('name log', 'name l+g'), 'KEY_NAME'],
      [text.replaceAll('\n', '\r\n'), 'KEY_VERSION'],
    ];
    const seed = text.match(/seed (.*)/)?.[1] ?? '';
    for (const [content, code] of damaged) {
      writeFileSync(path, content);
      const failure = await openFileSigner(path, { purpose: 'checkpoint' }).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code });
      expect(String(failure)).not.toContain(seed.slice(4));
    }
  });

  test('parseKeyFile() is the inverse of printKeyFile()', () => {
    const name = fc.stringMatching(/^[!-*,-~]{1,255}$/);
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(name, seed, fc.constantFrom('checkpoint', 'token', 'bundle'), (text, secret, purpose) => {
        const key = { purpose, name: text, seed: secret } as const;
        expect(parseKeyFile(printKeyFile(key))).toEqual({ ...key, seed: Uint8Array.from(secret) });
      }),
    );
  });

  test('openSeedSigner() gives the vkey of the C2SP example when given its key', () => {
    // golang.org/x/mod/sumdb/note, example key PeterNeumann: PRIVATE+KEY+PeterNeumann+c74f20a3+AYEK…
    const seed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
    const signer = openSeedSigner({ purpose: 'bundle', name: 'PeterNeumann', seed });
    expect(signer.vkey).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  });
});

describe('other keys and faults', () => {
  test('sign() refuses a checkpoint when the key is for tokens', async () => {
    const signer = openSeedSigner({ purpose: 'token', name: 'tokens', seed: SEED });
    await expect(signer.sign(BODY)).rejects.toMatchObject({ code: 'SIGN_REFUSED' });
    expect(await signer.sign(bytes('anything else'))).toHaveLength(64);
  });

  test.each(['', 'a b', 'a+b', 'é', 'x'.repeat(256), 'a\nb'])(
    'openSeedSigner() refuses the name %j',
    (name) => {
      expect(() => openSeedSigner({ purpose: 'token', name, seed: SEED })).toThrow(/^KEY_NAME/);
    },
  );

  test('faultySigner() fails as planned and recovers', async () => {
    const plan: readonly SignerFault[] = ['unavailable', 'wrong', 'none'];
    const inner = openSeedSigner({ purpose: 'checkpoint', name: 'k', seed: SEED });
    const signer = faultySigner(inner, (call) => plan[call] ?? 'silent');
    await expect(signer.sign(BODY)).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
    expect(verifies(signer, BODY, await signer.sign(BODY))).toBe(false);
    expect(verifies(signer, BODY, await signer.sign(BODY))).toBe(true);
    const pause = new Promise<string>((resolve) => setTimeout(() => resolve('still waiting'), 20));
    expect(await Promise.race([signer.sign(BODY), pause])).toBe('still waiting');
  });
});
