import { ANY, beforeMarks, isPattern } from '../shell/marks.ts';
import { flags, type Option, type Options, type Program, SEPARATOR, UNLISTED } from './program.ts';

/** One word that a program takes as an option; `row` is null where the table does not know it. */
export type Given = {
  readonly name: string;
  readonly row: Option | null;
  readonly value: string | null;
  readonly at: number;
  /** The words of a command that it takes. */
  readonly words: readonly string[];
};
type Seen = Omit<Given, 'at' | 'words'>;

export type Words = {
  readonly options: readonly Given[];
  readonly operands: readonly { readonly text: string; readonly at: number }[];
  /** An option that wants a value stands last. */
  readonly cut: boolean;
};

type Reading = {
  readonly program: Program;
  readonly words: readonly string[];
  readonly options: Given[];
  readonly operands: { readonly text: string; readonly at: number }[];
  at: number;
  ended: boolean;
  cut: boolean;
};

/** The words as getopt would take them: clusters, values beside or behind, `--`, options after operands. */
export function readWords(program: Program, words: readonly string[]): Words {
  const reading: Reading = { program, words, options: [], operands: [], at: 0, ended: false, cut: false };
  if (program.style === 'bundle') readBundle(reading);
  while (reading.at < words.length) {
    const word = words[reading.at] ?? '';
    reading.at += 1;
    if (!reading.ended && mayBeOption(program, word))
      give(reading, { name: UNLISTED, row: null, value: null });
    if (reading.ended || !isOption(program, word)) readOperand(reading, word);
    else if (word === SEPARATOR && program.style !== 'words') readSeparator(reading);
    else if (isWhole(program)) readWhole(reading, word);
    else if (word.startsWith('--')) readLong(reading, word);
    else readCluster(reading, word);
  }
  return { options: reading.options, operands: reading.operands, cut: reading.cut };
}

/**
 * What nobody knows may be an option, and so may the name of a file, for a program that runs what one says.
 */
function mayBeOption({ options }: Program, word: string): boolean {
  if (word.startsWith(ANY)) return true;
  return (
    isPattern(word) && beforeMarks(word) === '' && word.length === 1 && Object.values(options).some(runsCode)
  );
}

function runsCode({ use }: Option): boolean {
  return use === 'command' || use === 'shell' || use === 'line' || use === 'code' || use === 'program';
}

/** A lone `-` is an operand: the standard input, or a file of that name. */
function isOption(program: Program, word: string): boolean {
  const dashed = word.startsWith('-') && word !== '-';
  return dashed || (isWhole(program) && rowOf(program.options, nameBefore(word)) !== null);
}

function isWhole({ style }: Program): boolean {
  return style === 'words' || style === 'words first';
}

/** `xzf name`: letters without a dash, and behind them the values of those that take one, in turn. */
function readBundle(reading: Reading): void {
  const [word = ''] = reading.words;
  if (word === '' || word.startsWith('-')) return;
  reading.at = 1;
  for (const letter of new Set(word)) {
    const name = `-${letter}`;
    give(reading, { name, row: rowOf(reading.program.options, name), value: null });
  }
}

const SEPARATING: Option | null = flags(SEPARATOR)[SEPARATOR] ?? null;

function readSeparator(reading: Reading): void {
  reading.ended = true;
  give(reading, { name: SEPARATOR, row: SEPARATING, value: null });
}

function readOperand(reading: Reading, text: string): void {
  reading.operands.push({ text, at: reading.at - 1 });
  if (reading.program.style === 'first' || reading.program.style === 'words first') reading.ended = true;
}

/** `-name`, `!`, or `if=value`: the sign belongs to the name. */
function readWhole(reading: Reading, word: string): void {
  const { options } = reading.program;
  const written = nameBefore(word);
  const bare = written.replace(/=$/, '');
  // `-name=value` and `--name` are what `-name` is, where nothing else is said of them.
  const name =
    [written, bare, bare.replace(/^--/, '-')].find((one) => rowOf(options, one) !== null) ?? written;
  const value = written.endsWith('=') ? word.slice(written.length) : null;
  const row = rowOf(options, name);
  give(reading, { name, row: value !== null && row?.takes === 'nothing' ? null : row, value });
}

function readLong(reading: Reading, word: string): void {
  const sign = word.indexOf('=');
  const name = sign < 0 ? word : word.slice(0, sign);
  const row = rowOf(reading.program.options, name);
  const value = sign < 0 ? null : word.slice(sign + 1);
  // A value for what takes none is another option than the one we know.
  give(reading, { name, row: value !== null && row?.takes === 'nothing' ? null : row, value });
}

function readCluster(reading: Reading, word: string): void {
  const { options } = reading.program;
  const number = /^-[0-9]+$/.test(word) ? rowOf(options, '-#') : null;
  if (number !== null) return give(reading, { name: '-#', row: number, value: null });
  const seen = new Set<string>();
  for (let at = 1; at < word.length; at++) {
    const name = `-${word.charAt(at)}`;
    const row = rowOf(options, name);
    const rest = word.slice(at + 1);
    const isFlag = row === null || row.takes === 'nothing';
    // A second time it adds nothing: a word of a hundred thousand letters is not as many options.
    const known = row === null ? UNLISTED : name;
    if (isFlag && seen.has(known)) continue;
    seen.add(known);
    if (isFlag) give(reading, { name, row, value: null });
    else return give(reading, { name, row, value: rest === '' ? null : rest });
  }
}

/** Notes an option, with the next word or all others as its value where it takes them. */
function give(reading: Reading, seen: Seen): void {
  const given = { ...seen, at: reading.at - 1, words: commandBehind(reading, seen.row) };
  const next = reading.words[reading.at];
  reading.at += given.words.length;
  if (given.row?.takes !== 'value' || given.value !== null) {
    reading.options.push(given);
    return;
  }
  if (next === undefined) reading.cut = true;
  reading.at += 1;
  reading.options.push({ ...given, value: next ?? null });
}

function commandBehind({ at, words }: Reading, row: Option | null): readonly string[] {
  if (row?.takes === 'rest') return words.slice(at);
  if (row?.takes !== 'clause') return [];
  const end = words.findIndex((word, index) => index >= at && (word === ';' || (word === '+' && index > at)));
  return end < 0 ? words.slice(at) : words.slice(at, end + 1);
}

function nameBefore(word: string): string {
  const sign = word.indexOf('=');
  return sign < 0 ? word : word.slice(0, sign + 1);
}

function rowOf(options: Options, name: string): Option | null {
  return Object.hasOwn(options, name) ? (options[name] ?? null) : null;
}
