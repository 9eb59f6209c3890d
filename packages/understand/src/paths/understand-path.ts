import type { Scene } from '@writ/contract';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { expandHome } from './home.ts';
import { leavesWorkspace, lexicalPath } from './lexical.ts';
import { namesIn } from './names.ts';
import { readingsOf } from './path-readings.ts';
import { isLastingPlace } from './lasting-places.ts';
import { holdsSecrets } from './secret-places.ts';
import { type AroundPath, type PathUse, usePath } from '../programs/use-word.ts';

/** `C:\` and `C:/`, which no path below a root of another system begins with. */
const DRIVE = /^[A-Za-z]:\//;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]{1,31}:\/\//;

/**
 * An argument that is a path: the file of exactly that name, and beside it what a next program may take the
 * name for. What leads out of the workspace by any reading never looks as if it were inside.
 */
export function understandPath(
  text: string,
  uses: readonly PathUse[],
  where: string,
  around: AroundPath,
): Meaning {
  if (text === '') return foundAt('opaque', where);
  const literal = expandHome(text, around.scene);
  const parts = uses.map((use) => usePath(literal ?? text, use, where, around));
  if (literal === null || text.includes('\0') || SCHEME.test(text)) parts.push(foundAt('opaque', where));
  const { texts, whole } = readingsOf(text);
  if (!whole) parts.push(foundAt('opaque', where), foundAt('encoded_path', where));
  // A file of that name says where a repository is, with its hooks and settings.
  if (uses.includes('alter') && namesIn(literal ?? text).at(-1) === '.git') {
    parts.push({ ...NOTHING, effects: ['PERSIST'] });
  }
  const plain = describe(literal ?? text, around.scene);
  for (const reading of texts) {
    const expanded = expandHome(reading, around.scene) ?? reading;
    if (!isWorse(describe(expanded, around.scene), plain, reading, text)) continue;
    parts.push(foundAt('encoded_path', where));
    // Effects and findings of that other place; its name is none that anybody gave.
    for (const use of uses) parts.push({ ...usePath(expanded, use, where, around), resources: [] });
  }
  return joinMeanings(parts);
}

type Place = { readonly leaves: boolean; readonly secret: boolean; readonly lasting: boolean };

function describe(path: string, scene: Scene | null): Place {
  const lexical = lexicalPath(path, scene);
  return {
    leaves: leavesWorkspace(lexical, scene) || DRIVE.test(path) || path.startsWith('//'),
    secret: holdsSecrets(lexical),
    lasting: isLastingPlace(lexical),
  };
}

/** Where a reading leads that the literal path does not, or goes up where that does not. */
function isWorse(reading: Place, plain: Place, text: string, literal: string): boolean {
  return (
    (reading.leaves && !plain.leaves) ||
    (reading.secret && !plain.secret) ||
    (reading.lasting && !plain.lasting) ||
    stepsUp(text) > stepsUp(literal)
  );
}

function stepsUp(path: string): number {
  return path.split('/').filter((name) => name === '..').length;
}

/** A pattern of files: only one that says itself that it begins elsewhere leads there. */
export function understandPattern(text: string, where: string, around: AroundPath): Meaning {
  const isElsewhere = /(?:^|\/)\.\.\//.test(text) || /^[~/][^*]*\*/.test(text);
  if (!isElsewhere) return NOTHING;
  return { ...understandPath(text.split('*')[0] ?? '', ['list'], where, around), resources: [] };
}
