import type { Scene } from '@writ/contract';
import type { PathUse } from '../programs/use-word.ts';
import { isInWorkspace, isObserved, isWithin } from './lexical.ts';
import { isScratch } from './places.ts';
import { holdsSecrets } from './secret-places.ts';

/** How something can be had back: from version control as it is, or from a snapshot that is taken before. */
export type Restorable = 'reversible' | 'with_snapshot';

/**
 * Whether what a use does to a path can be undone, as far as the scene says; null where it does not say so.
 * Only of a path that was seen to be what it is called: a link would lead elsewhere. Of secrets no copies are
 * made, and what lies outside of the workspace is not for its undo.
 */
export function restorable(path: string, use: PathUse, scene: Scene | null): Restorable | null {
  if (scene === null || use === 'read' || use === 'list' || use === 'make') return null;
  if (!isObserved(path, scene) || !isInWorkspace(path, scene) || holdsSecrets(path)) return null;
  // Into a directory: what stands there under that name may be a link, and nobody looked.
  if (use === 'write' && isDirectory(path, scene)) return null;
  // What a commit holds of a file is its content, not all of its mode.
  if (use !== 'alter' && isNamed('tracked', path, scene)) return 'reversible';
  return isNamed('undo', path, scene) ? 'with_snapshot' : null;
}

/**
 * Whether what is written there replaces nothing that anybody would miss: in a temporary place, seen under
 * that very name, and no place of secrets. Of a directory nobody saw the name in it that is written.
 */
export function isSpare(path: string, scene: Scene | null): boolean {
  if (scene === null || !isObserved(path, scene) || isDirectory(path, scene)) return false;
  return isScratch(path, scene) && !holdsSecrets(path);
}

/**
 * The same for what a program does to the repository in which it runs and to its whole work tree. Any root
 * may be meant, and a variable for git could name yet another one.
 */
export function restorableRepository(scene: Scene | null): Restorable | null {
  if (scene === null || !isInWorkspace(scene.directory, scene)) return null;
  const moved = scene.items.some(({ kind, name }) => kind === 'environment' && name.startsWith('GIT_'));
  return !moved && scene.roots.every((root) => isNamed('undo', root, scene)) ? 'with_snapshot' : null;
}

/** By its own name, or by that of a directory that holds it. */
function isNamed(wanted: 'tracked' | 'undo', path: string, { items }: Scene): boolean {
  return items.some(({ kind, name }) => kind === wanted && isWithin(path, name));
}

function isDirectory(path: string, { items }: Scene): boolean {
  return items.some(({ kind, name }) => kind === 'directory' && name === path);
}
