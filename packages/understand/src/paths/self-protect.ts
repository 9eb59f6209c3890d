import type { Scene } from '@writ/contract';
import { isWord, lowerAscii } from '../detection/characters.ts';
import { isWithin, lexicalPath } from './lexical.ts';

/** What Writ's own files are called wherever they lie. */
const OWN_NAMES: ReadonlySet<string> = new Set(['.writ', 'writ.sock']);
/** What parts one name from the next in paths, options, URLs and lines of text. */
const PARTING = /[\s/\\:=,;|&<>()'"`@]+/;

/** Whether a text names a place of Writ, or one of `places`, in this or another spelling of the path. */
export function namesOwnPlace(text: string, places: readonly string[], scene: Scene | null): boolean {
  const low = lowerAscii(text);
  if (low.split(PARTING).some((name) => OWN_NAMES.has(name))) return true;
  if (places.length === 0) return false;
  const paths = pathsIn(low, scene);
  return places.some((place) => {
    const name = lowerAscii(place);
    return containsName(low, name) || paths.some((path) => containsName(path, name));
  });
}

/** The other spellings under which a text may name a place. */
function pathsIn(low: string, scene: Scene | null): readonly string[] {
  // What has no slash is a path only where there is a directory to begin with.
  if (scene === null && !low.includes('/')) return [];
  // The value of an option stands behind the sign.
  const value = low.slice(low.indexOf('=') + 1);
  return [...new Set([low, value])].map((path) => lowerAscii(lexicalPath(path, scene)));
}

/** Whether what happens to a whole directory happens to one of `places`. */
export function liesAbove(path: string, places: readonly string[]): boolean {
  return places.some((place) => isWithin(lowerAscii(place), lowerAscii(path)));
}

function containsName(text: string, name: string): boolean {
  if (name === '') return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const next = text.charAt(at + name.length);
    if (next === '' || !(isWord(next.charCodeAt(0)) || next === '-' || next === '.')) return true;
  }
  return false;
}
