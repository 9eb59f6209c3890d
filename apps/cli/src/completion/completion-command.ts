import type { Run } from '../program/command.ts';
import { oneOf } from '../program/read-words.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { SHELLS, wordsOf } from './words.ts';
import { zshCompletion } from './zsh.ts';

const MAKE = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** The words of all commands and their options, made of the table that the program itself reads. */
export const run: Run = (call) => {
  const shell = oneOf(SHELLS, call.operands[0] ?? '', 'the shell');
  const script = MAKE[shell](wordsOf(call.commands));
  return Promise.resolve({ exit: 0, lines: [], raw: script, json: { exit: 0, shell, script } });
};
