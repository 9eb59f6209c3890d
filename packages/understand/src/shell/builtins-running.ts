import type { Builtin, Builtins, Called } from './builtin.ts';
import { onlyBash, opaque } from './reading.ts';
import { copyState } from './state.ts';
import { EMPTY, isSame, UNKNOWN } from './value.ts';
import { joinWords, textOfWord, valueOf, type Word } from './word.ts';

/** Its words, joined with blanks, are a text of the shell. */
const readEval: Builtin = (words, { input, reading, state }) => {
  const rest = textOfWord(words[0] ?? EMPTY_WORD) === '--' ? words.slice(1) : words;
  return reading.again(joinWords(rest), state, input, reading);
};

const EMPTY_WORD: Word = { kind: 'literal', text: '', from: [] };

const readSource: Builtin = (words, { input, reading, state }) => {
  const [file, ...rest] = textOfWord(words[0] ?? EMPTY_WORD) === '--' ? words.slice(1) : words;
  if (file === undefined) return EMPTY;
  const text = reading.world.script(file, state);
  if (text !== null) {
    const { positional } = state;
    if (rest.length > 0) state.positional = rest;
    const output = reading.again(text, state, input, reading);
    state.positional = rest.length > 0 ? positional : state.positional;
    return output;
  }
  for (const name of state.variables.keys()) state.variables.set(name, UNKNOWN);
  state.lists.clear();
  return UNKNOWN;
};

/** Without a command its redirections stay. */
const readExec: Builtin = (words, { redirected, runWords, state }) => {
  let rest = words;
  while (/^-[cl]+$|^--$/.test(textOfWord(rest[0] ?? EMPTY_WORD) ?? '')) rest = rest.slice(1);
  if (textOfWord(rest[0] ?? EMPTY_WORD) === '-a') rest = rest.slice(2);
  if (rest.length > 0) return runWords(rest, false);
  for (const [number, value] of redirected.opened) state.descriptors.set(number, value);
  return EMPTY;
};

const readCommandBuiltin: Builtin = (words, called) => {
  let rest = words;
  for (
    let text = textOfWord(rest[0] ?? EMPTY_WORD);
    rest.length > 0;
    text = textOfWord(rest[0] ?? EMPTY_WORD)
  ) {
    if (text === null || !/^-[pvV]+$|^--$/.test(text)) break;
    if (/[vV]/.test(text)) return UNKNOWN;
    rest = rest.slice(1);
  }
  return rest.length === 0 ? EMPTY : called.runWords(rest, false);
};

const readBuiltin: Builtin = (words, called) => {
  onlyBash(called.reading);
  return words.length === 0 ? EMPTY : called.runWords(words, false);
};

/** It runs later, with whatever the variables hold then. */
const readTrap: Builtin = (words, called) => {
  const rest = textOfWord(words[0] ?? EMPTY_WORD) === '--' ? words.slice(1) : words;
  const [text, ...signals] = rest;
  const first = text === undefined ? '' : textOfWord(text);
  if (
    text === undefined ||
    signals.length === 0 ||
    first === '' ||
    first === '-' ||
    first === '-p' ||
    first === '-l'
  )
    return UNKNOWN;
  const names = signals.map((signal) => textOfWord(signal));
  if (names.some((name) => name === null || /^(?:DEBUG|ERR|RETURN)$/i.test(name)))
    opaque(called.reading, ['EXECUTE_CODE']);
  readLater(text, called);
  return EMPTY;
};

function readLater(text: Word, { reading, state }: Called): void {
  const later = copyState(state);
  for (const name of later.variables.keys()) later.variables.set(name, UNKNOWN);
  later.lists.clear();
  later.places = [null];
  const before = new Map(later.variables);
  reading.again(valueOf(text), later, null, reading);
  const changed = [...later.variables].some(([name, value]) => {
    const was = before.get(name);
    return was !== value && (was === undefined || !isSame(was, value));
  });
  if (changed) opaque(reading, ['EXECUTE_CODE']);
}

/** Commands of the shell that run others. */
export const RUNNING: Builtins = {
  '.': readSource,
  builtin: readBuiltin,
  command: readCommandBuiltin,
  eval: readEval,
  exec: readExec,
  source: readSource,
  trap: readTrap,
};
