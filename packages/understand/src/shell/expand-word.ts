import { type GlobPart, type ParsedScript, parse, type Word as WordNode, type WordPart } from 'unbash';
import { readArithmetic } from './arithmetic.ts';
import { escapeBraces, expandBraces } from './expand-braces.ts';
import { expandParameter, valueOfName } from './expand-parameter.ts';
import { IFS_DEFAULT, openPiece, type Piece, quotedPiece, splitPieces } from './expand-pieces.ts';
import { type Input, onlyBash, opaque, type Reading, spend } from './reading.ts';
import { copyState, type State } from './state.ts';
import { EMPTY, joinValues, literal, textOf, UNKNOWN, type Value, withHoles } from './value.ts';
import { literalWord, type Word } from './word.ts';

export type Expanding = { readonly reading: Reading; readonly state: State; readonly input: Input };

/** In what looks like an assignment a tilde counts behind the sign too, and behind colons. */
const ASSIGNED = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;

/** The words that a word of the text becomes. */
export function expandWord(node: WordNode, around: Expanding): readonly Word[] {
  const { parts, text } = node;
  if (parts === undefined && !text.includes('{') && !text.includes('~')) {
    return spend(around.reading, 'units', text.length + 1) ? [literalWord(node.value)] : [];
  }
  // Of words of a program other shells take no tilde for a home but one that stands first.
  if (text.includes('~') && ASSIGNED.test(text)) onlyBash(around.reading);
  const hasBraces = parts?.some(({ type }) => type === 'BraceExpansion') === true;
  // Where a list in braces begins and ends beside another text of the shell, is not worth telling.
  const braced = hasBraces ? (/\$\(|`/.test(text) ? null : expandBraces(text)) : [text];
  if (braced === null) {
    opaque(around.reading);
    return [];
  }
  const [only] = braced;
  if (braced.length === 1 && only === text) return expandOne(node, around);
  onlyBash(around.reading);
  return braced.flatMap((one) => expandText(one, around));
}

function expandOne(node: WordNode, around: Expanding): readonly Word[] {
  if (around.reading.spent.over) return [];
  const words = splitPieces(piecesOf(node, around, true), ifsOf(around.state));
  const units = words.reduce((sum, word) => sum + 1 + (word.kind === 'unknown' ? 1 : word.text.length), 0);
  return spend(around.reading, 'units', units) ? words : [];
}

/** What braces made is read as it would have been read without them. */
function expandText(text: string, around: Expanding): readonly Word[] {
  if (text === '') return [];
  const { commands, errors } = parse(`: ${text}`);
  const [statement] = commands;
  const command = statement?.command;
  if (errors !== undefined || commands.length !== 1 || command?.type !== 'Command') {
    opaque(around.reading);
    return [];
  }
  return command.args.flatMap((word) =>
    word.type === 'Word' ? expandOne(word, around) : [literalWord(word.text)],
  );
}

/** A word where nothing is parted and nothing fits names of files: an assignment, a test, a here-string. */
export function expandWhole(node: WordNode, around: Expanding): Value {
  if (node.parts === undefined && !node.text.includes('~')) return literal(node.value);
  const value = joinValues(piecesOf(withoutBraces(node), around, false).map((piece) => piece.value));
  return spend(around.reading, 'units', withHoles(value).length) ? value : UNKNOWN;
}

export function expandParts(parts: readonly WordPart[], around: Expanding): Value {
  return joinValues(parts.flatMap((part) => piecesOfPart(part, around, true)).map(({ value }) => value));
}

export function ifsOf(state: State): string | null {
  const ifs = state.variables.get('IFS');
  return ifs === undefined ? IFS_DEFAULT : textOf(ifs);
}

/** Where no list in braces is one, its quotes and expansions still are what they are. */
function withoutBraces(node: WordNode): WordNode {
  if (node.parts?.some(({ type }) => type === 'BraceExpansion') !== true || /\$\(|`/.test(node.text))
    return node;
  const [statement] = parse(`: ${escapeBraces(node.text)}`).commands;
  const command = statement?.command;
  const [word] = command?.type === 'Command' ? command.args : [];
  return word?.type === 'Word' ? word : node;
}

function piecesOf(node: WordNode, around: Expanding, isArgument: boolean): readonly Piece[] {
  const { parts, text, value } = node;
  if (parts === undefined) return afterTilde(text, value, { ends: true, isArgument }, around);
  return parts.flatMap((part, at) =>
    at === 0 && part.type === 'Literal'
      ? afterTilde(part.text, part.value, { ends: parts.length === 1, isArgument }, around)
      : piecesOfPart(part, around, false),
  );
}

/** `~` and `~/` mean the home, and `~+` where the shell is; what else stands behind it is a name. */
function afterTilde(
  text: string,
  value: string,
  { ends, isArgument }: { readonly ends: boolean; readonly isArgument: boolean },
  around: Expanding,
): readonly Piece[] {
  const plain = [quotedPiece(literal(value))];
  if (!text.includes('~')) return plain;
  // Whether it counts here depends on what the word is for.
  if (text.includes(':~')) return [quotedPiece(UNKNOWN)];
  const name = isArgument ? (ASSIGNED.exec(text)?.[0] ?? '') : '';
  if (!text.startsWith('~', name.length)) return plain;
  const home = homeOf(text.slice(name.length), value.slice(name.length), ends, around);
  return home === null ? plain : [quotedPiece(joinValues([literal(name), home]))];
}

function homeOf(text: string, value: string, ends: boolean, { reading, state }: Expanding): Value | null {
  const slash = text.indexOf('/');
  if (slash < 0 && !ends) return null;
  const name = slash < 0 ? text : text.slice(0, slash);
  const rest = literal(value.slice(name.length));
  if (name === '~') return joinValues([valueOfName('HOME', reading, state), rest]);
  if (name === '~+' || name === '~-') {
    onlyBash(reading);
    return joinValues([name === '~+' ? valueOfName('PWD', reading, state) : UNKNOWN, rest]);
  }
  return joinValues([name === '~root' ? literal('/root') : UNKNOWN, rest]);
}

function piecesOfPart(part: WordPart, around: Expanding, quoted: boolean): readonly Piece[] {
  const { reading } = around;
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
      return [quotedPiece(literal(part.value))];
    case 'AnsiCQuoted':
      onlyBash(reading);
      return [quotedPiece(literal(part.value))];
    case 'LocaleString':
      onlyBash(reading);
      return part.parts.flatMap((inner) => piecesOfPart(inner, around, true));
    case 'DoubleQuoted': {
      const pieces = part.parts.flatMap((inner) => piecesOfPart(inner, around, true));
      // A list of nothing in quotes is nothing.
      return part.parts.length === 0 ? [quotedPiece(EMPTY)] : pieces;
    }
    case 'Glob':
      return piecesOfGlob(part, around, quoted);
    case 'ExtendedGlob':
      // Off in a shell that runs a text, where it is no pattern but an error of the syntax, or something
      // else.
      opaque(reading);
      return [{ value: literal('*'), splits: false, globs: true }];
    case 'BraceExpansion':
      return [quotedPiece(UNKNOWN)];
    case 'SimpleExpansion':
    case 'ParameterExpansion':
      return expandParameter(part, around, quoted, { whole: expandWhole, arithmetic: readArithmetic });
    case 'CommandExpansion': {
      const value = outputOf(part.script, around);
      return [quoted ? quotedPiece(value) : openPiece(value)];
    }
    case 'ArithmeticExpansion':
      return [quotedPiece(readArithmetic(part.expression, around))];
    case 'ProcessSubstitution':
      return [quotedPiece(substituteProcess(part.operator, part.script, around))];
    default:
      return part satisfies never;
  }
}

/** What is computed between brackets is computed like anywhere else; what they fit is then not known. */
function piecesOfGlob(part: GlobPart, around: Expanding, quoted: boolean): readonly Piece[] {
  const computed = (part.parts ?? []).filter(({ type }) => type !== 'Literal' && !type.endsWith('Quoted'));
  const inQuotes = (part.parts ?? []).filter(({ type }) => type === 'DoubleQuoted');
  for (const one of [...computed, ...inQuotes]) piecesOfPart(one, around, quoted);
  if (computed.length === 0 && inQuotes.every(isPlain))
    return [{ value: literal(part.text), splits: false, globs: true }];
  opaque(around.reading);
  return [openPiece(UNKNOWN)];
}

function isPlain(part: WordPart): boolean {
  return part.type === 'DoubleQuoted' && part.parts.every(({ type }) => type === 'Literal');
}

/** What a substituted command writes, less the ends of lines behind it. */
function outputOf(script: ParsedScript | undefined, { input, reading, state }: Expanding): Value {
  if (script === undefined || script.errors !== undefined) {
    opaque(reading);
    return UNKNOWN;
  }
  const output = reading.list(script.commands, copyState(state), input, { ...reading, aside: true });
  const text = textOf(output);
  if (text !== null) return literal(text.replaceAll('\0', '').replace(/\n+$/, ''), output.from);
  const last = output.parts.at(-1) ?? null;
  if (last === null || !last.endsWith('\n')) return output;
  return { ...output, parts: [...output.parts.slice(0, -1), last.replace(/\n+$/, '')] };
}

/** The name of a pipe. What can be read there is noted as if it were a file. */
function substituteProcess(
  operator: '<' | '>',
  script: ParsedScript | undefined,
  { input, reading, state }: Expanding,
): Value {
  onlyBash(reading);
  if (script === undefined || script.errors !== undefined) {
    opaque(reading);
    return UNKNOWN;
  }
  const name = `/dev/fd/${FIRST_PIPE - [...state.files.keys()].filter(isPipe).length}`;
  const given = operator === '<' ? input : UNKNOWN;
  const output = reading.list(script.commands, copyState(state), given, { ...reading, aside: true });
  // What the outer command writes there cannot be known before it runs.
  if (operator === '>') opaque(reading);
  state.files.set(name, operator === '<' ? output : UNKNOWN);
  return literal(name, output.from);
}

const FIRST_PIPE = 63;

export function isPipe(name: string): boolean {
  return name.startsWith('/dev/fd/');
}
