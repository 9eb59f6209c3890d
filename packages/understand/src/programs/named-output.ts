import type { Word } from '../shell/word.ts';
import { wordSet } from '../word-set.ts';

const SEARCHING: ReadonlySet<string> = wordSet('grep egrep fgrep rg');
/** Letters that take no value, in whatever cluster. */
const LETTERS = /^-[acEFGHiIlLnoPrRsSuUvwxzZ]+$/;
const ALONE = /^--(?:[a-z-]+$|(?:include|exclude|exclude-dir|glob|type)=)/;
const NAMES = /^-[A-Za-z]*[lL]|^--files-with(?:out)?-match(?:es)?$/;
/** Of `rg`, whose value is the next word. */
const VALUED: ReadonlySet<string> = new Set(['-g', '-t', '-T']);

/**
 * The directory at or below which every file lies whose name a search for what files hold writes; null where
 * it writes something else, or nobody knows where it looks.
 */
export function belowNamed(name: string, words: readonly Word[]): string | null {
  const isGit = name === 'git' && textOf(words[0]) === 'grep';
  if (!isGit && !SEARCHING.has(name)) return null;
  const operands: Word[] = [];
  let names = false;
  let skips = false;
  for (const word of words.slice(isGit ? 1 : 0)) {
    const text = textOf(word);
    if (skips) skips = false;
    else if (text === null || !text.startsWith('-')) operands.push(word);
    else if (name === 'rg' && VALUED.has(text)) skips = true;
    else if (!LETTERS.test(text) && !ALONE.test(text)) return null;
    else names ||= NAMES.test(text);
  }
  return names ? above(operands.slice(1)) : null;
}

function textOf(word: Word | undefined): string | null {
  return word?.kind === 'literal' ? word.text : null;
}

/** What holds all of these places, where that is one of them or the directory of the shell. */
function above(places: readonly Word[]): string | null {
  const paths = places.map(pathOf);
  const [only, ...more] = paths;
  if (only === undefined) return '';
  if (more.length === 0) return only;
  return paths.every((path) => path !== null && isBelowHere(path)) ? '' : null;
}

function pathOf(word: Word): string | null {
  if (word.kind === 'unknown') return word.below;
  if (word.kind === 'literal') return word.text;
  const at = word.prefix.lastIndexOf('/');
  return at < 0 ? '.' : word.prefix.slice(0, at) || '/';
}

function isBelowHere(path: string): boolean {
  return !path.startsWith('/') && !path.startsWith(':') && !path.split('/').includes('..');
}
