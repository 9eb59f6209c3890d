import type { Effect } from '@writ/contract';
import { wordSet } from '../word-set.ts';
import { setVariable } from './assign.ts';
import { type Builtin, type Builtins, type Called, NAME } from './builtin.ts';
import { opaque } from './reading.ts';
import type { Place } from './state.ts';
import { EMPTY, NUMBER, UNKNOWN, unknownFrom, type Value } from './value.ts';
import { literalTexts, textOfWord, valueOf, type Word } from './word.ts';

const readCd: Builtin = (words, { reading, state }) => {
  const targets = words.filter((word) => !/^-[PLe@]+$|^--$/.test(textOfWord(word) ?? ''));
  const [target] = targets;
  const text = target === undefined ? reading.home : nameOf(target);
  const before = state.places;
  const places = before.map((place) => placeIn(place, text));
  const [first = null] = places;
  const isOther = targets.length > 1 || text === '-' || state.variables.has('CDPATH');
  state.failed = before;
  state.places = isOther
    ? [null]
    : ([first, ...new Set(places.slice(1))].filter(isFresh) as [Place, ...Place[]]); // the first stays
  return EMPTY;
};

function isFresh(place: Place, at: number, all: readonly Place[]): boolean {
  return all.indexOf(place) === at;
}

/** Of a name that nobody knows, it may be known where it lies. */
function nameOf(word: Word): string | null {
  if (word.kind !== 'unknown' || word.below === null || word.prefix !== '') return textOfWord(word);
  return `${word.below === '' ? '.' : word.below}/_`;
}

/** A name below another place; `..` is left to who makes paths of it. */
function placeIn(place: Place, name: string | null): Place {
  if (name === null || name === '') return null;
  if (name.startsWith('/') || name === '~' || name.startsWith('~/')) return name;
  if (place === null) return null;
  return place === '' ? name : `${place}/${name}`;
}

const readPushd: Builtin = (_words, { state }) => {
  state.failed = state.places;
  state.places = [null];
  return UNKNOWN;
};

/** Outside of a function it is an error; within one its values end with it. */
const readLocal: Builtin = (words, called) => {
  const { reading, state } = called;
  const global = words.some((word) => /^-[a-zA-Z]*g/.test(textOfWord(word) ?? ''));
  if (reading.calls.length > 0 && !global) {
    const names = words.map((word) => /^[A-Za-z_][A-Za-z0-9_]*/.exec(beginningOf(word))?.[0]);
    state.locals = new Set([...state.locals, ...names.filter((name) => name !== undefined)]);
  }
  return readDeclare(words, called);
};

const readOnlyLocal: Builtin = (words, called) =>
  called.reading.calls.length === 0 ? EMPTY : readLocal(words, called);

function beginningOf(word: Word): string {
  return word.kind === 'literal' ? word.text : word.prefix;
}

/** Without names they show every variable with its value. */
const TELLS_ALL: readonly Effect[] = ['READ_CONFIG', 'READ_SECRETS'];

/** `export`, `declare` and their kin. An attribute can change what a value means. */
const readDeclare: Builtin = (words, called) => {
  const { reading, state } = called;
  let fixes = false;
  if (words.every((word) => /^-[a-zA-Z]*$/.test(textOfWord(word) ?? '=')))
    reading.world.found(null, TELLS_ALL);
  for (const word of words) {
    const text = textOfWord(word);
    const value = valueOf(word);
    const [begin = ''] = value.parts;
    if (text !== null && /^[-+][A-Za-z]+$/.test(text)) {
      if (/[ilnuf]/.test(text) && !/^-[fF]$/.test(text)) opaque(reading, ['EXECUTE_CODE']);
      if (text.includes('r')) fixes = true;
      continue;
    }
    const sign = begin?.indexOf('=') ?? -1;
    const name = (sign < 0 ? (text ?? '') : (begin ?? '').slice(0, sign)).replace(/\+$/, '');
    if (!NAME.test(name)) {
      opaque(reading, ['EXECUTE_CODE']);
      continue;
    }
    if (sign >= 0) setDeclared(name, begin ?? '', sign, value, called);
    if (fixes) state.fixed.add(name);
  }
  return UNKNOWN;
};

function setDeclared(name: string, begin: string, sign: number, value: Value, called: Called): void {
  const adds = begin.charAt(sign - 1) === '+';
  const rest = begin.slice(sign + 1);
  const parts = [...(rest === '' ? [] : [rest]), ...value.parts.slice(1)];
  setVariable(name, adds ? UNKNOWN : { ...value, parts }, called);
}

const readReadonly: Builtin = (words, called) => {
  const output = readDeclare(words, called);
  for (const word of words) {
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(beginningOf(word))?.[0];
    if (name !== undefined) called.state.fixed.add(name);
  }
  return output;
};

/** Functions that it hands on to shells that run later are read by nobody here. */
const readExport: Builtin = (words, called) => {
  if (words.some((word) => /^-[a-z]*f/.test(textOfWord(word) ?? '-f')))
    opaque(called.reading, ['EXECUTE_CODE']);
  return readDeclare(
    words.filter((word) => !/^-[npf]+$/.test(textOfWord(word) ?? '')),
    called,
  );
};

const readUnset: Builtin = (words, called) => {
  const { reading, state } = called;
  const functions = words.some((word) => textOfWord(word) === '-f');
  for (const word of words) {
    const name = textOfWord(word);
    if (name === null || (!NAME.test(name) && !/^-[fvn]$/.test(name))) opaque(reading, ['EXECUTE_CODE']);
    else if (!name.startsWith('-')) {
      state.functions.delete(name);
      if (!functions) setVariable(name, EMPTY, called);
    }
  }
  return EMPTY;
};

/** What is read goes into variables: of a known input nothing but where it comes from is kept. */
const readRead: Builtin = (words, called) => {
  const input = called.input ?? UNKNOWN;
  const read: Value = {
    ...unknownFrom(input.from),
    ...(input.below === undefined ? {} : { below: input.below }),
  };
  return readInto(words, 'adinNptu', (name) => setVariable(name, read, called), called, 'REPLY');
};

const readMapfile: Builtin = (words, called) => {
  const input = called.input ?? UNKNOWN;
  // Text of the shell that it runs every so many lines.
  if (words.some((word) => textOfWord(word)?.startsWith('-C') !== false))
    opaque(called.reading, ['EXECUTE_CODE']);
  return readInto(
    words,
    'dnOsucC',
    (name) => setVariable(name, unknownFrom(input.from), called),
    called,
    'MAPFILE',
  );
};

function readInto(
  words: readonly Word[],
  valued: string,
  set: (name: string) => void,
  { reading }: Called,
  name: string,
): Value {
  let takes = false;
  const names: string[] = [];
  for (const word of words) {
    const text = textOfWord(word);
    if (takes) takes = false;
    else if (text?.startsWith('-') === true) {
      takes =
        text.length > 1 && valued.includes(text.slice(-1)) && !text.slice(1, -1).match(/[adinNptuOscC]/);
      if (text.includes('a')) opaque(reading);
    } else if (text === null || !NAME.test(text)) opaque(reading, ['EXECUTE_CODE']);
    else names.push(text);
  }
  for (const one of names.length === 0 ? [name] : names) set(one);
  return EMPTY;
}

const readGetopts: Builtin = (words, called) => {
  const name = words[1] === undefined ? null : textOfWord(words[1]);
  if (name === null || !NAME.test(name)) opaque(called.reading, ['EXECUTE_CODE']);
  else setVariable(name, UNKNOWN, called);
  return EMPTY;
};

const readLet: Builtin = (words, called) => {
  for (const word of words) {
    const parts = /^([A-Za-z_][A-Za-z0-9_]*)(?:\+\+|--|[-+*]?=[0-9]+)$/.exec(textOfWord(word) ?? '');
    if (parts === null) opaque(called.reading, ['EXECUTE_CODE']);
    else setVariable(parts[1] ?? '', NUMBER, called);
  }
  return EMPTY;
};

const readShift: Builtin = (words, { state }) => {
  const count = words[0] === undefined ? 1 : Number(textOfWord(words[0]) ?? Number.NaN);
  const known =
    state.positional?.every((word) => word.kind === 'literal') === true && Number.isSafeInteger(count);
  state.positional = known ? (state.positional?.slice(count) ?? null) : null;
  return EMPTY;
};

const SET_LETTERS = /^[-+][abCeEfhmnuTvx]*o?$/;
const SET_NAMES: ReadonlySet<string> = wordSet(`
  allexport errexit errtrace functrace hashall monitor noclobber noexec noglob notify nounset pipefail
  verbose xtrace`);

const readSet: Builtin = (words, { reading, state }) => {
  if (words.length === 0) reading.world.found(null, TELLS_ALL);
  let named = false;
  for (const [at, word] of words.entries()) {
    const text = textOfWord(word);
    if (text === 'history' && named && textOfWord(words[at - 1] ?? word) === '+o')
      reading.world.found(null, ['HIDE_TRACES']);
    else if (named && (text === null || !SET_NAMES.has(text))) opaque(reading, ['EXECUTE_CODE']);
    else if (!named && text !== null && /^[-+]/.test(text) && text !== '--' && text !== '-') {
      if (!SET_LETTERS.test(text)) opaque(reading, ['EXECUTE_CODE']);
      if (/^-[A-Za-z]*e/.test(text)) state.stops = true;
      if (/^\+[A-Za-z]*e/.test(text)) state.stops = false;
      named = text.endsWith('o');
      continue;
    } else if (!named) {
      state.positional = words.slice(text === '--' || text === '-' ? at + 1 : at);
      return UNKNOWN;
    }
    named = false;
  }
  return UNKNOWN;
};

const SHOPT_NAMES: ReadonlySet<string> = wordSet(`
  autocd cdspell checkjobs cmdhist dirspell dotglob failglob globasciiranges globstar inherit_errexit
  nocaseglob nocasematch nullglob`);

const readShopt: Builtin = (words, { reading }) => {
  const texts = literalTexts(words);
  if (texts === null || !texts.every((text) => /^-[squp]+$/.test(text) || SHOPT_NAMES.has(text))) {
    opaque(reading, ['EXECUTE_CODE']);
  }
  return UNKNOWN;
};

/** Commands of the shell that change what later ones see. */
export const CHANGING: Builtins = {
  cd: readCd,
  declare: readLocal,
  export: readExport,
  getopts: readGetopts,
  let: readLet,
  local: readOnlyLocal,
  mapfile: readMapfile,
  popd: readPushd,
  pushd: readPushd,
  read: readRead,
  readarray: readMapfile,
  readonly: readReadonly,
  set: readSet,
  shift: readShift,
  shopt: readShopt,
  typeset: readLocal,
  unset: readUnset,
};
