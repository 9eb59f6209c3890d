import type { Function as FunctionNode } from 'unbash';
import { isSame, UNKNOWN, type Value } from './value.ts';
import type { Word } from './word.ts';

export type Body = FunctionNode['body'];

/** Where a relative name begins; an empty one where the text begins. Null where nobody knows. */
export type Place = string | null;

/** What earlier commands of the text leave to later ones. Only the walk over the text changes it. */
export type State = {
  readonly variables: Map<string, Value>;
  readonly lists: Map<string, readonly Word[]>;
  /** Null where it may be one or another. */
  readonly functions: Map<string, Body | null>;
  /** What can be assigned to no longer. */
  readonly fixed: Set<string>;
  readonly descriptors: Map<number, Value>;
  /** What was written to files, by their names; programs that run beside one another share them. */
  readonly files: Map<string, Value>;
  places: readonly [Place, ...Place[]];
  positional: readonly Word[] | null;
  /** Names whose values end with the function. */
  locals: ReadonlySet<string>;
  /** Where it would be, had the last change of the directory failed; null where there was none. */
  failed: State['places'] | null;
  /** What fails ends the shell. */
  stops: boolean;
};

export function startState(): State {
  return {
    variables: new Map(),
    lists: new Map(),
    functions: new Map(),
    fixed: new Set(),
    descriptors: new Map(),
    files: new Map(),
    places: [''],
    positional: null,
    locals: new Set(),
    failed: null,
    stops: false,
  };
}

/** What a subshell begins with: what it changes stays there. */
export function copyState(state: State): State {
  return {
    variables: new Map(state.variables),
    lists: new Map(state.lists),
    functions: new Map(state.functions),
    fixed: new Set(state.fixed),
    descriptors: new Map(state.descriptors),
    files: state.files,
    places: state.places,
    positional: state.positional,
    locals: state.locals,
    failed: null,
    stops: state.stops,
  };
}

/** What is known after one or the other: only what both say. */
export function joinInto(state: State, other: State): void {
  const { descriptors, functions, lists, variables } = state;
  for (const name of new Set([...variables.keys(), ...other.variables.keys()])) {
    const one = variables.get(name);
    const two = other.variables.get(name);
    if (one === undefined || two === undefined || !isSame(one, two)) variables.set(name, joined(one, two));
  }
  for (const name of new Set([...lists.keys(), ...other.lists.keys()])) {
    if (lists.get(name) === other.lists.get(name)) continue;
    lists.delete(name);
    variables.set(name, UNKNOWN);
  }
  for (const name of new Set([...functions.keys(), ...other.functions.keys()])) {
    if (functions.get(name) !== other.functions.get(name)) functions.set(name, null);
  }
  for (const name of other.fixed) state.fixed.add(name);
  for (const [number, value] of other.descriptors)
    if (!descriptors.has(number)) descriptors.set(number, value);
  const places = [...new Set([...state.places, ...other.places])];
  state.places = places.length > PLACES_MAX ? [null] : [places[0] ?? null, ...places.slice(1)];
  state.locals = new Set([...state.locals, ...other.locals]);
  state.stops &&= other.stops;
  if (state.positional !== other.positional) state.positional = null;
}

/** More places at once than these are any place. */
const PLACES_MAX = 4;

function joined(one: Value | undefined, two: Value | undefined): Value {
  const digits = one?.digits === true && two?.digits === true;
  const from = [...new Set([...(one?.from ?? []), ...(two?.from ?? [])])];
  return { parts: [null], from, ...(digits ? { digits } : {}) };
}

/** How much there is to take along. */
export function sizeOf({ descriptors, functions, lists, variables }: State): number {
  return 1 + variables.size + lists.size + functions.size + descriptors.size;
}
