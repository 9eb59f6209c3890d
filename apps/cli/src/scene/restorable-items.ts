import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SceneItem } from '@writ/contract';
import { isWithin } from '../files/is-within.ts';
import type { Place } from '../program/command.ts';
import { digestOfText } from '../run/hash-file.ts';
import { whatFits } from '../undo/measure.ts';
import { type Git, openGit } from './ask-git.ts';
import { trackedItems } from './tracked-items.ts';

export type ToRestore = {
  readonly place: Place;
  readonly roots: readonly string[];
  /** Real paths that a call names; one need not exist. */
  readonly named: readonly string[];
  readonly search: string | undefined;
  /** Whether it may change more than it names; of a whole workspace a snapshot takes longer. */
  readonly beyond: boolean;
};

/** What could be had back if the call changed it: from version control, or from a snapshot taken before. */
export async function restorableItems({
  beyond,
  named,
  place,
  roots,
  search,
}: ToRestore): Promise<readonly SceneItem[]> {
  const tracked: SceneItem[] = [];
  const whole: string[] = [];
  for (const root of roots) {
    const repository = await repositoryOf(root, roots, search);
    if (repository.kind === 'own') tracked.push(...(await trackedItems(repository.git, root, named)));
    if (beyond && repository.kind !== 'elsewhere') whole.push(root);
  }
  const wholes = whatFits(place, whole);
  const single = named.filter(
    (path) =>
      roots.some((root) => path !== root && isWithin(path, root)) &&
      !wholes.some((root) => isWithin(path, root)),
  );
  const undo = [...wholes, ...whatFits(place, [...new Set(single)])].map(undoItem);
  return [...undo, ...tracked];
}

function undoItem(name: string): SceneItem {
  return { kind: 'undo', name, digest: digestOfText(name), used: true };
}

type Repository =
  | { readonly kind: 'none' }
  | { readonly kind: 'own'; readonly git: Git }
  /** Its state, or what it works on, lies somewhere else: a snapshot of the root would not hold it. */
  | { readonly kind: 'elsewhere' };

async function repositoryOf(
  root: string,
  roots: readonly string[],
  search: string | undefined,
): Promise<Repository> {
  const hasGit = await lstat(join(root, '.git')).then(
    () => true,
    () => false,
  );
  if (!hasGit) return { kind: 'none' };
  const git = await openGit(root, roots, search);
  const words = ['--path-format=absolute', '--show-toplevel', '--git-dir', '--git-common-dir'] as const;
  const answer = await git?.ask('rev-parse', ...words);
  const [top, own, common] = (answer ?? '').split('\n');
  const isOwn = top === root && own === join(root, '.git') && common === own;
  return git !== null && isOwn ? { kind: 'own', git } : { kind: 'elsewhere' };
}
