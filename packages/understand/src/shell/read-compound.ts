import type { Case, CommandNode, CompoundList, If, TestExpression, Word as WordNode } from 'unbash';
import { readArithmetic } from './arithmetic.ts';
import { setVariable } from './assign.ts';
import { assignedIn } from './assigned-in.ts';
import { type Expanding, expandWhole, expandWord } from './expand-word.ts';
import { SHELL_LIMITS } from './limits.ts';
import { readCommand, touchTargets } from './read-command.ts';
import { type Input, onlyBash, opaque, type Reading, spend } from './reading.ts';
import { readRedirections } from './redirect.ts';
import { type Body, copyState, joinInto, sizeOf, type State } from './state.ts';
import { EMPTY, joinValues, NUMBER, textOf, UNKNOWN, type Value } from './value.ts';
import { valueOf, type Word } from './word.ts';

/** Any command but lists and pipelines of such. */
export function readAny(node: CommandNode, state: State, input: Input, reading: Reading): Value {
  if (!spend(reading, 'steps') || !spend(reading, 'copied', sizeOf(state))) return UNKNOWN;
  const around: Expanding = { reading, state, input };
  const list = ({ commands }: CompoundList, inner: State): Value =>
    reading.list(commands, inner, input, reading);
  switch (node.type) {
    case 'Command':
      return readCommand(node, state, input, reading);
    case 'BraceGroup':
      return list(node.body, state);
    case 'Subshell':
      return list(node.body, copyState(state));
    case 'If':
      return readIf(node, around);
    case 'For':
    case 'Select':
      if (node.type === 'Select') onlyBash(reading);
      return readFor(node.name, node.wordlist, node.body, node.type === 'Select', around);
    case 'ArithmeticFor':
      onlyBash(reading);
      for (const one of [node.initialize, node.test]) readArithmetic(one, around);
      return readLoop([node.body], around, () => readArithmetic(node.update, around));
    case 'While':
      return readLoop([node.clause, node.body], around, () => EMPTY);
    case 'Case':
      return readCase(node, around);
    case 'TestCommand':
      onlyBash(reading);
      readTestExpression(node.expression, around);
      return EMPTY;
    case 'ArithmeticCommand':
      onlyBash(reading);
      readArithmetic(node.expression, around);
      return EMPTY;
    case 'Redirected':
      return readRedirected(node.command, node.redirects, around);
    case 'Function':
      defineFunction(node.name.value, node.body, around);
      return EMPTY;
    case 'Coproc': {
      onlyBash(reading);
      opaque(reading);
      const inner = { ...reading, aside: true };
      if (node.body.type === 'CompoundList')
        reading.list(node.body.commands, copyState(state), UNKNOWN, inner);
      else reading.command(node.body, copyState(state), UNKNOWN, inner);
      return EMPTY;
    }
    default:
      return node satisfies never;
  }
}

function defineFunction(name: string, body: Body, { reading, state }: Expanding): void {
  if (!/^[A-Za-z0-9_.:+-]+$/.test(name)) opaque(reading);
  // A handler that was set before may call the one or the other.
  if (state.functions.has(name) && state.functions.get(name) !== body) opaque(reading);
  state.functions.set(name, body);
}

function readIf({ clause, elif, else: last, then }: If, { input, reading, state }: Expanding): Value {
  const outputs: Value[] = [];
  const run = ({ commands }: CompoundList, inner: State): void => {
    outputs.push(reading.list(commands, inner, input, reading));
  };
  run(clause, state);
  const ends: State[] = [];
  for (const [condition, body] of [
    [null, then] as const,
    ...elif.map((one) => [one.clause, one.then] as const),
  ]) {
    if (condition !== null) run(condition, state);
    const branch = copyState(state);
    run(body, branch);
    ends.push(branch);
  }
  if (last !== undefined) run(last, state);
  for (const end of ends) joinInto(state, end);
  return unsure(outputs);
}

/** Some of it may not be written, or more than once. */
function unsure(outputs: readonly Value[]): Value {
  const joined = joinValues(outputs);
  return joined.parts.length === 0 ? joined : { ...joined, parts: [null] };
}

function readFor(
  name: WordNode,
  wordlist: readonly WordNode[] | undefined,
  body: CompoundList,
  asks: boolean,
  around: Expanding,
): Value {
  const { input, reading, state } = around;
  const words =
    wordlist === undefined ? state.positional : wordlist.flatMap((word) => expandWord(word, around));
  const changed = assignedIn([body]);
  const known = words?.every((word) => word.kind !== 'unknown' || !word.many) === true;
  if (words === null || asks || !known || changed.jumps || words.length > SHELL_LIMITS.rounds_max) {
    const value = words === null ? UNKNOWN : anyOf(words);
    return readLoop(
      [body],
      around,
      () => EMPTY,
      () => setVariable(name.value, value, around),
      words,
    );
  }
  const outputs: Value[] = [];
  for (const word of words) {
    setVariable(name.value, valueOf(word), around);
    if (word.kind === 'pattern') state.lists.set(name.value, [word]);
    outputs.push(reading.list(body.commands, state, input, reading));
  }
  return joinValues(outputs);
}

function anyOf(words: readonly Word[]): Value {
  const from = words.flatMap((word) => word.from);
  const [only] = words;
  if (words.length === 1 && only !== undefined && only.kind !== 'literal')
    return { ...valueOf(only), parts: [null] };
  const digits = words.every((word) => word.kind === 'literal' && /^[0-9]+$/.test(word.text));
  return digits ? { ...NUMBER, from } : { ...UNKNOWN, from };
}

/** Nobody knows how often: what the rounds before may have set is not known in any. */
function readLoop(
  lists: readonly CompoundList[],
  around: Expanding,
  after: () => Value,
  before: () => void = () => undefined,
  _words: readonly Word[] | null = null,
): Value {
  const { input, reading, state } = around;
  const changed = assignedIn(lists);
  const start = copyState(state);
  if (changed.anything || state.functions.size > 0)
    for (const name of state.variables.keys()) state.variables.set(name, UNKNOWN);
  for (const [name, isNumber] of changed.names) {
    const was = state.variables.get(name);
    const stays =
      isNumber && was !== undefined && (was.digits === true || /^[0-9]+$/.test(textOf(was) ?? ''));
    state.variables.set(name, stays ? NUMBER : UNKNOWN);
    state.lists.delete(name);
  }
  if (changed.functions) opaque(reading);
  if (changed.moves) state.places = [state.places[0], null];
  before();
  const outputs = lists.map(({ commands }) => reading.list(commands, state, input, reading));
  after();
  joinInto(state, start);
  return unsure(outputs);
}

function readCase({ items, word }: Case, around: Expanding): Value {
  const { input, reading, state } = around;
  expandWhole(word, around);
  const ends: State[] = [];
  const outputs: Value[] = [];
  let fallen: State | null = null;
  for (const { body, pattern, terminator } of items) {
    for (const one of pattern) expandWhole(one, around);
    if (!spend(reading, 'copied', sizeOf(state))) return UNKNOWN;
    const branch = copyState(state);
    if (fallen !== null) joinInto(branch, fallen);
    outputs.push(reading.list(body.commands, branch, input, reading));
    fallen = terminator === undefined || terminator === ';;' ? null : branch;
    ends.push(branch);
  }
  for (const end of ends) joinInto(state, end);
  return unsure(outputs);
}

const COMPUTING: ReadonlySet<string> = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge']);

function readTestExpression(expression: TestExpression, around: Expanding): void {
  switch (expression.type) {
    case 'TestUnary': {
      const value = expandWhole(expression.operand, around);
      // A name with a subscript is computed.
      const asks = expression.operator === '-v' || expression.operator === '-R';
      if (asks && !/^[A-Za-z_]\w*$/.test(textOf(value) ?? '')) opaque(around.reading, ['EXECUTE_CODE']);
      return;
    }
    case 'TestBinary': {
      const values = [expandWhole(expression.left, around), expandWhole(expression.right, around)];
      const isPlain = values.every(
        (value) => value.digits === true || /^-?[0-9]+$/.test(textOf(value) ?? ''),
      );
      if (COMPUTING.has(expression.operator) && !isPlain) opaque(around.reading, ['EXECUTE_CODE']);
      return;
    }
    case 'TestLogical':
      for (const one of expression.operands) readTestExpression(one, around);
      return;
    case 'TestNot':
      return readTestExpression(expression.operand, around);
    case 'TestGroup':
      return readTestExpression(expression.expression, around);
    default:
      expression satisfies never;
  }
}

function readRedirected(
  node: Extract<CommandNode, { type: 'Redirected' }>['command'],
  redirects: Extract<CommandNode, { type: 'Redirected' }>['redirects'],
  around: Expanding,
): Value {
  const redirected = readRedirections(redirects, around);
  const { reading, state } = around;
  const inner = copyState(state);
  for (const [number, value] of redirected.opened) inner.descriptors.set(number, value);
  const output = reading.command(
    node,
    state,
    redirected.input,
    redirected.answers ? { ...reading, answers: true } : reading,
  );
  touchTargets(redirected, output, around);
  return redirected.output !== null || redirected.lost ? EMPTY : output;
}
