import type { Scene } from '@writ/contract';
import { isInWorkspace, isTemporary, isWithin, lexicalPath } from './lexical.ts';
import { namesIn } from './names.ts';

const HARMLESS_DEVICES: ReadonlySet<string> = words(`
  /dev/fd /dev/null /dev/random /dev/stderr /dev/stdin /dev/stdout /dev/tty /dev/urandom /dev/zero`);

/** What nobody can miss losing: the whole of something, and what a shell would make more than one name of. */
export function isGrave(path: string, scene: Scene | null): boolean {
  return /[*?[\]{}$`]/.test(path) || isWhole(path, scene);
}

/** Everything, a home, a place of work or what stands above it, a history, a device. */
export function isWhole(path: string, scene: Scene | null): boolean {
  const names = namesIn(path);
  if (path === '.' || names.at(-1) === '..' || (names.length === 1 && path.startsWith('~'))) return true;
  if (names.at(-1) === '.git' || (scene !== null && isWithin(scene.directory, path))) return true;
  return path.startsWith('/') && (names.length < 2 || isHome(names) || isDevice(path));
}

/** `/home/somebody`, `/Users/somebody`. */
function isHome(names: readonly string[]): boolean {
  return names.length === 2 && (names[0] === 'home' || names[0] === 'users');
}

/** What nobody would miss: below a temporary place, and neither where the work is done nor above it. */
export function isScratch(path: string, scene: Scene | null): boolean {
  if (!isTemporary(path)) return false;
  if (scene === null) return true;
  return !isInWorkspace(path, scene) && !scene.roots.some((root) => isWithin(lexicalPath(root, null), path));
}

/** What stands for hardware: a disk, not the waste bin. */
export function isDevice(path: string): boolean {
  return path.startsWith('/dev/') && ![...HARMLESS_DEVICES].some((device) => isWithin(path, device));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
