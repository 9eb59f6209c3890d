import type { Scene } from '@writ/contract';
import { snapshotAreas } from '../../scene/snapshot-areas.ts';
import { finishSnapshot, takeSnapshot } from '../../undo/take-snapshot.ts';
import type { DoorContext } from './context.ts';

const OBLIGATION = 'snapshot_first';

/** Keeps what an action may change, where it is obliged to; false where that cannot be done whole. */
export function snapshotFirst(
  { place }: Pick<DoorContext, 'place'>,
  action: { readonly id: string; readonly session: string; readonly obligations: readonly string[] },
  scene: Scene | null,
): boolean {
  if (!action.obligations.includes(OBLIGATION)) return true;
  if (scene === null) return false;
  try {
    takeSnapshot(place, { id: action.id, by: action.session, areas: snapshotAreas(scene) });
    return true;
  } catch {
    return false;
  }
}

/** Notes what it left behind, so that an undo takes back no more. */
export function snapshotAfter(
  { place }: Pick<DoorContext, 'place'>,
  { id, obligations }: { readonly id: string; readonly obligations: readonly string[] },
): void {
  if (!obligations.includes(OBLIGATION)) return;
  try {
    finishSnapshot(place, id);
  } catch {
    // An undo then takes back the whole area, and tells what differs.
  }
}
