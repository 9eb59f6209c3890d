import { type Effect, RISK_ONE } from '@writ/contract';

/**
 * What a program does with one of its words. `read` and `list` differ in whether content is seen; `make`
 * replaces nothing; `write` is into that place, `alter` what stands there; `move` takes it away; `lose` is
 * gone for good, `clear` with all below it that is found; `send` is text, or a file named in it, that leaves
 * the host; `object` is a revision, perhaps with a path; `program` runs something. `command` is the name of a
 * program whose words are all that follow, `shell` the text of a shell, `script` a file that is executed,
 * `code` a program of another language; `host` a machine, perhaps with a user, `remote` one with a path;
 * `package`, `branch`, `service`, `process`, `image` and `recipient` name such; `secret` is one itself.
 */
export type Use =
  | 'text'
  | 'read'
  | 'list'
  | 'object'
  | 'make'
  | 'write'
  | 'alter'
  | 'move'
  | 'lose'
  | 'clear'
  | 'url'
  | 'send'
  | 'program'
  | 'command'
  | 'shell'
  | 'script'
  | 'code'
  | 'host'
  | 'remote'
  | 'package'
  | 'branch'
  | 'service'
  | 'process'
  | 'image'
  | 'recipient'
  | 'secret'
  | 'unknown';

export type Option = {
  /** `attached` values are optional and stand in the same word; `rest` is everything to the end. */
  readonly takes: 'nothing' | 'value' | 'attached' | 'rest';
  /** Of its value; of one that takes none, of the place where the program runs. */
  readonly use: Use;
  readonly effects: readonly Effect[];
  readonly risk_min: number;
};
export type Options = Readonly<Record<string, Option>>;

/** What is known of a program. Lists of options hold what is known of them, and nothing by abbreviation. */
export type Program = {
  /** Whatever its words are. */
  readonly effects: readonly Effect[];
  readonly options: Options;
  /** `harmless` only where no option of any version writes or runs something. */
  readonly unlisted: 'harmless' | 'opaque';
  /** `words` have no clusters; `first` means that options end with the first word that is none. */
  readonly style: 'anywhere' | 'first' | 'words';
  /** `given` are the names of the options, and `UNLISTED` for those that no table knows. */
  readonly operands: (at: number, count: number, given: ReadonlySet<string>) => Use;
  /** Whose effects are those of whatever code it is given: all that the tool may have. */
  readonly runs: boolean;
  readonly irreversible: boolean;
  readonly risk_min: number;
  /** The first operand chooses another row; without one nothing is known. */
  readonly commands: Readonly<Record<string, Program>> | null;
  /** What no table says: the mode of a file, an assignment. Null leaves it to `operands`. */
  readonly special: ((operand: string, at: number) => Special | null) | null;
};
export type Special = { readonly use: Use; readonly effects: readonly Effect[] };
export type Programs = Readonly<Record<string, Program>>;

export const UNLISTED = '?';

/** What destroys, and what destroys a whole tree. What is named grave by its path weighs everything. */
export const RISK_DESTROYS = 800_000;
export const RISK_DESTROYS_TREE = 900_000;
export const RISK_GRAVE: number = RISK_ONE;

const HARMLESS: Program = {
  effects: ['COMPUTE'],
  options: {},
  unlisted: 'harmless',
  style: 'anywhere',
  operands: () => 'text',
  runs: false,
  irreversible: false,
  risk_min: 0,
  commands: null,
  special: null,
};

/** A program without options that write or run anything. */
export function harmless(use: Use, change: Partial<Program> = {}): Program {
  return { ...HARMLESS, operands: () => use, ...change };
}

/** A program that has such options: what is not listed makes it opaque. */
export function listed(use: Use, options: Options, change: Partial<Program> = {}): Program {
  return { ...HARMLESS, unlisted: 'opaque', operands: () => use, options, ...change };
}

export function flags(names: string, change: Partial<Option> = {}): Options {
  return optionsOf(names, { takes: 'nothing', use: 'text', effects: [], risk_min: 0, ...change });
}

export function values(names: string, use: Use = 'text', change: Partial<Option> = {}): Options {
  return optionsOf(names, { takes: 'value', use, effects: [], risk_min: 0, ...change });
}

/** Such that `--name` stands alone, or as `--name=value`. */
export function attached(names: string): Options {
  return optionsOf(names, { takes: 'attached', use: 'text', effects: [], risk_min: 0 });
}

function optionsOf(names: string, option: Option): Options {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, option]),
  );
}

export function named(names: string, program: Program): Programs {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, program]),
  );
}
