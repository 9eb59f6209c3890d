import type { Assignment } from 'unbash';
import { type Expanding, expandWhole, expandWord } from './expand-word.ts';
import { onlyBash, opaque } from './reading.ts';
import { EMPTY, joinValues, UNKNOWN, type Value } from './value.ts';

/** A variable of the shell: later words are made of it. */
export function assign(node: Assignment, around: Expanding): void {
  const { append, index, name, value } = node;
  const { reading, state } = around;
  if (index !== undefined) {
    onlyBash(reading);
    if (index.parts !== undefined || !/^[0-9]+$/.test(index.value)) opaque(reading);
    if (value.type === 'Word') expandWhole(value, around);
    state.lists.delete(name);
    setVariable(name, UNKNOWN, around);
    return;
  }
  if (append === true) onlyBash(reading);
  if (value.type === 'ArrayValue') {
    onlyBash(reading);
    // `[name]=value` in a list has a subscript of its own.
    if (value.elements.some((element) => element.text.startsWith('['))) opaque(reading);
    const words = value.elements.flatMap((element) => expandWord(element, around));
    const before = append === true ? (state.lists.get(name) ?? null) : [];
    setVariable(name, UNKNOWN, around);
    if (before !== null) state.lists.set(name, [...before, ...words]);
    return;
  }
  const given = expandWhole(value, around);
  const before = append === true ? (state.variables.get(name) ?? UNKNOWN) : EMPTY;
  setVariable(name, joinValues([before, given]), around);
}

export function setVariable(name: string, value: Value, { reading, state }: Expanding): void {
  state.lists.delete(name);
  // What was made read-only keeps what it had, or stops the shell.
  state.variables.set(name, state.fixed.has(name) ? UNKNOWN : value);
  reading.world.assigned(name, value);
}
