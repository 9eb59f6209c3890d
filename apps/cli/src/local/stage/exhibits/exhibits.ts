import type { Board } from '../board.ts';
import type { ExhibitName } from '../entry.ts';

/** One at a time: each of them stops the cell, kills it, or wants it in peace. */
export type Exhibits = {
  /** False when another is under way. */
  begin(name: ExhibitName): boolean;
};

export function openExhibits(
  board: Board,
  shows: { readonly [Name in ExhibitName]: () => Promise<boolean> },
): Exhibits {
  let isBusy = false;
  const show = async (name: ExhibitName): Promise<void> => {
    board.beginExhibit(name);
    try {
      board.endExhibit(name, (await shows[name]()) ? 'done' : 'failed');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL';
      board.tell(name, { tone: 'bad', text: `it did not come to its end: ${code}` });
      board.endExhibit(name, 'failed');
    } finally {
      isBusy = false;
    }
  };
  return {
    begin(name) {
      if (isBusy) return false;
      isBusy = true;
      void show(name);
      return true;
    },
  };
}
