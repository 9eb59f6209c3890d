import type { Command, Option } from '../program/command.ts';
import { COMMON_OPTIONS } from '../program/parse-call.ts';

/** What can be typed, as the shells are told. */
export type Typed = {
  /** The first words, with what they are for; empty where more than one command begins with it. */
  readonly firsts: readonly Word[];
  /** The second words of those that have some. */
  readonly seconds: ReadonlyMap<string, readonly Word[]>;
  readonly commands: readonly CommandWords[];
};

export type Word = { readonly word: string; readonly about: string };
export type CommandWords = { readonly name: string; readonly options: readonly OptionWord[] };
export type OptionWord = Word & { readonly takesValue: boolean };

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

const HELP: Word = { word: 'help', about: 'show what commands there are, or what one takes' };

export function wordsOf(all: readonly Command[]): Typed {
  const commands = all.filter((command) => !command.hidden);
  const firsts = new Map<string, Word>([[HELP.word, HELP]]);
  const seconds = new Map<string, Word[]>();
  for (const { name, summary } of commands) {
    const [first = '', second] = name.split(' ');
    if (second === undefined) firsts.set(first, { word: first, about: summary });
    else {
      firsts.set(first, firsts.get(first) ?? { word: first, about: '' });
      seconds.set(first, [...(seconds.get(first) ?? []), { word: second, about: summary }]);
    }
  }
  return {
    firsts: [...firsts.values()],
    seconds,
    commands: commands.map(({ name, options }) => ({ name, options: optionsOf(options) })),
  };
}

function optionsOf(options: Readonly<Record<string, Option>>): readonly OptionWord[] {
  return Object.entries({ ...options, ...COMMON_OPTIONS }).map(([name, { help, kind }]) => ({
    word: `--${name}`,
    about: help,
    takesValue: kind !== 'flag',
  }));
}

/** A text that a shell takes as it is. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
