import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classOfHost, HOST_CLASSES, type ReadUrl, readUrl } from '../../src/index.ts';
import { codesOf, FILES, understand } from '../understanding.ts';

type UrlCase = { readonly reason: string; readonly url: readonly string[]; readonly read: ReadUrl | null };
type OrdinaryCase = { readonly reason: string; readonly ordinary: readonly string[] };

const FILE = new URL('../../../../vectors/understanding/urls.json', import.meta.url);
// our own vectors
const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as {
  readonly cases: readonly (UrlCase | OrdinaryCase)[];
};

describe('readUrl()', () => {
  it.each(cases.filter((one) => 'url' in one))('readUrl() reads $reason', ({ url, read }) => {
    expect(readUrl(url.join(''))).toEqual(read);
  });

  it.each(cases.filter((one) => 'ordinary' in one))('readUrl() reads $reason', ({ ordinary }) => {
    expect(ordinary.filter((url) => (readUrl(url)?.findings.length ?? 1) > 0)).toEqual([]);
  });

  it('understandAction() finds a metadata address wherever a URL is an argument', () => {
    const { findings } = understand({ url: 'http://2852039166/' }, { tool: FILES });
    expect(codesOf(findings)).toEqual(['metadata_address', 'opaque']);
  });
});

const octet = fc.integer({ min: 0, max: 255 });
const SPELLINGS: readonly ((octets: readonly number[]) => string)[] = [
  (octets) => octets.join('.'),
  (octets) => octets.map((one) => `0x${one.toString(16)}`).join('.'),
  (octets) => octets.map((one) => `0${one.toString(8)}`).join('.'),
  (octets) => String(octets.reduce((sum, one) => sum * 256 + one, 0)),
  (octets) => `0x${octets.map((one) => one.toString(16).padStart(2, '0')).join('')}`,
  (octets) => `[::ffff:${octets.join('.')}]`,
  (octets) => `${octets.join('-')}.nip.io`,
  (octets) => Array.from(octets.join('.'), (sign) => `%${sign.charCodeAt(0).toString(16)}`).join(''),
];

describe('classOfHost()', () => {
  it('classOfHost() gives the spelling of an address no milder class than the address', () => {
    const spelling = fc.constantFrom(...SPELLINGS);
    const address = fc.oneof(
      fc.tuple(octet, octet, octet, octet),
      fc.constantFrom([169, 254, 169, 254], [127, 0, 0, 1], [10, 0, 0, 1], [192, 168, 0, 1]),
    );
    fc.assert(
      fc.property(address, spelling, (octets, spell) => {
        const plain = HOST_CLASSES.indexOf(classOfHost(octets.join('.')));
        expect(HOST_CLASSES.indexOf(classOfHost(spell(octets)))).toBeLessThanOrEqual(plain);
      }),
      { numRuns: 500 },
    );
  });

  it('readUrl() reads what nobody would write, and the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(readUrl(`http:${text}`)).toEqual(readUrl(`http:${text}`));
      }),
      { numRuns: 500 },
    );
  });
});
