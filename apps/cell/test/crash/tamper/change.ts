import type { Entry, Row } from './rows.ts';

/** The record that is tampered with, by its place. */
export type Target = { readonly row: number; readonly at: number };

/** One character of a text becomes another of the same kind, so that its form stays right. */
export function editText(text: string, at: number): string {
  const other = text[at] === 'A' ? 'B' : 'A';
  return text.slice(0, at) + other + text.slice(at + 1);
}

/** Within the salt: the head stays a head. */
export function editHead({ head, state }: Entry): Entry {
  return { head: editText(head, head.indexOf('"salt":"') + '"salt":"'.length), state };
}

export function editState({ head, state }: Entry): Entry {
  return { head, state: editText(state, state.indexOf('"salt":"') + '"salt":"'.length) };
}

export function changeRecords(
  rows: readonly Row[],
  { row }: Target,
  change: (records: readonly Entry[]) => readonly Entry[],
): readonly Row[] {
  return rows.map((one, nth) => (nth === row ? { ...one, records: change(one.records) } : one));
}

/** What can be done to a list of records; each gives another list. */
export const CHANGES = {
  edit: (list: readonly Entry[], at: number) => list.map((one, nth) => (nth === at ? editHead(one) : one)),
  editState: (list: readonly Entry[], at: number) =>
    list.map((one, nth) => (nth === at ? editState(one) : one)),
  remove: (list: readonly Entry[], at: number) => list.filter((_, nth) => nth !== at),
  insert: (list: readonly Entry[], at: number) =>
    list.flatMap((one, nth) => (nth === at ? [editHead(one), one] : [one])),
  reorder: (list: readonly Entry[], at: number) => moved(list, at),
  duplicate: (list: readonly Entry[], at: number) =>
    list.flatMap((one, nth) => (nth === at ? [one, one] : [one])),
} as const;

function moved<T>(list: readonly T[], at: number): readonly T[] {
  const first = list.slice(at, at + 1);
  const second = list.slice(at + 1, at + 2);
  return [...list.slice(0, at), ...second, ...first, ...list.slice(at + 2)];
}

/** Two neighbours in each other's place. */
export const swapped: <T>(list: readonly T[], at: number) => readonly T[] = moved;
