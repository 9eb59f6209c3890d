import type { CommandLine } from '../arguments/command-line.ts';
import { foundAt, joinMeanings, type Meaning, NOTHING, settleUndo } from '../meaning/meaning.ts';
import { restorableRepository } from '../paths/restorable.ts';
import { ANY } from '../shell/marks.ts';
import { findProgram } from './find-program.ts';
import { type Program, UNLISTED, type Use } from './program.ts';
import { settleFetch } from './settle-fetch.ts';
import { type Given, readWords, type Words } from './read-words.ts';
import { type Around, type Nested, touch, useWord } from './use-word.ts';

const EXECUTABLE = '/executable';
/** Writ's own command line: whoever runs it for an agent answers in a person's place. */
const OWN_PROGRAM = 'writ';

/** What a program does with its words, as far as the tables know it; all that the tool may do beyond. */
export function understandCommandLine({ executable, words }: CommandLine, around: Around): Meaning {
  const known = findProgram(executable, around.scene);
  const own = executable.slice(executable.lastIndexOf('/') + 1) === OWN_PROGRAM;
  const program = joinMeanings([
    touch('program', executable, EXECUTABLE),
    own ? foundAt('self_protect', EXECUTABLE) : NOTHING,
  ]);
  if (known === null) return joinMeanings([program, unfamiliar(around)]);
  return joinMeanings([
    program,
    known.observed ? NOTHING : foundAt('lexical_only', EXECUTABLE),
    settleOwn(settleFetch(understandProgram(known.program, words, 0, around), words)),
  ]);
}

/** What another program does that it runs is said of that one. */
function settleOwn(meaning: Meaning): Meaning {
  const effects = meaning.effects.filter((effect) => effect !== 'EXECUTE_CODE');
  return { ...meaning, reversibility: settleUndo({ ...meaning, effects }).reversibility };
}

function unfamiliar(around: Around): Meaning {
  return joinMeanings([around.whole, foundAt('unfamiliar', EXECUTABLE)]);
}

function understandProgram(program: Program, all: readonly string[], from: number, around: Around): Meaning {
  if (asksForHelp(all.slice(from))) return { ...NOTHING, effects: ['COMPUTE'] };
  const words = readWords(program, all.slice(from));
  const mode = (words.operands.length === 0 ? program.bare : null) ?? findMode(program, words);
  if (mode !== null) return understandProgram(mode, all, from, around);
  const whereOf = (at: number): string => `/args/${from + at}`;
  const parts = [
    ...words.options.map((given) => understandOption(program, given, words, whereOf(given.at), around)),
    words.cut ? foundAt('opaque', whereOf(all.length - from - 1)) : NOTHING,
  ];
  if (program.commands === null) {
    return joinMeanings([
      ownMeaning(program, around),
      ...parts,
      ...understandOperands(program, words, all.slice(from), whereOf, around),
      understandInput(program, words, around),
    ]);
  }
  const [command] = words.operands;
  const row = command === undefined ? null : findCommand(program, command.text);
  if (command === undefined || row === null) return joinMeanings([...parts, unfamiliar(around)]);
  return joinMeanings([...parts, understandProgram(row, all, from + command.at + 1, around)]);
}

/** Alone it shows a text, or is refused; beside other words who reads them in which order decides. */
function asksForHelp(words: readonly string[]): boolean {
  return words.length === 1 && (words[0] === '--help' || words[0] === '--version');
}

function findMode({ modes }: Program, { options }: Words): Program | null {
  if (modes.length === 0) return null;
  const given = new Set(options.flatMap(({ name, value }) => [name, `${name}=${value ?? ''}`]));
  return modes.find(({ names }) => names.some((name) => given.has(name)))?.program ?? null;
}

/** What a command is about is a plain name: anything else chooses nothing. */
const TOPIC = /^[A-Za-z][A-Za-z0-9]*(?:[-_:.][A-Za-z0-9]+)*$/;

function findCommand({ by_verb, commands, other }: Program, command: string): Program | null {
  const verbs = by_verb ? [command.slice(command.lastIndexOf(':') + 1), command.split('-')[0]] : [];
  const name = [command, ...verbs].find((one) => one !== undefined && Object.hasOwn(commands ?? {}, one));
  if (name !== undefined) return commands?.[name] ?? null;
  return TOPIC.test(command) ? other : null;
}

function ownMeaning(program: Program, around: Around): Meaning {
  const { effects, findings, runs } = program;
  const found = findings.map((code) => ({ code, where: EXECUTABLE }));
  const meaning: Meaning = { ...NOTHING, effects, findings: found, ...lossIn(program, around) };
  return runs ? joinMeanings([meaning, unfamiliar(around)]) : meaning;
}

/** What a row says that is lost, less where the scene says that all of the repository can be had back. */
function lossIn(
  { in_repository, reversibility, risk_min }: Pick<Program, 'in_repository' | 'reversibility' | 'risk_min'>,
  { scene }: Around,
): Pick<Meaning, 'reversibility' | 'risk_min'> {
  const restored = in_repository ? restorableRepository(scene) : null;
  return restored === null ? { reversibility, risk_min } : { reversibility: restored, risk_min: 0 };
}

function understandOption(
  { unlisted }: Program,
  { name, row, value, words: taken }: Given,
  words: Words,
  where: string,
  around: Around,
): Meaning {
  const { operands } = words;
  if (row === null && unlisted === 'harmless') return NOTHING;
  // Of a cluster that goes on as a path nobody knows where its value begins.
  if (row === null && unlisted === 'workspace' && name !== '-/' && name !== '-~') {
    return useWord(value ?? '', 'inside', where, around);
  }
  if (row === null) return useWord('', 'unknown', where, around);
  const { effects, findings, takes, use } = row;
  const found = findings.map((code) => ({ code, where }));
  const own: Meaning = { ...NOTHING, effects, findings: found, ...lossIn(row, around) };
  if (isNested(use)) {
    const given = words;
    const nested = takes === 'rest' || takes === 'clause' ? taken : value === null ? [] : [value];
    return nested.length === 0 ? own : joinMeanings([own, around.run({ use, words: nested, where, given })]);
  }
  // What takes no value acts on the operands; without any, on the place where the program runs.
  const word = value ?? (takes === 'rest' || (takes === 'nothing' && operands.length === 0) ? '.' : null);
  return word === null ? own : joinMeanings([own, useWord(word, use, where, around)]);
}

function understandOperands(
  { operands: useOf, special }: Program,
  words: Words,
  all: readonly string[],
  whereOf: (at: number) => string,
  around: Around,
): readonly Meaning[] {
  const { operands } = words;
  const given = namesOf(words);
  const meanings: Meaning[] = [];
  for (const [position, { text, at }] of operands.entries()) {
    const exception = special?.(text, position, operands.length) ?? null;
    const use = exception?.use ?? unsure(useOf(position, operands.length, given), text, special !== null);
    if (exception !== null) meanings.push({ ...NOTHING, effects: exception.effects });
    if (!isNested(use)) {
      meanings.push(useWord(text, use, whereOf(at), around));
      continue;
    }
    meanings.push(around.run({ use, words: all.slice(at), where: whereOf(at), given: words }));
    // What stands behind it belongs to it.
    if (use === 'command' || use === 'line' || use === 'script') break;
  }
  return meanings;
}

/** What is text only because nothing in it says otherwise, is so where all of it is known. */
function unsure(use: Use, text: string, decides: boolean): Use {
  return decides && use === 'text' && text.includes(ANY) ? 'unknown' : use;
}

function namesOf({ options }: Words): ReadonlySet<string> {
  return new Set(options.map(({ name, row }) => (row === null ? UNLISTED : name)));
}

/** What it runs where none of its words says so. */
function understandInput(
  { alone, input, operands, special }: Program,
  words: Words,
  around: Around,
): Meaning {
  const feeds = input === 'shell' || input === 'code';
  if (input === 'text' && alone.length === 0) return NOTHING;
  const given = namesOf(words);
  const count = words.operands.length;
  const runs =
    words.options.some(({ row }) => row !== null && isNested(row.use)) ||
    words.operands.some(
      ({ text }, at) =>
        text !== '-' && isNested(special?.(text, at, count)?.use ?? operands(at, count, given)),
    );
  if (runs) return NOTHING;
  // Without a command it shows what it reads.
  if (input === 'command')
    return around.run({ use: 'command', words: ['echo'], where: EXECUTABLE, given: words });
  if (!feeds) return { ...NOTHING, effects: alone };
  return around.run({ use: input, words: [], where: EXECUTABLE, given: words });
}

function isNested(use: Use): use is Nested['use'] {
  return use === 'command' || use === 'shell' || use === 'line' || use === 'script' || use === 'code';
}
