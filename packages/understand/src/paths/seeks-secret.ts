import { lowerAscii } from '../detection/characters.ts';
import { fits } from './fits-secret-name.ts';
import { SECRET_DIRECTORIES, SECRET_ENDINGS, SECRET_STORES } from './secret-places.ts';

/** What begins a pair of keys. */
const KEYS = 'id_';

/**
 * Whether whoever looks for names that fit a pattern looks for a store of secrets. A pattern that fits one
 * beside many others, `*.json` or `*auth*`, says nothing of that.
 */
export function seeksSecret(pattern: string): boolean {
  return lowerAscii(pattern).split('/').some(isStore);
}

function isStore(part: string): boolean {
  const known = part.replaceAll(/[*?[\]]/g, '');
  if (known === part) return SECRET_STORES.has(part) || SECRET_DIRECTORIES.has(part) || hasEnding(part);
  if (known.startsWith(KEYS) || (hasEnding(part) && !/[*?\]]$/.test(part))) return true;
  return [...SECRET_STORES].some((name) => 3 * known.length >= 2 * name.length && fits(name, part));
}

function hasEnding(part: string): boolean {
  return SECRET_ENDINGS.some((ending) => part.endsWith(ending));
}
