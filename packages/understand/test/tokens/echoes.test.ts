import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { echoesOf, noteRaw, openEchoes, type Raw } from '../../src/tokens/echoes.ts';
import { valueOf } from '../../src/tokens/found.ts';

/** Which units of the text lie in some occurrence of some word, found the plain way. */
function coveredBy(words: readonly string[], text: string): readonly boolean[] {
  const covered = Array.from({ length: text.length }, () => false);
  for (const word of words) {
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
      covered.fill(true, at, at + word.length);
  }
  return covered;
}

describe('echoesOf', () => {
  it('echoesOf() covers exactly what a plain search covers, whatever the words share', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', '\ud83d', '\uffff'),
      minLength: 6,
      maxLength: 12,
    });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\ud83d', '\uffff', ' '), maxLength: 60 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), text, (words, other) => {
        const raw: Raw = new Map();
        for (const one of words) noteRaw(raw, one, [valueOf('secret', one)]);
        const whole = `${other}${words.join('')}`;
        const covered = Array.from({ length: whole.length }, () => false);
        for (const { start, end, values } of echoesOf(whole, openEchoes(raw))) {
          covered.fill(true, start, end);
          expect(values).toEqual([valueOf('secret', whole.slice(start, end))]);
        }
        expect(covered).toEqual(coveredBy(words, whole));
      }),
      { numRuns: 1_000 },
    );
  });

  it('echoesOf() finds nothing when nothing was written, or only what is too short', () => {
    const raw: Raw = new Map();
    expect(echoesOf('abc', openEchoes(raw))).toEqual([]);
    noteRaw(raw, 'short', [valueOf('secret', 'short')]);
    expect(echoesOf('short', openEchoes(raw))).toEqual([]);
  });
});
