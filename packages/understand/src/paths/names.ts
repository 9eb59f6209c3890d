import { lowerAscii } from '../detection/characters.ts';

/** File systems that do not tell cases apart would open the same file. */
export function namesIn(path: string): readonly string[] {
  return lowerAscii(path)
    .split('/')
    .filter((name) => name !== '');
}

/** Whether a path has one of `places`, each of whole names, anywhere in it. */
export function hasPlace(names: readonly string[], places: readonly string[]): boolean {
  const low = `/${names.join('/')}/`;
  return places.some((place) => low.includes(`/${place}/`));
}
