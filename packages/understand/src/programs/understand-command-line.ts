import type { CommandLine } from '../arguments/command-line.ts';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { findProgram } from './find-program.ts';
import { type Program, UNLISTED } from './program.ts';
import { type Given, readWords, type Words } from './read-words.ts';
import { type Around, touch, useWord } from './use-word.ts';

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
    understandProgram(known.program, words, 0, around),
  ]);
}

function unfamiliar(around: Around): Meaning {
  return joinMeanings([around.whole, foundAt('unfamiliar', EXECUTABLE)]);
}

function understandProgram(program: Program, all: readonly string[], from: number, around: Around): Meaning {
  const words = readWords(program, all.slice(from));
  const whereOf = (at: number): string => `/args/${from + at}`;
  const parts = [
    ...words.options.map((given) => understandOption(program, given, words, whereOf(given.at), around)),
    words.cut ? foundAt('opaque', whereOf(all.length - from - 1)) : NOTHING,
  ];
  const { commands } = program;
  if (commands === null) {
    return joinMeanings([
      ownMeaning(program, around),
      ...parts,
      ...understandOperands(program, words, whereOf, around),
    ]);
  }
  const [command] = words.operands;
  const row =
    command !== undefined && Object.hasOwn(commands, command.text) ? commands[command.text] : undefined;
  if (command === undefined || row === undefined) return joinMeanings([...parts, unfamiliar(around)]);
  return joinMeanings([...parts, understandProgram(row, all, from + command.at + 1, around)]);
}

function ownMeaning({ effects, irreversible, risk_min, runs }: Program, around: Around): Meaning {
  const reversibility = irreversible ? 'irreversible' : 'nothing_to_undo';
  const meaning: Meaning = { ...NOTHING, effects, risk_min, reversibility };
  return runs ? joinMeanings([meaning, unfamiliar(around)]) : meaning;
}

function understandOption(
  { unlisted }: Program,
  { row, value }: Given,
  { operands }: Words,
  where: string,
  around: Around,
): Meaning {
  if (row === null) return unlisted === 'harmless' ? NOTHING : useWord('', 'unknown', where, around);
  const { effects, risk_min, takes, use } = row;
  const own: Meaning = { ...NOTHING, effects, risk_min };
  // What takes no value acts on the operands; without any, on the place where the program runs.
  const word = value ?? (takes === 'rest' || (takes === 'nothing' && operands.length === 0) ? '.' : null);
  return word === null ? own : joinMeanings([own, useWord(word, use, where, around)]);
}

function understandOperands(
  { operands: useOf, special }: Program,
  { operands, options }: Words,
  whereOf: (at: number) => string,
  around: Around,
): readonly Meaning[] {
  const given = new Set(options.map(({ name, row }) => (row === null ? UNLISTED : name)));
  return operands.map(({ text, at }, position) => {
    const exception = special?.(text, position) ?? null;
    const use = exception?.use ?? useOf(position, operands.length, given);
    const used = useWord(text, use, whereOf(at), around);
    return exception === null ? used : joinMeanings([{ ...NOTHING, effects: exception.effects }, used]);
  });
}
