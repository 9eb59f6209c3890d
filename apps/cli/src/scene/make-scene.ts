import { realpath } from 'node:fs/promises';
import { SCENE_LIMITS, type Scene, type SceneItem } from '@writ/contract';
import type { Environment, Place } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { digestOfText } from '../run/hash-file.ts';
import { findRoots } from './find-roots.ts';

/** Where a call runs. */
export type Base = {
  readonly directory: string;
  readonly home: string | null;
  readonly roots: readonly string[];
};

export async function observeBase(asked: {
  readonly directory: string;
  readonly place: Place;
  readonly roots?: readonly string[];
}): Promise<Base> {
  const directory = await realpath(asked.directory);
  const home = await realpath(asked.place.user_home).catch(() => null);
  const roots = await findRoots(directory, home, asked.roots);
  return { directory, home, roots: roots.slice(0, SCENE_LIMITS.roots_max) };
}

/**
 * `pins` must not change until it runs; `claims` only make something milder: what has no room is left out.
 */
export type Items = { readonly pins: readonly SceneItem[]; readonly claims: readonly SceneItem[] };

export function makeScene(
  { directory, home, roots }: Base,
  { shell, environment }: { readonly shell: string | null; readonly environment: Environment },
  { claims, pins }: Items,
): Scene {
  const pinned = once([...pins, ...environmentItems(environment)]);
  if (pinned.length > SCENE_LIMITS.items_max)
    throw new CliFailure('SCENE_TOO_LARGE', `more than ${SCENE_LIMITS.items_max} files in one call`);
  const items = once([...pinned, ...claims]).slice(0, SCENE_LIMITS.items_max);
  return { directory, ...(home === null ? {} : { home }), roots, shell, items };
}

/** Its values may be secrets: the scene holds their digests. */
function environmentItems(environment: Environment): readonly SceneItem[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [{ kind: 'environment', name, digest: digestOfText(value), used: true } as const],
  );
}

function once(items: readonly SceneItem[]): readonly SceneItem[] {
  return [...new Map(items.map((item) => [`${item.kind}:${item.name}`, item])).values()];
}
