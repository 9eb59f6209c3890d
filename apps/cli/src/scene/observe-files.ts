import type { Scene, SceneItem } from '@writ/contract';
import type { Place } from '../program/command.ts';
import { makeScene, observeBase } from './make-scene.ts';
import { findPath, itemsOf, type NamedPath } from './named-paths.ts';
import { restorableItems } from './restorable-items.ts';

export type ToObserveFiles = {
  readonly paths: readonly string[];
  readonly directory: string;
  /** Whether they are to be changed: only then it counts what could be had back. */
  readonly changes: boolean;
  readonly place: Place;
  readonly roots?: readonly string[];
};

/** What this host is to a call that names its files, as a tool that writes or edits one does. */
export async function observeFiles(asked: ToObserveFiles): Promise<Scene> {
  const base = await observeBase(asked);
  const named: NamedPath[] = [];
  for (const path of asked.paths) {
    const found = await findPath(path, base.directory);
    if (found !== null) named.push(found);
  }
  const items: SceneItem[] = [];
  for (const one of named) items.push(...(await itemsOf(one, asked.changes)));
  const claims = asked.changes
    ? await restorableItems({
        place: asked.place,
        roots: base.roots,
        named: named.map(({ real }) => real),
        search: asked.place.environment['PATH'],
        beyond: false,
      })
    : [];
  return makeScene(
    base,
    { shell: null, environment: {} },
    {
      pins: items.filter(({ used }) => used),
      claims: [...claims, ...items.filter(({ used }) => !used)],
    },
  );
}
