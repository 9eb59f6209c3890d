import type {
  AboutView,
  CellView,
  EntryDetail,
  EntryView,
  ExhibitLine,
  ExhibitName,
  ExhibitView,
  StageEvent,
} from './entry.ts';
import { EXHIBITS } from './entry.ts';

/** What a page can be told: all that has happened here, and whatever happens next. */
export type Board = {
  everything(): StageEvent;
  detail(number: number): EntryDetail | null;
  /** The entry whose proposal made this record. */
  decidedAt(index: number): EntryDetail | null;
  showCell(cell: CellView): void;
  /** A new entry with the next number. */
  add(entry: Omit<EntryDetail, 'number'>): EntryDetail;
  change(number: number, members: Partial<EntryDetail>): void;
  beginExhibit(name: ExhibitName): void;
  tell(name: ExhibitName, line: ExhibitLine): void;
  endExhibit(name: ExhibitName, state: 'done' | 'failed'): void;
  /** Tells the listener from now on; the answer ends that. */
  listen(listener: (event: StageEvent) => void): () => void;
};

/** Nobody reads further back, and a page stays quick. */
const ENTRIES_MAX = 200;

export function openBoard(about: AboutView): Board {
  const entries = new Map<number, EntryDetail>();
  const exhibits = new Map<ExhibitName, ExhibitView>(
    EXHIBITS.map((name) => [name, { name, state: 'idle', lines: [] }]),
  );
  const listeners = new Set<(event: StageEvent) => void>();
  let cell: CellView = { state: 'starting', text: 'the cell is starting', starts: 0 };
  let last = 0;
  const emit = (event: StageEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const keep = (entry: EntryDetail): void => {
    entries.set(entry.number, entry);
    for (const number of entries.keys()) {
      if (entries.size <= ENTRIES_MAX) break;
      entries.delete(number);
    }
    emit({ kind: 'entry', entry: viewOf(entry) });
  };
  const showExhibit = (exhibit: ExhibitView): void => {
    exhibits.set(exhibit.name, exhibit);
    emit({ kind: 'exhibit', exhibit });
  };
  const linesOf = (name: ExhibitName): readonly ExhibitLine[] => exhibits.get(name)?.lines ?? [];
  return {
    everything: () => {
      const views = [...entries.values()].map(viewOf);
      return { kind: 'all', about, cell, entries: views, exhibits: [...exhibits.values()] };
    },
    detail: (number) => entries.get(number) ?? null,
    decidedAt: (index) => [...entries.values()].find((entry) => entry.index === index) ?? null,
    showCell(next) {
      cell = next;
      emit({ kind: 'cell', cell });
    },
    add(entry) {
      last += 1;
      const added = { ...entry, number: last };
      keep(added);
      return added;
    },
    change(number, members) {
      const entry = entries.get(number);
      if (entry !== undefined) keep({ ...entry, ...members, number });
    },
    beginExhibit: (name) => showExhibit({ name, state: 'running', lines: [] }),
    tell: (name, line) => showExhibit({ name, state: 'running', lines: [...linesOf(name), line] }),
    endExhibit: (name, state) => showExhibit({ name, state, lines: linesOf(name) }),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function viewOf(entry: EntryDetail): EntryView {
  const { number, by, what, why, state, verdict, code, text, index, run } = entry;
  return { number, by, what, why, state, verdict, code, text, index, run };
}
