import type {
  ArithmeticExpression,
  ParameterExpansionPart,
  ParameterOperation,
  SimpleExpansionPart,
  Word as WordNode,
} from 'unbash';
import { lexicalPath } from '../paths/lexical.ts';
import { wordSet } from '../word-set.ts';
import { openPiece, type Piece, quotedPiece } from './expand-pieces.ts';
import type { Expanding } from './expand-word.ts';
import { onlyBash, opaque, type Reading } from './reading.ts';
import type { State } from './state.ts';
import { EMPTY, literal, NUMBER, textOf, UNKNOWN, unknownFrom, type Value } from './value.ts';
import { valueOf, type Word } from './word.ts';

/** How words within an expansion are expanded; what would otherwise be imported in a circle. */
type Inner = {
  readonly whole: (node: WordNode, around: Expanding) => Value;
  readonly arithmetic: (expression: ArithmeticExpression | undefined, around: Expanding) => Value;
};

/** Set by the shell itself: what a text assigns to these does not stay, or means something else. */
const OWN: ReadonlySet<string> = wordSet(`
  _ BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_CMDS BASH_COMMAND BASH_EXECUTION_STRING
  BASH_LINENO BASH_REMATCH BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO BASH_VERSION COMP_WORDBREAKS COPROC
  DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD HOSTNAME HOSTTYPE LINENO MACHTYPE
  MAPFILE OLDPWD OPTARG OPTIND OSTYPE PIPESTATUS PPID RANDOM REPLY SECONDS SHELLOPTS SHLVL SRANDOM UID`);
const NUMBERS: ReadonlySet<string> = wordSet(`
  # ? $ ! RANDOM SECONDS UID EUID PPID LINENO`);

/** What a name stands for. What the text did not assign comes from outside. */
export function valueOfName(name: string, reading: Reading, state: State): Value {
  const assigned = state.variables.get(name);
  if (NUMBERS.has(name) && (reading.dialect === 'bash' || name.length === 1)) return NUMBER;
  if (OWN.has(name)) return name === 'BASH_VERSION' ? UNKNOWN : UNKNOWN;
  if (assigned !== undefined) return assigned;
  if (name === 'HOME') return literal(reading.home);
  if (name === 'PWD') return placeValue(reading, state);
  if (name === 'IFS') return literal(' \t\n');
  return UNKNOWN;
}

export function placeValue({ directory }: Reading, { places: [place, ...others] }: State): Value {
  if (place === null || others.length > 0 || (directory === null && !place.startsWith('/'))) return UNKNOWN;
  return literal(lexicalPath(place.startsWith('/') ? place : `${directory ?? ''}/${place}`, null));
}

const COMPUTED_SLASH = /\$\(|`|[<>]\(|\$\{[^}]*\//;

export function expandParameter(
  part: SimpleExpansionPart | ParameterExpansionPart,
  around: Expanding,
  quoted: boolean,
  inner: Inner,
): readonly Piece[] {
  const piece = quoted ? quotedPiece : openPiece;
  const { state } = around;
  if (part.type === 'SimpleExpansion') {
    const name = part.text.slice(1);
    if (name === '@' || name === '*') return listPieces(state.positional, name, quoted);
    return [piece(simpleValue(name, around))];
  }
  const { index, operation, parameter, prefix } = part;
  // Where a slash within what is computed is taken for the one that parts, other commands are read than run.
  if (operation?.type === 'Replace' && COMPUTED_SLASH.test(part.text.slice('${'.length)))
    opaque(around.reading);
  if (index !== undefined) {
    // Whatever becomes of an element, what is computed for that is computed.
    if (operation !== undefined) operate(parameter, UNKNOWN, operation, around, inner);
    return elementPieces(part, around, quoted);
  }
  if ((parameter === '@' || parameter === '*') && prefix === undefined) {
    if (operation === undefined) return listPieces(state.positional, parameter, quoted);
    return [piece(unknownMany(around))];
  }
  if (prefix === '#') return [piece(NUMBER)];
  if (prefix === '!') return [piece(indirectValue(part, around))];
  const value = simpleValue(parameter, around);
  if (operation === undefined) return [piece(value)];
  const result = operate(parameter, value, operation, around, inner);
  // Quotes within one that stands outside of quotes keep their words together.
  const quotes = !quoted && operation.type === 'Default' && /["'\\]/.test(operation.operand.text);
  return [piece(quotes ? unknownFrom(result.from) : result)];
}

function unknownMany({ reading }: Expanding): Value {
  opaque(reading);
  return UNKNOWN;
}

function simpleValue(name: string, { reading, state }: Expanding): Value {
  if (!/^[1-9][0-9]*$/.test(name)) {
    const list = state.lists.get(name);
    const [first] = list ?? [];
    if (list !== undefined) return first === undefined ? EMPTY : valueOf(first);
    return valueOfName(name, reading, state);
  }
  const before = state.positional?.slice(0, Number(name)) ?? null;
  // What may be several words moves those behind it.
  if (
    before === null ||
    before.some((one) => one.kind === 'pattern' || (one.kind === 'unknown' && one.many))
  ) {
    return UNKNOWN;
  }
  const word = before[Number(name) - 1];
  return word === undefined ? EMPTY : valueOf(word);
}

/** Each of a list as a word of its own; `*` in quotes joins them. */
function listPieces(list: readonly Word[] | null, sign: string, quoted: boolean): readonly Piece[] {
  if (list === null) return [{ value: UNKNOWN, splits: true, globs: true }];
  const joined = quoted && sign === '*';
  const isKnown = list.every((word) => word.kind === 'literal');
  if (joined)
    return [quotedPiece(isKnown ? literal(list.map((word) => textOf(valueOf(word))).join(' ')) : UNKNOWN)];
  const many = list.some((word) => word.kind === 'unknown' && word.many);
  if (many) return [{ value: UNKNOWN, splits: true, globs: true }];
  return list.flatMap((word, at): readonly Piece[] => {
    const value = valueOf(word);
    // What a pattern became, one word or several, stays that.
    const pattern: Piece | null =
      word.kind === 'pattern' ? { value: literal(word.text), splits: false, globs: true } : null;
    const piece = pattern ?? (quoted ? quotedPiece(value) : openPiece(value));
    return at === 0 ? [piece] : [{ value: EMPTY, splits: false, globs: false, ends: true }, piece];
  });
}

function elementPieces(part: ParameterExpansionPart, around: Expanding, quoted: boolean): readonly Piece[] {
  const { index, operation, parameter, prefix } = part;
  const { reading, state } = around;
  onlyBash(reading);
  const text = index?.parts === undefined ? (index?.value ?? '') : '';
  const all = text === '@' || text === '*';
  if (!all && !/^[0-9]+$/.test(text)) return [openPiece(unknownMany(around))];
  if (prefix === '#') return [quotedPiece(NUMBER)];
  if (prefix === '!') return [openPiece(all ? UNKNOWN : unknownMany(around))];
  const list = state.lists.get(parameter) ?? null;
  if (operation !== undefined || list === null)
    return [all || !quoted ? openPiece(UNKNOWN) : quotedPiece(UNKNOWN)];
  if (all) return listPieces(list, text, quoted);
  const word = list[Number(text)];
  const value = word === undefined ? EMPTY : valueOf(word);
  return [quoted ? quotedPiece(value) : openPiece(value)];
}

function indirectValue({ operation, parameter }: ParameterExpansionPart, around: Expanding): Value {
  const { reading, state } = around;
  onlyBash(reading);
  const name = textOf(simpleValue(parameter, around));
  // Names that begin so; which there are, the environment says too.
  if (operation?.type === 'Names') return UNKNOWN;
  if (operation !== undefined || name === null || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return unknownMany(around);
  return valueOfName(name, reading, state);
}

function operate(
  name: string,
  value: Value,
  operation: ParameterOperation,
  around: Expanding,
  { arithmetic: _arithmetic, whole }: Inner,
): Value {
  const text = textOf(value);
  switch (operation.type) {
    case 'Default':
      return withDefault(name, value, operation.operator, whole(operation.operand, around), around);
    case 'Remove': {
      const pattern = textOf(whole(operation.operand, around));
      if (text === null || pattern === null || hasPattern(operation.operand)) return unknownFrom(value.from);
      const atEnd = operation.operator.startsWith('%');
      if (pattern === '' || !(atEnd ? text.endsWith(pattern) : text.startsWith(pattern))) return value;
      return literal(atEnd ? text.slice(0, -pattern.length) : text.slice(pattern.length), value.from);
    }
    case 'Replace': {
      onlyBash(around.reading);
      const pattern = textOf(whole(operation.pattern, around));
      const replacement = textOf(whole(operation.replacement, around));
      const plain = !hasPattern(operation.pattern) && pattern !== null && pattern !== '';
      if (text === null || !plain || replacement === null || replacement.includes('&'))
        return unknownFrom(value.from);
      if (operation.operator === '/')
        return literal(
          text.replace(pattern, () => replacement),
          value.from,
        );
      if (operation.operator === '//')
        return literal(
          text.replaceAll(pattern, () => replacement),
          value.from,
        );
      return unknownFrom(value.from);
    }
    case 'Slice':
      return slice(value, operation.offset, operation.length, around);
    case 'CaseModification':
      onlyBash(around.reading);
      if (operation.operand !== undefined) whole(operation.operand, around);
      return unknownFrom(value.from);
    case 'Names':
      onlyBash(around.reading);
      return unknownFrom(value.from);
    case 'Transform':
      onlyBash(around.reading);
      // As a prompt, what it holds is expanded again, and commands in it run.
      return textOf(whole(operation.operand, around)) === 'Q' ? unknownFrom(value.from) : unknownMany(around);
    case 'Unknown':
      return unknownMany(around);
    default:
      return operation satisfies never;
  }
}

function hasPattern({ parts, text }: WordNode): boolean {
  return parts !== undefined || /[*?[\\~]/.test(text);
}

function withDefault(
  name: string,
  value: Value,
  operator: string,
  operand: Value,
  { reading, state }: Expanding,
): Value {
  const assigned =
    state.variables.has(name) || state.positional !== null || name === 'HOME' || name === 'PWD';
  const text = textOf(value);
  if (!assigned || text === null) {
    if (operator.endsWith('=')) state.variables.set(name, UNKNOWN);
    return unknownFrom([...value.from, ...operand.from]);
  }
  const lacks = operator.startsWith(':') && text === '';
  if (operator.endsWith('+')) return lacks ? EMPTY : operand;
  if (operator.endsWith('?')) return value;
  if (lacks && operator.endsWith('=')) state.variables.set(name, operand);
  // Of what was unset on purpose nothing is kept here but that it is empty.
  if (text === '' && !lacks) return unknownFrom([...value.from, ...operand.from]);
  void reading;
  return lacks ? operand : value;
}

function slice(value: Value, offset: WordNode, length: WordNode | undefined, around: Expanding): Value {
  onlyBash(around.reading);
  const [from, count] = [offset, length].map((word) => (word === undefined ? '' : word.text.trim()));
  const known = /^[0-9]{1,6}$/.test(from ?? '') && /^[0-9]{0,6}$/.test(count ?? '');
  if (!known) return unknownMany(around);
  const text = textOf(value);
  if (text === null) return unknownFrom(value.from);
  const rest = Array.from(text).slice(Number(from));
  return literal((length === undefined ? rest : rest.slice(0, Number(count))).join(''), value.from);
}
