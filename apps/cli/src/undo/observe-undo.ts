import type { Scene, SceneItem } from '@writ/contract';
import type { Place } from '../program/command.ts';
import { digestOfText } from '../run/hash-file.ts';
import { makeScene, observeBase } from '../scene/make-scene.ts';
import type { Plan } from './plan-undo.ts';
import type { Snapshot } from './snapshot.ts';

/** As many paths as a scene has room for, beside what else is in it. */
const PATHS_MAX = 128;

/**
 * What an undo changes, as few paths as say it: where they are too many, the directories that hold them, and
 * at last the areas themselves.
 */
export function changedPaths({ areas }: Snapshot, { steps }: Plan): readonly string[] {
  const paths = steps.map(({ path }) => path);
  const roots = areas.map(({ path }) => path);
  const deepest = paths.reduce((most, path) => Math.max(most, depthOf(path)), 0);
  for (let depth = deepest; depth > 0; depth -= 1) {
    const cut = outermost(paths.map((path) => cutTo(path, depth, roots)));
    if (cut.length <= PATHS_MAX) return cut;
  }
  return roots;
}

const depthOf = (path: string): number => path.split('/').length;

function cutTo(path: string, depth: number, roots: readonly string[]): string {
  const root = roots.find((one) => path === one || path.startsWith(`${one}/`)) ?? path;
  return path
    .split('/')
    .slice(0, Math.max(depth, depthOf(root)))
    .join('/');
}

/** Each once, and nothing below another. */
function outermost(paths: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const path of [...new Set(paths)].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !path.startsWith(`${last}/`)) kept.push(path);
  }
  return kept;
}

/**
 * The scene of an undo. Each path was seen under its own name: an undo takes away and puts back what stands
 * there, a link too, and writes through none. The areas can be snapshot again, or nothing is undone.
 */
export async function observeUndo(
  place: Place,
  directory: string,
  { areas }: Snapshot,
  changed: readonly string[],
): Promise<Scene> {
  const base = await observeBase({ directory, place, roots: areas.map(({ path }) => path) });
  const item = (kind: SceneItem['kind'], name: string): SceneItem => ({
    kind,
    name,
    digest: digestOfText(name),
    used: kind === 'undo',
  });
  return makeScene(
    base,
    { shell: null, environment: {} },
    {
      pins: areas.map(({ path }) => item('undo', path)),
      claims: changed.map((path) => item('path', path)),
    },
  );
}
