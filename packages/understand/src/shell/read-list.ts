import type { AndOr, CommandNode, Pipeline, PipelineNode, Statement } from 'unbash';
import { type Input, onlyBash, opaque, type Reading, spend } from './reading.ts';
import { copyState, joinInto, sizeOf, type State } from './state.ts';
import { EMPTY, joinValues, UNKNOWN, type Value } from './value.ts';

/** Commands one after the other; gives all that they write. */
export function readList(
  commands: readonly Statement[],
  state: State,
  input: Input,
  reading: Reading,
): Value {
  const outputs: Value[] = [];
  for (const { background, command } of commands) {
    if (!spend(reading, 'steps') || !spend(reading, 'copied', sizeOf(state))) return UNKNOWN;
    if (background === true) {
      outputs.push(readAside(command, state, input, reading));
      continue;
    }
    outputs.push(readNode(command, state, input, reading));
    settleFailed(state);
  }
  return joinValues(outputs);
}

function readAside(command: Statement['command'], state: State, input: Input, reading: Reading): Value {
  const output = readNode(command, copyState(state), input, { ...reading, aside: true });
  return output === EMPTY ? EMPTY : UNKNOWN;
}

/** A directory that could not be entered leaves later commands where they are. */
function settleFailed(state: State): void {
  const { failed } = state;
  state.failed = null;
  if (failed === null || state.stops) return;
  const [first, ...others] = state.places;
  state.places = [
    first,
    ...[...others, ...failed].filter((place, at, all) => place !== first && all.indexOf(place) === at),
  ];
}

function readNode(node: Statement['command'], state: State, input: Input, reading: Reading): Value {
  if (node.type === 'AndOr') return readAndOr(node, state, input, reading);
  return readPipelineNode(node, state, input, reading);
}

/**
 * Follows what holds after a success and after a failure: a `cd` that succeeded stands before what it guards.
 */
function readAndOr({ commands, operators }: AndOr, state: State, input: Input, reading: Reading): Value {
  const outputs: Value[] = [];
  let good: State = state;
  let bad: State | null = null;
  for (const [at, node] of commands.entries()) {
    const operator = at === 0 ? null : operators[at - 1];
    const begin: State | null = operator === '||' ? bad : good;
    // Two states are taken along, for a success and a failure.
    if (begin === null || !spend(reading, 'copied', 2 * sizeOf(begin))) continue;
    const ok = copyState(begin);
    outputs.push(
      at === 0
        ? readPipelineNode(node, ok, input, reading)
        : maybe(readPipelineNode(node, ok, input, reading)),
    );
    const failed = copyState(ok);
    failed.places = ok.failed ?? ok.places;
    ok.failed = null;
    const ends = isEnd(node);
    if (operator === '||') {
      if (!ends) joinInto(good, ok);
      bad = ends ? null : failed;
    } else {
      good = ok;
      if (bad === null) bad = failed;
      else joinInto(bad, failed);
    }
  }
  if (bad !== null && good !== bad) joinInto(good, bad);
  takeState(state, good);
  return joinValues(outputs);
}

/** It may write nothing at all. */
function maybe(output: Value): Value {
  return output.parts.length === 0 ? output : { ...UNKNOWN, from: output.from };
}

function takeState(state: State, other: State): void {
  if (state === other) return;
  for (const name of ['variables', 'lists', 'functions', 'descriptors'] as const) {
    const into = state[name] as Map<unknown, unknown>; // the same member of both
    into.clear();
    for (const [key, value] of other[name]) into.set(key, value);
  }
  for (const name of other.fixed) state.fixed.add(name);
  state.places = other.places;
  state.locals = other.locals;
  state.positional = other.positional;
  state.stops = other.stops;
}

/** After it nothing of the text runs. */
function isEnd(node: PipelineNode): boolean {
  if (node.type === 'Command') return node.name?.text === 'exit' || node.name?.text === 'return';
  if (node.type !== 'BraceGroup') return false;
  const last = node.body.commands.at(-1)?.command;
  return last !== undefined && last.type !== 'AndOr' && isEnd(last);
}

function readPipelineNode(node: PipelineNode, state: State, input: Input, reading: Reading): Value {
  return node.type === 'Pipeline'
    ? readPipeline(node, state, input, reading)
    : reading.command(node, state, input, reading);
}

function readPipeline(node: Pipeline, state: State, input: Input, reading: Reading): Value {
  const { commands, operators, prefixes } = node;
  const [only] = commands;
  if (prefixes.some(({ type }) => type === 'Time')) onlyBash(reading);
  if (commands.length === 1 && only !== undefined) return reading.command(only, state, input, reading);
  let given: Input = input;
  for (const [at, command] of commands.entries()) {
    if (!spend(reading, 'copied', sizeOf(state))) return UNKNOWN;
    if (operators[at] === '|&') onlyBash(reading);
    const output = readPiped(command, copyState(state), given, reading);
    given = operators[at] === '|&' ? { ...UNKNOWN, from: output.from } : output;
  }
  if (prefixes.length > 0 && commands.length === 0) opaque(reading);
  return given ?? EMPTY;
}

function readPiped(command: CommandNode, state: State, input: Input, reading: Reading): Value {
  return reading.command(command, state, input, { ...reading, aside: true });
}
