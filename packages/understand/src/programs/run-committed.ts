import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { isInWorkspace, isObserved, isWithin, lexicalPath } from '../paths/lexical.ts';
import { restorable } from '../paths/restorable.ts';
import type { State } from '../shell/state.ts';
import { type Gathering, note } from './gathering.ts';

/**
 * A file that runs. One of the workspace that is exactly what its newest commit holds is its code, like its
 * tests; of any other of the workspace nobody has read what it does, and of one elsewhere nobody can know.
 */
export function scriptMeaning(name: string, { places }: State, gathering: Gathering): Meaning {
  const { scene } = gathering.start;
  const path = lexicalPath(name, scene);
  const own = places.length === 1 && places[0] === '' && isInWorkspace(path, scene);
  if (!own || restorable(path, 'write', scene) !== 'reversible') return unreadScript(path, own, gathering);
  gathering.scripts.push(path);
  return {
    ...NOTHING,
    effects: ['READ_REPO', 'RUN_WORKSPACE_CODE'],
    resources: [{ kind: 'path', name: path }],
    reversibility: 'reversible',
  };
}

function unreadScript(path: string, own: boolean, { start }: Gathering): Meaning {
  const meaning: Meaning = {
    ...NOTHING,
    effects: own ? ['EXECUTE_CODE', 'RUN_WORKSPACE_CODE'] : ['EXECUTE_CODE'],
    resources: [{ kind: 'path', name: path }],
    reversibility: 'unknown',
  };
  const changed = own && isObserved(path, start.scene) ? foundAt('changed_code', '') : NOTHING;
  return joinMeanings([meaning, start.whole, foundAt(own ? 'unfamiliar' : 'opaque', ''), changed]);
}

/** Programs that change something and no file: whatever runs later is what it was. */
const MAKES_ONLY: ReadonlySet<string> = new Set(['mkdir']);

/** Keeps in mind that a program may have changed any file, as far as its row says. */
export function noteChanges(gathering: Gathering, executable: string, { effects }: Meaning): void {
  const changes = effects.includes('WRITE_PATCH') || effects.includes('DELETE');
  if (changes && !MAKES_ONLY.has(executable)) gathering.changed.push('/');
}

/** A committed script is none any more where the same text changes it, before or while it runs. */
export function settleScripts(gathering: Gathering): void {
  const { changed, scripts } = gathering;
  for (const path of new Set(scripts))
    if (changed.some((place) => isWithin(path, place))) note(gathering, unreadScript(path, true, gathering));
}
