import type { Expanding } from './expand-word.ts';
import type { Redirected } from './redirect.ts';
import type { Value } from './value.ts';
import type { Word } from './word.ts';

export type Called = Expanding & {
  readonly redirected: Redirected;
  /** Runs words that begin with the name of a command; without functions where the shell passes them over. */
  readonly runWords: (words: readonly Word[], functions: boolean) => Value;
};

/** What a command of the shell itself writes; null where it is no such command with these words. */
export type Builtin = (words: readonly Word[], called: Called) => Value | null;
export type Builtins = Readonly<Record<string, Builtin>>;

export const NAME: RegExp = /^[A-Za-z_][A-Za-z0-9_]*$/;
