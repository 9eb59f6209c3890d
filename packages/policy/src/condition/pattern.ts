import { RE2JS } from 're2js';
import { PATTERN_LENGTH_MAX, PATTERN_PROGRAM_MAX } from '../limits.ts';

export type Pattern = {
  /** Instructions of the program: matching takes at most this many steps for each character. */
  readonly size: number;
  /** Is there a match anywhere in the text? Linear in the text. */
  readonly test: (text: string) => boolean;
};

/** RE2 syntax only: no backreferences, no lookaround, no backtracking. */
export function compilePattern(pattern: string): Pattern | undefined {
  if (pattern.length > PATTERN_LENGTH_MAX) return undefined;
  try {
    const compiled = RE2JS.compile(pattern);
    const size = compiled.programSize();
    return size > PATTERN_PROGRAM_MAX ? undefined : { size, test: (text) => compiled.test(text) };
  } catch {
    return undefined;
  }
}
