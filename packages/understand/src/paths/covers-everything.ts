import type { Scene } from '@writ/contract';
import { lowerAscii } from '../detection/characters.ts';
import { wordSet } from '../word-set.ts';
import { isWithin, lexicalPath } from './lexical.ts';
import { isDevice } from './places.ts';

/** Directories of the system, without any of which it is lost. */
const SYSTEM: ReadonlySet<string> = wordSet(`
  applications bin boot dev etc home lib lib64 library opt proc root sbin sys system users usr var
  windows`);

/** Everything, a home, what stands above a workspace, a directory of the system, a disk. */
export function coversEverything(path: string, scene: Scene | null): boolean {
  if (isDevice(path) || path === '~') return true;
  if (!path.startsWith('/')) return false;
  const names = lowerAscii(path)
    .split('/')
    .filter((name) => name !== '');
  const [first = ''] = names;
  if (names.length === 0 || (names.length === 1 && SYSTEM.has(first))) return true;
  if (names.length === 2 && (first === 'home' || first === 'users')) return true;
  if (scene === null) return false;
  const places = [scene.directory, ...scene.roots].map((place) => lexicalPath(place, null));
  if (scene.home !== undefined && isWithin(lexicalPath(scene.home, null), path)) return true;
  return places.some((place) => place !== path && isWithin(place, path));
}
