import type { Assignment, Command, CommandArgument } from 'unbash';
import { assign } from './assign.ts';
import { BUILTINS } from './builtins.ts';
import { type Expanding, expandWhole, expandWord } from './expand-word.ts';
import { SHELL_LIMITS } from './limits.ts';
import { type Input, opaque, type Reading, spend } from './reading.ts';
import { type Redirected, readRedirections } from './redirect.ts';
import type { State } from './state.ts';
import { EMPTY, joinValues, literal, UNKNOWN, unknownFrom, type Value } from './value.ts';
import { textOfWord, valueOf, type Word, wordOf } from './word.ts';

/** A simple command: what its words become, and what runs. Gives what it writes. */
export function readCommand(node: Command, state: State, input: Input, reading: Reading): Value {
  const around: Expanding = { reading, state, input };
  const words = wordsOf(node, around);
  const redirected = readRedirections(node.redirects, around);
  const assignments = node.prefix.filter((one) => one.type === 'Assignment');
  // What stands right behind a value belongs to it, whatever the parser makes of it.
  if (assignments.some(({ end }) => end === node.name?.pos)) opaque(reading);
  const [program] = words;
  if (program === undefined) {
    for (const one of assignments) assign(one, around);
    touchTargets(redirected, EMPTY, around);
    // Without a command the file itself is what is written, where somebody asks for it.
    return node.redirects.some(({ operator }) => operator.startsWith('<'))
      ? (redirected.input ?? EMPTY)
      : EMPTY;
  }
  if (!spend(reading, 'words', words.length)) return UNKNOWN;
  const output = runWords(words, assignments, redirected, around);
  return settleOutput(output, redirected, around);
}

function wordsOf({ args, name }: Command, around: Expanding): readonly Word[] {
  const first = name === undefined ? [] : expandWord(name, around);
  const declares = name !== undefined && DECLARING.has(name.value);
  return [...first, ...args.flatMap((arg) => wordsOfArgument(arg, declares, around))];
}

/** Of these the shell reads `name=value` as it reads an assignment. */
const DECLARING: ReadonlySet<string> = new Set([
  'alias',
  'declare',
  'export',
  'local',
  'readonly',
  'typeset',
]);

function wordsOfArgument(arg: CommandArgument, declares: boolean, around: Expanding): readonly Word[] {
  if (arg.type === 'Word') return expandWord(arg, around);
  const value = arg.value;
  if (value.type === 'ArrayValue' || arg.index !== undefined) {
    opaque(around.reading);
    return [wordOf(joinValues([literal(`${arg.name}=`), UNKNOWN]))];
  }
  const begins = literal(`${arg.name}${arg.append === true ? '+' : ''}=`);
  if (declares || value.parts === undefined) {
    return [wordOf(joinValues([begins, expandWhole(value, around)]))];
  }
  const [first, ...more] = expandWord(value, around);
  if (first === undefined) return [wordOf(begins)];
  const joined = joinValues([begins, valueOf(first)]);
  return [wordOf(joined, first.kind !== 'literal'), ...more];
}

function runWords(
  words: readonly Word[],
  assignments: readonly Assignment[],
  redirected: Redirected,
  around: Expanding,
  functions = true,
): Value {
  const [program, ...rest] = words;
  if (program === undefined) return EMPTY;
  const { reading, state } = around;
  const inner: Expanding = { ...around, input: redirected.input };
  const name = textOfWord(program);
  if (functions && name !== null && state.functions.has(name))
    return callFunction(name, rest, assignments, inner);
  const builtin = name === null || !Object.hasOwn(BUILTINS, name) ? undefined : BUILTINS[name];
  const given = assignments.map((one) => ({
    name: one.name,
    value: one.value.type === 'Word' ? expandWhole(one.value, around) : UNKNOWN,
  }));
  if (builtin !== undefined) {
    // What is assigned before one of these may stay, or may not.
    for (const one of given) state.variables.set(one.name, one.value);
    const output = builtin(rest, {
      ...inner,
      redirected,
      runWords: (next, may) => runWords(next, [], redirected, around, may),
    });
    for (const one of given) state.variables.set(one.name, UNKNOWN);
    if (given.length > 0) noteAssignments(given, around);
    if (output !== null) return output;
  }
  const { answers, input } = redirected;
  return reading.world.run({
    program,
    words: rest,
    assignments: given,
    input,
    answers: answers || reading.answers,
    state,
  });
}

function noteAssignments(
  given: readonly { readonly name: string; readonly value: Value }[],
  around: Expanding,
): void {
  for (const { name, value } of given) around.reading.world.assigned(name, value);
}

function callFunction(
  name: string,
  words: readonly Word[],
  assignments: readonly Assignment[],
  { input, reading, state }: Expanding,
): Value {
  const body = state.functions.get(name) ?? null;
  if (body === null || reading.calls.length >= SHELL_LIMITS.calls_max) {
    opaque(reading, ['EXECUTE_CODE']);
    return UNKNOWN;
  }
  if (reading.calls.includes(name)) {
    // One that calls itself beside itself fills the machine with its copies.
    opaque(reading, reading.aside ? ['CONTROL_SYSTEM'] : ['EXECUTE_CODE']);
    return UNKNOWN;
  }
  const { locals, positional } = state;
  const before = new Map(state.variables);
  state.locals = new Set();
  for (const one of assignments) assign(one, { reading, state, input });
  state.positional = words;
  const inner = { ...reading, calls: [...reading.calls, name] };
  const output =
    body.type === 'CompoundList'
      ? reading.list(body.commands, state, input, inner)
      : reading.command(body, state, input, inner);
  state.positional = positional;
  for (const local of state.locals) {
    const value = before.get(local);
    if (value === undefined) state.variables.delete(local);
    else state.variables.set(local, value);
    state.lists.delete(local);
  }
  state.locals = locals;
  for (const one of assignments) state.variables.set(one.name, UNKNOWN);
  return output;
}

function settleOutput(output: Value, redirected: Redirected, around: Expanding): Value {
  touchTargets(redirected, output, around);
  return redirected.output !== null || redirected.lost ? EMPTY : output;
}

/** Opens what is written to, with what is written there. */
export function touchTargets(
  { others, output }: Redirected,
  content: Value,
  { reading, state }: Expanding,
): void {
  if (output !== null) reading.world.touch({ use: output.use, target: output.word, content, state });
  for (const { use, word } of others) {
    // Errors, or what else stands in another descriptor.
    reading.world.touch({ use, target: word, content: unknownFrom(content.from), state });
  }
}
