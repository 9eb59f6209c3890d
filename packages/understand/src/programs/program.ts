import { type Effect, type FindingCode, RISK_ONE, type Understanding } from '@writ/contract';

/**
 * What a program does with one of its words. `read` and `list` differ in whether content is seen; `make`
 * replaces nothing; `write` is into that place, `alter` what stands there; `move` takes it away; `lose` is
 * gone for good, `clear` with all below it that is found; `send` is text, or a file named in it, that leaves
 * the host; `object` is a revision, perhaps with a path; `program` runs something. `command` is the name of a
 * program whose words are all that follow, `shell` the text of a shell, `script` a file that is executed,
 * `line` one that this word and all behind it make, `code` a program of another language; `host` a machine,
 * perhaps with a user;
 * `package`, `branch`, `service`, `process`, `image` and `recipient` name such; `secret` is one itself.
 * `suffix` an ending of names, `template` a text that may name a file, `cookie` what is sent, or without a
 * value a file of such. `tree` is gone with all below it, `discard` what was changed there and is kept
 * nowhere; `committish` is a revision that is gone to, or a path that is discarded; `refspec` is what a push
 * changes elsewhere, `repository` where one lies, `setting` a name with a value for one; `place` is where it
 * runs instead, `inside` what may name something of the workspace; `remote` and `destination` are a path here
 * or on another host, `method` one of HTTP; `sought` a pattern of names that are looked for; `sql` is text
 * for a database, `edits` one for `sed`.
 */
export const USES = [
  'text',
  'read',
  'list',
  'object',
  'make',
  'write',
  'alter',
  'move',
  'lose',
  'tree',
  'discard',
  'committish',
  'repository',
  'setting',
  'place',
  'inside',
  'clear',
  'url',
  'send',
  'program',
  'command',
  'shell',
  'line',
  'script',
  'code',
  'host',
  'remote',
  'destination',
  'method',
  'sought',
  'package',
  'branch',
  'refspec',
  'sql',
  'edits',
  'service',
  'process',
  'image',
  'recipient',
  'secret',
  'suffix',
  'template',
  'cookie',
  'unknown',
] as const;
export type Use = (typeof USES)[number];

export type Option = {
  /**
   * `attached` values are optional and stand in the same word; `rest` is everything to the end, `clause` to
   * the next `;` or `+`.
   */
  readonly takes: 'nothing' | 'value' | 'attached' | 'rest' | 'clause';
  /** Of its value; of one that takes none, of the place where the program runs. */
  readonly use: Use;
  readonly effects: readonly Effect[];
  readonly findings: readonly FindingCode[];
  readonly reversibility: Understanding['reversibility'];
  readonly risk_min: number;
  /** What it loses was in the repository where the program runs, or in its work tree, and nowhere else. */
  readonly in_repository: boolean;
};
export type Options = Readonly<Record<string, Option>>;

/** What is known of a program. Lists of options hold what is known of them, and nothing by abbreviation. */
export type Program = {
  /** Whatever its words are. */
  readonly effects: readonly Effect[];
  readonly findings: readonly FindingCode[];
  readonly options: Options;
  /**
   * `harmless` only where no option of any version runs something; those that write are listed. `workspace`
   * where the program runs what lies in the workspace anyway: an option that names something else is opaque.
   */
  readonly unlisted: 'harmless' | 'workspace' | 'opaque';
  /**
   * `words` have no clusters; `first` means that options end with the first word that is none. `bundle` may
   * begin with a cluster that has no dash, whose values follow it in turn.
   */
  readonly style: 'anywhere' | 'first' | 'words' | 'words first' | 'bundle';
  /** `given` are the names of the options, and `UNLISTED` for those that no table knows. */
  readonly operands: (at: number, count: number, given: ReadonlySet<string>) => Use;
  /** Whose effects are those of whatever code it is given: all that the tool may have. */
  readonly runs: boolean;
  /** Of what it does by itself: where that changes something, `nothing_to_undo` becomes `unknown`. */
  readonly reversibility: Understanding['reversibility'];
  /**
   * What it does with its standard input where no word says what it runs: `shell` or `code` runs that,
   * `command` adds its words to the command.
   */
  readonly input: 'text' | 'shell' | 'code' | 'command';
  /** Where none of its words is a command. */
  readonly alone: readonly Effect[];
  readonly risk_min: number;
  /** As of an option. */
  readonly in_repository: boolean;
  /** With one of these options it is another program: the first that is given counts. */
  readonly modes: readonly Mode[];
  /** The row where no operand is given. */
  readonly bare: Program | null;
  /** The first operand chooses another row; without one nothing is known. */
  readonly commands: Programs | null;
  /** Whether a part of the first operand chooses too: `delete-bucket`, `apps:destroy`. */
  readonly by_verb: boolean;
  /** The row behind a first operand that is not among `commands`: what the command is about. */
  readonly other: Program | null;
  /** What no table says: the mode of a file, an assignment. Null leaves it to `operands`. */
  readonly special: ((operand: string, at: number, count: number) => Special | null) | null;
};
/** `names` of options, or `--name=value` where the value decides. */
export type Mode = { readonly names: readonly string[]; readonly program: Program };
export type Special = { readonly use: Use; readonly effects: readonly Effect[] };
export type Programs = Readonly<Record<string, Program>>;

export const UNLISTED = '?';
/** Stands among the options that were given where `--` ends them. */
export const SEPARATOR = '--';

/** What destroys, and what destroys a whole tree. What is named grave by its path weighs everything. */
export const RISK_DESTROYS = 800_000;
export const RISK_DESTROYS_TREE = 900_000;
export const RISK_GRAVE: number = RISK_ONE;

const HARMLESS: Program = {
  effects: ['COMPUTE'],
  findings: [],
  options: {},
  unlisted: 'harmless',
  style: 'anywhere',
  operands: () => 'text',
  runs: false,
  reversibility: 'nothing_to_undo',
  input: 'text',
  alone: [],
  risk_min: 0,
  in_repository: false,
  modes: [],
  bare: null,
  commands: null,
  by_verb: false,
  other: null,
  special: null,
};

/** A program without options that write or run anything. */
export function harmless(use: Use, change: Partial<Program> = {}): Program {
  return { ...HARMLESS, operands: () => use, ...change };
}

/** A program that has such options: what is not listed makes it opaque. */
export function listed(use: Use, known: Options, change: Partial<Program> = {}): Program {
  return { ...HARMLESS, unlisted: 'opaque', operands: () => use, options: known, ...change };
}

const OPTION: Option = {
  takes: 'nothing',
  use: 'text',
  effects: [],
  findings: [],
  reversibility: 'nothing_to_undo',
  risk_min: 0,
  in_repository: false,
};

export function flags(names: string, change: Partial<Option> = {}): Options {
  return record(names, { ...OPTION, ...change });
}

export function values(names: string, use: Use = 'text', change: Partial<Option> = {}): Options {
  return record(names, { ...OPTION, takes: 'value', use, ...change });
}

/**
 * A list of options in short: `-q`, `--[no-]tags`, `-m=` with a value, `-F=read` with what is done with it,
 * `--color?` with one that is optional and stands in the same word.
 */
export function options(text: string): Options {
  return Object.fromEntries(wordsOf(text).flatMap(entriesOf));
}

function entriesOf(word: string): readonly (readonly [string, Option])[] {
  const [, name = word, sign, use] = /^(.+?)([=?])([a-z]*)$/.exec(word) ?? [];
  const takes = sign === undefined ? 'nothing' : sign === '=' ? 'value' : 'attached';
  const option: Option = { ...OPTION, takes, use: useNamed(use) };
  const names = name.includes('[no-]') ? [name.replace('[no-]', ''), name.replace('[no-]', 'no-')] : [name];
  return names.map((one) => [one, option]);
}

/** A name that is no use hides nothing: such a value is unknown. */
function useNamed(name: string | undefined): Use {
  if (name === undefined || name === '') return 'text';
  return USES.find((one) => one === name) ?? 'unknown';
}

/** Such that `--name` stands alone, or as `--name=value`. */
export function attached(names: string, use: Use = 'text', change: Partial<Option> = {}): Options {
  return record(names, { ...OPTION, takes: 'attached', use, ...change });
}

export function named(names: string, program: Program): Programs {
  return record(names, program);
}

/** A program that is known by its commands, `''` where none is given; options before them are listed. */
export function tree(
  names: string,
  commands: Programs,
  before: Options = {},
  change: Partial<Program> = {},
): Programs {
  const { '': bare = null, ...rest } = commands;
  return named(
    names,
    listed('unknown', before, { effects: [], style: 'first', bare, commands: rest, ...change }),
  );
}

function record<Row>(names: string, row: Row): Readonly<Record<string, Row>> {
  return Object.fromEntries(wordsOf(names).map((name) => [name, row]));
}

export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
