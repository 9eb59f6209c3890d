import { describe, expect, it } from 'vitest';
import { parsePageData, printPageData } from '../../src/data/page-data.ts';
import { DATA, NONCE_TEXT, OPENED } from '../sample.ts';

describe('printPageData()', () => {
  it('is the inverse of parsePageData()', () => {
    for (const data of [DATA, OPENED, { ...DATA, nonce: NONCE_TEXT }]) {
      expect(parsePageData(printPageData(data))).toEqual(data);
    }
  });

  it.each([
    ['an empty head', { head: '' }, 'RECORD_TOO_LARGE'],
    ['a head that is no record’s', { head: 'x'.repeat(1_025) }, 'RECORD_TOO_LARGE'],
    ['a proof beyond any', { proof: 'x'.repeat(70_000) }, 'PROOF_TOO_LARGE'],
    ['a nonce of another length', { nonce: 'AAAA' }, 'NONCE_LENGTH'],
    ['arguments without a nonce', { args: '{}' }, 'FILE_MALFORMED'],
    ['arguments that are not canonical', { args: '{ }', nonce: NONCE_TEXT }, 'NOT_CANONICAL'],
    ['arguments beyond any', { args: `"${'x'.repeat(70_000)}"`, nonce: NONCE_TEXT }, 'FILE_TOO_LARGE'],
    ['a key that is none', { vkey: 'me' }, 'KEY_MALFORMED'],
  ])('refuses %s', (_what, change, code) => {
    expect(() => printPageData({ ...DATA, ...change })).toThrow(expect.objectContaining({ code }));
  });
});
