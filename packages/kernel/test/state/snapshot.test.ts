import { emptyState, printSnapshot, restoreSnapshot } from '@writ/kernel';
import { describe, expect, it } from 'vitest';

/** As spec/33-snapshots.md has the text. */
type Snapshot = {
  readonly scalars: readonly unknown[];
  readonly maps: readonly (readonly [name: string, entries: unknown])[];
};

describe('printSnapshot()', () => {
  it('printSnapshot() holds every member of the state: what it left out, no start would bring back', () => {
    const state = emptyState();
    const { maps, scalars } = JSON.parse(printSnapshot(state)) as Snapshot;
    const members = Object.entries(state);
    const isMap = ([, member]: readonly [string, unknown]): boolean => member instanceof Map;
    expect(maps.map(([name]) => name).sort()).toEqual(
      members
        .filter(isMap)
        .map(([name]) => name)
        .sort(),
    );
    expect(scalars.length).toBe(members.filter((member) => !isMap(member)).length);
  });

  it('restoreSnapshot() brings back each map by its name', () => {
    const state = emptyState();
    const names = Object.keys(state).filter((name) => state[name as keyof typeof state] instanceof Map);
    for (const name of names) {
      const map = state[name as keyof typeof state] as Map<string, unknown>;
      map.set(`of ${name}`, { name, entries: 1 });
    }
    expect(restoreSnapshot(printSnapshot(state))).toEqual(state);
  });
});
