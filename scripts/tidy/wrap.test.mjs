import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINE_STOP } from './code.mjs';
import { wrapComments } from './wrap.mjs';

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const line = fc.record({
  indent: fc.constantFrom('', '  ', '    '),
  mark: fc.constantFrom('// ', ' * ', '// - ', 'const x = 1; '),
  words: fc.array(word, { minLength: 1, maxLength: 60 }),
});
const file = fc.array(line, { maxLength: 8 });
const print = (lines) => lines.map(({ indent, mark, words }) => indent + mark + words.join(' ')).join('\n');
const wordsOf = (text) =>
  text
    .replace(/^\s*(?:\/\/|\/\*\*|\*\/|\*)/gm, '')
    .split(/\s+/)
    .join(' ')
    .trim();

describe('wrapComments()', () => {
  it('keeps every word in its order and no comment too long', () => {
    fc.assert(
      fc.property(file, (lines) => {
        const before = print(lines);
        const after = wrapComments(before);
        expect(wordsOf(after)).toBe(wordsOf(before));
        const long = after.split('\n').filter((one) => one.length > LINE_STOP && !one.includes('const'));
        expect(long).toEqual([]);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(file, (lines) => {
        const once = wrapComments(print(lines));
        expect(wrapComments(once)).toBe(once);
      }),
    );
  });

  it('opens a one-line doc comment when it is too long', () => {
    const text = `  /** ${'word '.repeat(30)}*/\n  const x = 1;`;
    expect(wrapComments(text).split('\n')).toEqual([
      '  /**',
      `   * ${'word '.repeat(20).trim()} word`,
      `   * ${'word '.repeat(9).trim()}`,
      '   */',
      '  const x = 1;',
    ]);
  });

  it('leaves code alone', () => {
    const text = `const x = '${'word '.repeat(40)}';`;
    expect(wrapComments(text)).toBe(text);
  });
});
