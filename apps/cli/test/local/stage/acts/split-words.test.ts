import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../../src/local/stage/acts/split-words.ts';

describe('splitWords()', () => {
  it.each([
    ['rm -rf ..', ['rm', '-rf', '..']],
    ['  a \t b\n', ['a', 'b']],
    [`grep "two words" 'and "more"'`, ['grep', 'two words', 'and "more"']],
    [`a''b "" c`, ['ab', '', 'c']],
    // What a shell would act on is a word here.
    ['ls | sh; $(x) `y` > z && * \\n ~', ['ls', '|', 'sh;', '$(x)', '`y`', '>', 'z', '&&', '*', '\\n', '~']],
  ])('gives %j as %j', (line, words) => {
    expect(splitWords(line)).toEqual({ kind: 'words', words });
  });

  it.each([
    ['', 'EMPTY'],
    [' \t', 'EMPTY'],
    [`echo "open`, 'QUOTE_OPEN'],
    [`echo 'it`, 'QUOTE_OPEN'],
    ['a'.repeat(4_001), 'TOO_LONG'],
  ])('refuses what begins %.12j with %s', (line, why) => {
    expect(splitWords(line)).toEqual({ kind: 'refused', why });
  });
});
