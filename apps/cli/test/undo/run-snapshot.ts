import { finishSnapshot, takeSnapshot } from '../../src/undo/take-snapshot.ts';
import type { Ground } from './tree.ts';

let count = 0;

/** What a door does: keeps what is there, runs, looks at what was left. The id of the action. */
export function runSnapshot(
  { place, sh, work }: Ground,
  command: string,
  areas: readonly string[] = [work],
): string {
  count += 1;
  const id = `act_${count}`;
  takeSnapshot(place, { id, by: 'prn_a', areas });
  try {
    sh(command);
  } finally {
    finishSnapshot(place, id);
  }
  return id;
}
