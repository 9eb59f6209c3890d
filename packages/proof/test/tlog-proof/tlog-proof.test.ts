import {
  parseTlogProof,
  parseVerifierKey,
  printTlogProof,
  printTlogProofBytes,
  verifyTlogProof,
} from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, hexBytes, textBytes, vectors } from '../support.ts';

type Case = {
  origin: string;
  keys: string[];
  leaf: string;
  leaf_hex?: string;
  proof: string;
  code?: string;
};

describe('vectors/tlog-proof', () => {
  for (const one of vectors<Case>('tlog-proof/proofs.json')) {
    it(`verifyTlogProof() says ${one.code ?? 'yes'} when ${one.reason}`, () => {
      const leaf = one.leaf_hex === undefined ? textBytes(one.leaf) : hexBytes(one.leaf_hex);
      const verify = () => {
        const log = { origin: one.origin, keys: one.keys.map(parseVerifierKey) };
        return verifyTlogProof(textBytes(one.proof), leaf, log);
      };
      expect(codeOf(verify)).toBe(one.code ?? 'NONE');
      if (one.code !== undefined) return;
      const parsed = parseTlogProof(textBytes(one.proof));
      expect(verify().index).toBe(parsed.index);
      expect(verify().checkpoint.origin).toBe(one.origin);
      expect(printTlogProof(parsed)).toBe(one.proof);
      expect(
        verifyTlogProof(parsed, leaf, { origin: one.origin, keys: one.keys.map(parseVerifierKey) }),
      ).toEqual(verify());
    });
  }
});

describe('tlog proofs', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const required = {
    index: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
    hashes: fc.array(hash, { maxLength: 63 }),
    checkpoint: fc.string({ unit: 'grapheme', minLength: 1 }),
  };
  const proof = fc.oneof(
    fc.record(required),
    fc.record({ ...required, extra: fc.uint8Array({ minLength: 1, maxLength: 200 }) }),
  );

  it('parseTlogProof() gives back every proof when printTlogProof() has written it', () => {
    fc.assert(
      fc.property(proof, (one) => {
        expect(parseTlogProof(printTlogProofBytes(one))).toEqual(one);
        expect(printTlogProof(parseTlogProof(textBytes(printTlogProof(one))))).toBe(printTlogProof(one));
      }),
    );
  });

  it('verifyTlogProof() refuses a proof when any one byte of it is changed', () => {
    const [one] = vectors<Case>('tlog-proof/proofs.json');
    if (one === undefined) throw new Error('no vectors');
    const log = { origin: one.origin, keys: one.keys.map(parseVerifierKey) };
    const bytes = textBytes(one.proof);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(codeOf(() => verifyTlogProof(changed, textBytes(one.leaf), log))).not.toMatch(/^(NONE|THROWN)$/);
    }
  });

  it('printTlogProof() refuses when the proof cannot be', () => {
    const sound = { index: 0n, hashes: [], checkpoint: 'x' };
    expect(codeOf(() => printTlogProof({ ...sound, index: -1n }))).toBe('PROOF_INDEX');
    expect(codeOf(() => printTlogProof({ ...sound, index: 2n ** 63n }))).toBe('PROOF_INDEX');
    expect(codeOf(() => printTlogProof({ ...sound, checkpoint: '' }))).toBe('PROOF_MALFORMED');
    expect(codeOf(() => printTlogProof({ ...sound, extra: new Uint8Array(0) }))).toBe('PROOF_EXTRA');
    expect(codeOf(() => printTlogProof({ ...sound, extra: new Uint8Array(65_537) }))).toBe('PROOF_EXTRA');
    expect(codeOf(() => printTlogProof({ ...sound, hashes: [new Uint8Array(31)] }))).toBe('PROOF_HASH');
    const many = Array.from({ length: 64 }, () => new Uint8Array(32));
    expect(codeOf(() => printTlogProof({ ...sound, hashes: many }))).toBe('PROOF_TOO_MANY_HASHES');
    expect(codeOf(() => printTlogProofBytes({ ...sound, checkpoint: '\ud800' }))).toBe(
      'TEXT_NOT_WELL_FORMED',
    );
  });

  it('parseTlogProof() refuses before it reads when there is too much', () => {
    expect(codeOf(() => parseTlogProof(new Uint8Array(1_100_001)))).toBe('PROOF_TOO_LARGE');
  });
});
