import {
  loadTrust,
  parseTrust,
  parseTrustFile,
  printTrust,
  type TrustFile,
  type TrustFileKey,
} from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyUse, LOG, ORIGIN, OTHER_LOG_KEY, signerOf, vkeyOf, witnessOf } from '../small-cell.ts';
import { codeOf, textBytes, vectors } from '../support.ts';

describe('vectors/trust', () => {
  for (const one of vectors<{ text: string; code?: string }>('trust/files.json')) {
    it(`parseTrust() says ${one.code ?? 'yes'} when ${one.reason}`, () => {
      expect(codeOf(() => parseTrust(textBytes(one.text)))).toBe(one.code ?? 'NONE');
      if (one.code !== undefined) return;
      const file = parseTrustFile(textBytes(one.text));
      expect(parseTrustFile(textBytes(printTrust(file)))).toEqual(file);
    });
  }
});

describe('trust files', () => {
  const size = fc.bigInt({ min: 0n, max: 2n ** 62n });
  const time = fc.option(fc.nat());
  const use: fc.Arbitrary<TrustFileKey> = fc
    .record({
      from_size: size,
      length: fc.option(fc.bigInt({ min: 1n, max: 2n ** 61n })),
      from: time,
      span: time,
    })
    .map(({ from_size, length, from, span }) =>
      keyUse(LOG, {
        from_size,
        until_size: length === null ? null : from_size + length,
        not_before_ms: from,
        not_after_ms: span === null ? null : (from ?? 0) + span,
      }),
    );

  it('parseTrustFile() gives back every file when printTrust() has written it', () => {
    fc.assert(
      fc.property(use, fc.boolean(), (key, watched) => {
        const witnesses = watched ? { quorum: 1, keys: [vkeyOf(witnessOf('witness.example/one', 8))] } : null;
        const file: TrustFile = { logs: [{ origin: ORIGIN, keys: [key, keyUse(OTHER_LOG_KEY)], witnesses }] };
        expect(parseTrustFile(textBytes(printTrust(file)))).toEqual(file);
        expect(
          loadTrust(file)
            .logs.get(ORIGIN)
            ?.keys.map((one) => one.use),
        ).toEqual(file.logs[0]?.keys);
      }),
    );
  });

  it('loadTrust() refuses when one key would speak for two', () => {
    const witness = vkeyOf(witnessOf('witness.example/one', 8));
    const codeFor = (keys: TrustFileKey[], witnesses: string[]): string =>
      codeOf(() =>
        loadTrust({ logs: [{ origin: ORIGIN, keys, witnesses: { quorum: 1, keys: witnesses } }] }),
      );
    expect(codeFor([keyUse(LOG)], [witness])).toBe('NONE');
    expect(codeFor([keyUse(LOG), keyUse(LOG, { from_size: 5n })], [witness])).toBe('TRUST_DUPLICATE');
    expect(codeFor([keyUse(LOG)], [witness, vkeyOf(witnessOf('witness.example/two', 8))])).toBe(
      'TRUST_DUPLICATE',
    );
    expect(codeFor([keyUse(LOG)], [vkeyOf(witnessOf('witness.example/log', 1))])).toBe('TRUST_DUPLICATE');
    expect(codeFor([keyUse(signerOf('cell.example/two', 1))], [witness])).toBe('TRUST_INVALID');
  });
});
