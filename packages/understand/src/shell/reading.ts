import type { Effect, FindingCode } from '@writ/contract';
import type { CommandNode, Statement } from 'unbash';
import { SHELL_LIMITS } from './limits.ts';
import type { State } from './state.ts';
import type { Value } from './value.ts';
import type { Word } from './word.ts';

/** What a command reads from its standard input; null where it is that of the whole text. */
export type Input = Value | null;

/** A program that the text runs, with its words as it gets them. */
export type Run = {
  readonly program: Word;
  readonly words: readonly Word[];
  /** Set for this run alone. */
  readonly assignments: readonly { readonly name: string; readonly value: Value }[];
  readonly input: Input;
  /** What it writes goes to another host. */
  readonly answers: boolean;
  readonly state: State;
};

export type Touch = {
  /** `empty` destroys what was there, `append` adds to it. */
  readonly use: 'read' | 'empty' | 'append';
  readonly target: Word;
  /** What is written. */
  readonly content: Value;
  readonly state: State;
};

/** Who says what a program means, while the text is read: what one writes, the next one may run. */
export type World = {
  /** What it writes to its standard output. */
  readonly run: (run: Run) => Value;
  /** What is read. */
  readonly touch: (touch: Touch) => Value;
  /** A variable of the shell or of one program gets a value. */
  readonly assigned: (name: string, value: Value) => void;
  readonly found: (code: FindingCode | null, effects: readonly Effect[]) => void;
  /** A file whose text the shell itself runs: the text, or null where nobody wrote it here. */
  readonly script: (file: Word, state: State) => Value | null;
};

/** `posix` is whatever `sh` is: what shells differ on is opaque there. */
export type Dialect = 'bash' | 'posix';

export type Reading = {
  readonly world: World;
  readonly dialect: Dialect;
  /** What `~` stands for. */
  readonly home: string;
  /** Where the text begins; null where nobody said. */
  readonly directory: string | null;
  readonly spent: Spent;
  /** The functions that are being walked through. */
  readonly calls: readonly string[];
  /** Beside the rest of the text: in a pipeline, or in the background. */
  readonly aside: boolean;
  /** What it writes goes to another host. */
  readonly answers: boolean;
  readonly list: (commands: readonly Statement[], state: State, input: Input, reading: Reading) => Value;
  readonly command: (node: CommandNode, state: State, input: Input, reading: Reading) => Value;
  readonly again: (text: Value, state: State, input: Input, reading: Reading) => Value;
};

/** Counted over all texts within one another. */
export type Spent = {
  runs: number;
  words: number;
  steps: number;
  units: number;
  copied: number;
  depth: number;
  /** Beyond a limit nothing more is read. */
  over: boolean;
};

/** Nothing more is known: all that a tool may do, it may do. */
export function opaque(reading: Reading, effects: readonly Effect[] = []): void {
  reading.world.found('opaque', effects);
}

type Spendable = 'runs' | 'words' | 'steps' | 'units' | 'copied';
const MOST: Readonly<Record<Spendable, number>> = {
  runs: SHELL_LIMITS.runs_max,
  words: SHELL_LIMITS.words_max,
  steps: SHELL_LIMITS.steps_max,
  units: SHELL_LIMITS.expanded_units_max,
  copied: SHELL_LIMITS.copied_max,
};

/** False once the text is too large to be walked through. */
export function spend(
  { spent, world }: Pick<Reading, 'spent' | 'world'>,
  kind: Spendable,
  count = 1,
): boolean {
  spent[kind] += count;
  if (spent.over) return false;
  if (spent[kind] <= MOST[kind]) return true;
  spent.over = true;
  world.found('opaque', []);
  return false;
}

export function onlyBash(reading: Reading): void {
  if (reading.dialect !== 'bash') opaque(reading);
}
