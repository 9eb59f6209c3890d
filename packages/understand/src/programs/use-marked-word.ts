import type { Effect } from '@writ/contract';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { coversEverything } from '../paths/covers-everything.ts';
import { fitsSecretName } from '../paths/fits-secret-name.ts';
import { lexicalPath } from '../paths/lexical.ts';
import { ANY, BELOW, beforeMarks, isMarked, isPattern, withoutMarks } from '../shell/marks.ts';
import type { Use } from './program.ts';
import type { Around } from './use-word.ts';

type AroundMarked = Around & {
  /** What a literal word means; the two ask one another. */
  readonly useWord: (word: string, use: Use, where: string, around: Around) => Meaning;
};

/** What it means that a program uses a word so of which a shell knew, or we know, only a part. */
export function useMarkedWord(word: string, use: Use, where: string, around: AroundMarked): Meaning {
  switch (use) {
    case 'text':
      return NOTHING;
    case 'read':
    case 'list':
    case 'make':
    case 'write':
    case 'alter':
    case 'move':
    case 'lose':
    case 'tree':
    case 'discard':
    case 'clear':
      return useMarkedPath(word, use, where, around);
    case 'url':
      return useMarkedUrl(word, where, around);
    case 'process':
    case 'sought':
      return NOTHING;
    case 'object':
      return useMarkedPath(word, 'read', where, around);
    case 'committish':
      return isPattern(word) ? useMarkedPath(word, 'discard', where, around) : anyName(where, around);
    case 'inside':
      // Whatever fits a pattern lies where the pattern says.
      return word.includes(ANY)
        ? anyName(where, around)
        : around.useWord(withoutMarks(word), use, where, around);
    default:
      return anyName(where, around);
  }
}

function anyName(where: string, around: AroundMarked): Meaning {
  return around.useWord('', 'unknown', where, around);
}

type PathUse = 'read' | 'list' | 'make' | 'write' | 'alter' | 'move' | 'lose' | 'tree' | 'discard' | 'clear';

function useMarkedPath(word: string, use: PathUse, where: string, around: AroundMarked): Meaning {
  const place = beforeMarks(word);
  const at = place.lastIndexOf('/');
  const directory = place.slice(0, at + 1);
  const secret: Meaning =
    use === 'read' && mayHoldSecrets(word, directory, around)
      ? { ...NOTHING, effects: ['READ_SECRETS'] }
      : NOTHING;
  if (isPattern(word) || !word.includes(ANY)) {
    // What fits a part of everything is taken for everything.
    const isAll = !word.includes(BELOW) && isWholePattern(word.slice(at + 1));
    const whole = isAll || (directory === '/' && isPattern(word));
    const name = whole ? directory || '.' : withoutMarks(word).replaceAll(/[*?[\]]/g, '_');
    return joinMeanings([around.useWord(name, use, where, around), secret, reach(word, use, where, around)]);
  }
  const known: Meaning = directory === '' ? NOTHING : around.useWord(`${directory}_`, use, where, around);
  return joinMeanings([known, anywhere(use), secret, foundAt('opaque', where)]);
}

/** Whether it fits the name of a secret, or all that lies in a place that holds some. */
function mayHoldSecrets(word: string, directory: string, { scene }: AroundMarked): boolean {
  if (fitsSecretName(word)) return true;
  const isAll = word.includes(BELOW) && isWholePattern(word.slice(directory.length));
  return isAll && directory !== '' && coversEverything(lexicalPath(directory, scene), scene);
}

/** What is done to whatever is found below everything has no end. */
function reach(word: string, use: PathUse, where: string, { scene }: AroundMarked): Meaning {
  const changes = use !== 'read' && use !== 'list' && use !== 'make';
  const place = beforeMarks(word);
  return changes && word === `${place}${BELOW}` && coversEverything(lexicalPath(place, scene), scene)
    ? foundAt('unbounded_change', where)
    : NOTHING;
}

/** Everything in a directory is the directory; what is named by a part of its name is something in it. */
function isWholePattern(text: string): boolean {
  return (
    isMarked(text) &&
    /^[*?.[\]!^\w/-]*$/.test(withoutMarks(text)) &&
    !/[A-Za-z0-9]{2}/.test(withoutMarks(text))
  );
}

/** What is done somewhere, nobody knows where. */
function anywhere(use: PathUse): Meaning {
  const effects = EFFECTS[use];
  const reversibility = LOSING.has(use) ? 'irreversible' : 'unknown';
  return {
    ...NOTHING,
    effects,
    reversibility: use === 'read' || use === 'list' ? 'nothing_to_undo' : reversibility,
  };
}

const LOSING: ReadonlySet<PathUse> = new Set<PathUse>(['lose', 'tree', 'discard', 'clear']);

const EFFECTS: Readonly<Record<PathUse, readonly Effect[]>> = {
  // That it may be a secret is no reason to say that it is one: what cannot be known is found as opaque.
  read: ['READ_REPO', 'READ_CONFIG'],
  list: ['READ_REPO', 'READ_CONFIG'],
  make: ['WRITE_PATCH', 'WRITE_OUTSIDE'],
  write: ['WRITE_PATCH', 'WRITE_OUTSIDE', 'PERSIST'],
  alter: ['WRITE_PATCH', 'WRITE_OUTSIDE', 'PERSIST'],
  move: ['WRITE_PATCH', 'DELETE', 'WRITE_OUTSIDE'],
  lose: ['DELETE', 'WRITE_OUTSIDE'],
  tree: ['DELETE', 'WRITE_OUTSIDE'],
  discard: ['WRITE_PATCH', 'DELETE'],
  clear: ['DELETE', 'WRITE_OUTSIDE'],
};

/** Of a URL whose host is known, the rest says nothing about where it goes. */
function useMarkedUrl(word: string, where: string, around: AroundMarked): Meaning {
  const known = beforeMarks(word);
  return /^https?:\/\/[^/?#]+[/?#]/.test(known)
    ? around.useWord(known, 'url', where, around)
    : around.useWord('', 'unknown', where, around);
}
