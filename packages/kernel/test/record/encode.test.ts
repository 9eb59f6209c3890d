import { encodeUtf8, SEALED_PART_BYTES_MAX } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { openWorld, proposal } from '../support/world.ts';

const withInput = (text: string) => {
  const world = openWorld();
  const answer = world.run(proposal({ change: { input: JSON.stringify(text) } }));
  return { answer, sealed: world.records.at(-1)?.sealed ?? '' };
};

describe('encodeDraft()', () => {
  it.each([
    { reason: 'one byte a character', unit: 'x' },
    { reason: 'one byte, the last of them', unit: '\u{7f}' },
    { reason: 'two bytes, the first of them', unit: '\u{80}' },
    { reason: 'two bytes, the last of them', unit: '\u{7ff}' },
    { reason: 'three bytes, the first of them', unit: '\u{800}' },
    { reason: 'three bytes below the surrogates', unit: '\u{d7ff}' },
    { reason: 'three bytes above the surrogates', unit: '\u{e000}' },
    { reason: 'three bytes, the last of them', unit: '\u{ffff}' },
    { reason: 'four bytes, the first of them', unit: '\u{10000}' },
    { reason: 'four bytes, the last of them', unit: '\u{10ffff}' },
  ])('encodeDraft() seals to the last byte of the limit, and no more: $reason', ({ unit }) => {
    const empty = encodeUtf8(withInput('').sealed).length;
    const each = encodeUtf8(unit).length;
    const room = SEALED_PART_BYTES_MAX - empty;
    const filled = unit.repeat(Math.floor(room / each)) + 'x'.repeat(room % each);
    const full = withInput(filled);
    expect(full.answer).toMatchObject({ verdict: 'ALLOW' });
    expect(encodeUtf8(full.sealed)).toHaveLength(SEALED_PART_BYTES_MAX);
    expect(withInput(`${filled}x`).answer).toMatchObject({ kind: 'refused', code: 'RECORD_TOO_LARGE' });
  });
});
