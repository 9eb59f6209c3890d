import type { Scene } from '@writ/contract';

/** What a door has said it can take a snapshot of: all of it, because what changes lies somewhere in it. */
export function snapshotAreas({ items }: Scene): readonly string[] {
  return items.filter(({ kind }) => kind === 'undo').map(({ name }) => name);
}
