import { loadPublicKey, type PublicKey, publicKeyOfSeed, signEd25519, verifyEd25519 } from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, hexBytes, textBytes, thirdParty, toHex, vectors } from '../support.ts';

type KeyCase = { public_key: string; code?: string };
type SignatureCase = { public_key: string; message: string; signature: string; valid: boolean };

describe('vectors/ed25519', () => {
  for (const one of vectors<KeyCase>('ed25519/public-keys.json')) {
    it(`loadPublicKey() says ${one.code ?? 'yes'} when given ${one.reason}`, () => {
      expect(codeOf(() => loadPublicKey(hexBytes(one.public_key)))).toBe(one.code ?? 'NONE');
    });
  }
  for (const one of vectors<SignatureCase>('ed25519/signatures.json')) {
    it(`verifyEd25519() says ${one.valid} when given ${one.reason}`, () => {
      const key = loadPublicKey(hexBytes(one.public_key));
      expect(verifyEd25519(key, hexBytes(one.message), hexBytes(one.signature))).toBe(one.valid);
    });
  }
});

type Group = {
  publicKey: string;
  tests: { tcId: number; comment: string; msg: string; sig: string; result: string }[];
};

describe('vectors/third-party/ed25519.json', () => {
  for (const group of thirdParty<Group>('ed25519.json')) {
    for (const one of group.tests) {
      it(`verifyEd25519() says ${one.result} when given case ${one.tcId}: ${one.comment}`, () => {
        const key = loadPublicKey(hexBytes(group.publicKey));
        expect(verifyEd25519(key, hexBytes(one.msg), hexBytes(one.sig))).toBe(one.result === 'valid');
      });
    }
  }
});

describe('Ed25519', () => {
  const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });

  it('verifyEd25519() says yes when signEd25519() signed, and no when a bit is turned', () => {
    fc.assert(
      fc.property(seed, fc.uint8Array({ maxLength: 80 }), fc.nat({ max: 511 }), (bytes, message, bit) => {
        const key = loadPublicKey(publicKeyOfSeed(bytes));
        const signature = signEd25519(bytes, message);
        expect(verifyEd25519(key, message, signature)).toBe(true);
        expect(signEd25519(bytes, message)).toEqual(signature);
        signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verifyEd25519(key, message, signature)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('signEd25519() gives the signatures of RFC 8032 section 7.1 when given its seeds', () => {
    const one = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
    expect(toHex(publicKeyOfSeed(hexBytes(one)))).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
    expect(toHex(signEd25519(hexBytes(one), new Uint8Array(0)))).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
        '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
    const two = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';
    expect(toHex(signEd25519(hexBytes(two), Uint8Array.of(0x72)))).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
        '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
  });

  it('signEd25519() refuses when the seed has another length', () => {
    for (const length of [0, 31, 33, 64]) {
      expect(codeOf(() => signEd25519(new Uint8Array(length), textBytes('x')))).toBe('KEY_LENGTH');
      expect(codeOf(() => publicKeyOfSeed(new Uint8Array(length)))).toBe('KEY_LENGTH');
    }
  });

  it('verifyEd25519() refuses a key when nobody has loaded it', () => {
    const bytes = publicKeyOfSeed(new Uint8Array(32));
    const forged: PublicKey = { kind: 'ed25519', bytes };
    expect(codeOf(() => verifyEd25519(forged, textBytes('x'), new Uint8Array(64)))).toBe('KEY_MALFORMED');
    expect(codeOf(() => verifyEd25519({ ...loadPublicKey(bytes) }, textBytes('x'), new Uint8Array(64)))).toBe(
      'KEY_MALFORMED',
    );
  });

  it('loadPublicKey() keeps its own bytes when the caller changes his', () => {
    const bytes = new Uint8Array(32).fill(6);
    const own = publicKeyOfSeed(bytes);
    const key = loadPublicKey(own);
    const before = toHex(own);
    own.fill(0);
    expect(toHex(key.bytes)).toBe(before);
    expect(verifyEd25519(key, textBytes('x'), signEd25519(bytes, textBytes('x')))).toBe(true);
  });
});
