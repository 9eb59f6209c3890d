import type { Line } from '../terminal/line.ts';

/** 0 done, allowed, valid; 1 refused, invalid; 2 could not be decided, or was asked wrongly. */
export type ExitCode = 0 | 1 | 2;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Whose home a command works in. */
export type Place = { readonly environment: Environment; readonly user_home: string };

export type Option = {
  readonly kind: 'text' | 'list' | 'flag';
  /** What stands for the value in help; empty for a flag. */
  readonly value: string;
  readonly help: string;
};

export type Command = {
  /** One or two words. */
  readonly name: string;
  readonly operands: string;
  readonly operands_min: number;
  readonly operands_max: number;
  readonly summary: string;
  readonly details: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** A program that another command starts; nothing for people. */
  readonly hidden: boolean;
  /** It keeps a cell open until it is ended: the process begins again with the flags for that. */
  readonly stays: boolean;
  /** The code of a command is loaded when it is asked for: `verify` never loads the cell. */
  load(): Promise<Run>;
};

export type Run = (call: Call) => Promise<Report>;

/** One call of a command: what was asked, and its ways to the outside. */
export type Call = {
  readonly operands: readonly string[];
  text(option: string): string | null;
  list(option: string): readonly string[];
  flag(option: string): boolean;
  readonly json: boolean;
  /** All there are, for those that speak of them. */
  readonly commands: readonly Command[];
  readonly environment: Environment;
  readonly user_home: string;
  /** Progress of long work: to stderr, replaced line by line on a terminal. */
  progress(text: string): void;
  /** A line as soon as it is known; kept back under `--json`. */
  say(line: Line): void;
};

/** What a command has to say. `raw` is printed as it is, for files made by redirection. */
export type Report = {
  /** Of its own one of the three; `writ run` passes on that of the program. */
  readonly exit: number;
  readonly lines: readonly Line[];
  readonly json: Readonly<Record<string, unknown>>;
  readonly raw?: string;
};
