import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Primitives } from '../../src/primitives/primitives.ts';
import { hexBytes, thirdParty, toHex, vectors } from '../support.ts';

type Group = { publicKey: string; tests: { tcId: number; msg: string; sig: string; result: string }[] };
type SignatureCase = { public_key: string; message: string; signature: string; valid: boolean };

const NEUTRAL_POINT = `01${'00'.repeat(31)}`;

/** What every implementation of the primitives must do; each one's test is one call. */
export function describePrimitives(name: string, primitives: Primitives): void {
  describe(`primitives of ${name}`, () => {
    it('sha256Into() and sha256Base64url() are SHA-256 when input is arbitrary', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }), (bytes, text) => {
          const target = new Uint8Array(34);
          primitives.sha256Into(bytes, target, 1);
          expect(toHex(target)).toBe(`00${createHash('sha256').update(bytes).digest('hex')}00`);
          expect(primitives.sha256Base64url(bytes)).toBe(
            createHash('sha256').update(bytes).digest('base64url'),
          );
          expect(primitives.sha256Base64url(text)).toBe(
            createHash('sha256').update(text).digest('base64url'),
          );
        }),
      );
    });

    it('sha256Into() hashes the view only when it lies inside a larger buffer', () => {
      const target = new Uint8Array(32);
      primitives.sha256Into(new Uint8Array(100).fill(7).subarray(10, 20), target, 0);
      expect(toHex(target)).toBe(createHash('sha256').update(Buffer.alloc(10, 7)).digest('hex'));
    });

    it('encodeUtf8(), encodeUtf8Into() and decodeUtf8() are UTF-8 when texts are arbitrary', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat({ max: 5 }), (text, offset) => {
          const expected = Uint8Array.from(Buffer.from(text, 'utf8'));
          expect(primitives.encodeUtf8(text)).toEqual(expected);
          const target = new Uint8Array(offset + expected.length + 1);
          expect(primitives.encodeUtf8Into(text, target, offset)).toBe(expected.length);
          expect(target.subarray(offset, -1)).toEqual(expected);
          const exact = new Uint8Array(expected.length);
          expect(primitives.encodeUtf8Into(text, exact, 0)).toBe(expected.length);
          expect(exact).toEqual(expected);
          expect(primitives.encodeUtf8Into(`${text}x`, exact, 0)).toBe(-1);
          expect(primitives.decodeUtf8(expected)).toBe(text);
        }),
      );
    });

    it('decodeUtf8() gives undefined when the bytes are not UTF-8', () => {
      for (const hex of [
        'ff',
        'c0af',
        'c1bf',
        'e08080',
        'eda080',
        'edbfbf',
        'f0808080',
        'f4908080',
        'f5808080',
        'e282',
        '80',
      ]) {
        expect(primitives.decodeUtf8(hexBytes(hex))).toBeUndefined();
      }
      for (const hex of ['', '00', 'c280', 'e0a080', 'ed9fbf', 'ee8080', 'efbbbf', 'f0908080', 'f48fbfbf']) {
        expect(primitives.decodeUtf8(hexBytes(hex))).toBe(Buffer.from(hex, 'hex').toString('utf8'));
      }
    });

    it('encodeBase64() and encodeBase64url() are base64 when bytes are arbitrary', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
          expect(primitives.encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
          expect(primitives.encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        }),
      );
    });

    it('verifyEd25519() gives the published verdict when given each published signature', () => {
      for (const group of thirdParty<Group>('ed25519.json')) {
        const key = primitives.importPublicKey(hexBytes(group.publicKey));
        for (const one of group.tests.filter(({ sig }) => sig.length === 128)) {
          const verdict = primitives.verifyEd25519(key, hexBytes(one.msg), hexBytes(one.sig));
          expect([one.tcId, verdict]).toEqual([one.tcId, one.result === 'valid']);
        }
      }
    });

    it('verifyEd25519() judges without cofactor when signatures lie at the edge', () => {
      for (const one of vectors<SignatureCase>('ed25519/signatures.json')) {
        // Never asked of a platform: verifyEd25519 refuses an R of small order itself.
        if (one.signature.length !== 128 || one.signature.startsWith(NEUTRAL_POINT)) continue;
        const key = primitives.importPublicKey(hexBytes(one.public_key));
        const verdict = primitives.verifyEd25519(key, hexBytes(one.message), hexBytes(one.signature));
        expect([one.reason, verdict]).toEqual([one.reason, one.valid]);
      }
    });

    it('signEd25519() gives the signature of RFC 8032 section 7.1 test 3 when given its seed', () => {
      const seed = hexBytes('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7');
      expect(toHex(primitives.publicKeyOfSeed(seed))).toBe(
        'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      );
      expect(toHex(primitives.signEd25519(seed, hexBytes('af82')))).toBe(
        '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
          '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
      );
    });
  });
}
