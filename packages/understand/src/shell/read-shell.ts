import { parse } from 'unbash';
import { SHELL_LIMITS } from './limits.ts';
import { isReadable } from './prescan.ts';
import { readAny } from './read-compound.ts';
import { readList } from './read-list.ts';
import { type Dialect, type Input, opaque, type Reading, type Spent, spend, type World } from './reading.ts';
import type { State } from './state.ts';
import { textOf, UNKNOWN, type Value, withHoles } from './value.ts';

export type ToRead = {
  readonly text: Value;
  readonly dialect: Dialect;
  /** What `~` stands for; a tilde where nobody said. */
  readonly home: string;
  readonly directory: string | null;
  readonly state: State;
  readonly input: Input;
  readonly world: World;
  /** Shared with the text that this one stands in. */
  readonly spent: Spent;
};

export function startSpent(): Spent {
  return { runs: 0, words: 0, steps: 0, units: 0, copied: 0, depth: 0, over: false };
}

/**
 * Walks through a shell text as a shell would, along every branch, and tells `world` what it runs and
 * touches. Gives what the text writes. What cannot be known is `opaque`, and still read as far as it can be.
 */
export function readShell({ dialect, directory, home, input, spent, state, text, world }: ToRead): Value {
  const reading: Reading = {
    world,
    dialect,
    home,
    directory,
    spent,
    calls: [],
    aside: false,
    answers: false,
    list: readList,
    command: readAny,
    again: readText,
  };
  return readText(text, state, input, reading);
}

function readText(value: Value, state: State, input: Input, reading: Reading): Value {
  if (textOf(value) === null) opaque(reading, ['EXECUTE_CODE']);
  if (value.from.includes('download')) reading.world.found('download_and_run', ['EXECUTE_CODE', 'DOWNLOAD']);
  if (value.from.includes('decode')) reading.world.found('decode_and_run', ['EXECUTE_CODE']);
  if (value.from.includes('network')) reading.world.found('reverse_shell', ['EXECUTE_CODE']);
  const text = withHoles(value);
  const { spent } = reading;
  if (!isReadable(text) || spent.depth >= SHELL_LIMITS.calls_max || text.includes('\0')) {
    opaque(reading);
    return UNKNOWN;
  }
  if (!spend(reading, 'runs')) return UNKNOWN;
  spent.depth += 1;
  const script = parse(text);
  if (script.errors !== undefined && script.errors.length > 0) opaque(reading);
  const output = readList(script.commands, state, input, reading);
  spent.depth -= 1;
  return output;
}
