import { type Builtin, type Builtins } from './builtin.ts';
import { CHANGING } from './builtins-changing.ts';
import { readEcho, readPrintf } from './builtins-output.ts';
import { RUNNING } from './builtins-running.ts';
import { placeValue } from './expand-parameter.ts';
import { onlyBash, opaque } from './reading.ts';
import { EMPTY, joinValues, literal, UNKNOWN } from './value.ts';
import { textOfWord } from './word.ts';

/** Changes nothing that later commands see, and runs nothing. */
const quiet: Builtin = () => UNKNOWN;
const silent: Builtin = () => EMPTY;
/** Of what can change what names and words mean. */
const refused: Builtin = (_words, { reading }) => {
  opaque(reading, ['EXECUTE_CODE']);
  return UNKNOWN;
};

/** The name that gets the number of who ended may have a subscript, which is computed. */
const readWait: Builtin = (words, { reading }) => {
  if (words.some((word) => !/^(?:-[fn]+|%?[\w+-]+)$/.test(textOfWord(word) ?? '-p')))
    opaque(reading, ['EXECUTE_CODE']);
  return UNKNOWN;
};

/** A subscript in the name that it looks for is computed, and can run commands. */
const readTest: Builtin = (words, { reading }) => {
  const looks = words.some((word) => word.kind === 'literal' && (word.text === '-v' || word.text === '-R'));
  const plain = words.every((word) => word.kind !== 'literal' || !word.text.includes('['.concat('$')));
  if (
    looks &&
    (!plain || words.some((word) => word.kind !== 'literal' || /^[A-Za-z_]\w*\[/.test(word.text)))
  ) {
    opaque(reading, ['EXECUTE_CODE']);
  }
  return EMPTY;
};

const readPwd: Builtin = (_words, { reading, state }) =>
  joinValues([placeValue(reading, state), literal('\n')]);

const readHistory: Builtin = (words, { reading }) => {
  if (words.length > 0) reading.world.found(null, ['HIDE_TRACES']);
  return UNKNOWN;
};

/** Without a name it lists; with `-p` it says what a name runs. */
const readHash: Builtin = (words, called) =>
  words.some((word) => textOfWord(word)?.startsWith('-') !== false && textOfWord(word) !== '-r')
    ? refused(words, called)
    : EMPTY;

const readAlias: Builtin = (_words, { reading }) => {
  // A shell that runs a text expands none, but for those that are called `sh`.
  onlyBash(reading);
  return UNKNOWN;
};

/** Commands that the shell is itself. */
export const BUILTINS: Builtins = {
  ':': silent,
  true: silent,
  false: silent,
  '[': readTest,
  test: readTest,
  alias: readAlias,
  bg: quiet,
  bind: refused,
  break: silent,
  caller: quiet,
  compgen: refused,
  complete: refused,
  compopt: refused,
  continue: silent,
  dirs: quiet,
  disown: quiet,
  echo: readEcho,
  enable: refused,
  exit: silent,
  fc: refused,
  fg: quiet,
  hash: readHash,
  help: quiet,
  history: readHistory,
  jobs: quiet,
  logout: silent,
  printf: readPrintf,
  pwd: readPwd,
  return: silent,
  suspend: silent,
  times: quiet,
  type: quiet,
  ulimit: quiet,
  umask: quiet,
  unalias: silent,
  wait: readWait,
  ...CHANGING,
  ...RUNNING,
};
