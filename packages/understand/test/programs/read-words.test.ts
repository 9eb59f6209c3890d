import { describe, expect, it } from 'vitest';
import { CHANGING } from '../../src/programs/changing.ts';
import { readWords } from '../../src/programs/read-words.ts';

const RM = CHANGING['rm'] ?? null;

describe('readWords()', () => {
  it('readWords() takes a letter once of a word that repeats it, whatever stands between', () => {
    if (RM === null) throw new Error('the row is missing');
    const { options } = readWords(RM, [`-${'zrq'.repeat(40_000)}R`, '-r']);
    expect(options.map(({ name, at }) => `${name} ${at}`)).toEqual(['-z 0', '-r 0', '-R 0', '-r 1']);
  });
});
