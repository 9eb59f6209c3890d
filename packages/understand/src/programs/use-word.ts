import type { Effect, FindingCode, Resource, Scene } from '@writ/contract';
import { hostOf } from '../arguments/host.ts';
import { UNDERSTAND_LIMITS } from '../limits.ts';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { coversEverything } from '../paths/covers-everything.ts';
import { kernelPlace } from '../paths/kernel-places.ts';
import { isBuildingPlace, isLastingPlace } from '../paths/lasting-places.ts';
import { isInWorkspace, isObserved, leavesWorkspace, lexicalPath } from '../paths/lexical.ts';
import { isDevice, isGrave, isScratch } from '../paths/places.ts';
import { isSpare, restorable, restorableRepository } from '../paths/restorable.ts';
import { holdsSecrets } from '../paths/secret-places.ts';
import { seeksSecret } from '../paths/seeks-secret.ts';
import { liesAbove } from '../paths/self-protect.ts';
import { isMarked } from '../shell/marks.ts';
import { understandStatements } from '../statements/understand-statements.ts';
import { classOfHost } from '../urls/host-class.ts';
import { readUrl } from '../urls/read-url.ts';
import { filesSent, hostElsewhere, meaningOfMethod } from './elsewhere.ts';
import { isPathHere, isSafeSetting, repositoryHost, understandRefspec } from './git-words.ts';
import { RISK_DESTROYS, RISK_DESTROYS_TREE, RISK_GRAVE, type Use } from './program.ts';
import type { Words } from './read-words.ts';
import { editsOnly } from './stream-edits.ts';
import { useMarkedWord } from './use-marked-word.ts';

export type AroundPath = { readonly scene: Scene | null; readonly protected: readonly string[] };

/** What a program runs by one of its words, or by its input. */
export type Nested = {
  readonly use: 'command' | 'shell' | 'line' | 'script' | 'code';
  /**
   * Of a command its words; else the text or the file, and what it gets as its own words. None: its input.
   */
  readonly words: readonly string[];
  readonly where: string;
  readonly given: Words;
};

export type Around = AroundPath & {
  readonly run: (nested: Nested) => Meaning;
  /** All that the tool may do: what runs unread code, or is not understood, may do it. */
  readonly whole: Meaning;
  /** Whether a name is that of a pipe from a command of the same text, which has been read already. */
  readonly isPipe?: (name: string) => boolean;
};

/** What it means that a program uses a word so. */
export function useWord(word: string, use: Use, where: string, around: Around): Meaning {
  return isMarked(word)
    ? useMarkedWord(word, use, where, { ...around, useWord: useLiteral })
    : useLiteral(word, use, where, around);
}

function useLiteral(word: string, use: Use, where: string, around: Around): Meaning {
  switch (use) {
    case 'text':
      return NOTHING;
    case 'sought':
      return seeksSecret(word) ? { ...NOTHING, effects: ['READ_SECRETS'] } : NOTHING;
    case 'read':
      return word === '-' || around.isPipe?.(word) === true ? NOTHING : usePath(word, use, where, around);
    case 'list':
    case 'make':
    case 'write':
    case 'alter':
    case 'move':
    case 'lose':
    case 'tree':
      return usePath(word, use, where, around);
    case 'clear':
      return joinMeanings([usePath(word, 'list', where, around), usePath(word, 'tree', where, around)]);
    case 'object':
      return useObject(word, where, around);
    case 'discard':
      return joinMeanings([usePath(word, 'list', where, around), discarded(word, around)]);
    case 'committish':
      return isPathHere(word, around.scene) ? useWord(word, 'discard', where, around) : NOTHING;
    case 'repository':
      return useRepository(word, where, around);
    case 'inside':
      return useInside(word, where, around);
    case 'place':
      return usePlace(word, where, around);
    case 'unknown':
      return joinMeanings([around.whole, foundAt('opaque', where)]);
    default:
      return useValue(word, use, where, around);
  }
}

type PlaceUse = PathUse | 'text' | 'sought' | 'clear' | 'object' | 'discard' | 'committish' | 'repository';
type ValueUse = Exclude<Use, PlaceUse | 'inside' | 'place' | 'unknown'>;

/** A word that names no file by itself. */
function useValue(word: string, use: ValueUse, where: string, around: Around): Meaning {
  switch (use) {
    case 'url':
      return useAddress(word, where, around);
    case 'send':
      return useSent(word, where, around);
    case 'cookie':
      return useSent(word.includes('=') ? word : `@${word}`, where, around);
    case 'package':
    case 'branch':
    case 'service':
    case 'process':
    case 'image':
    case 'recipient':
      return nameOf(use, word);
    case 'setting':
      return isSafeSetting(word) ? NOTHING : useRunning(where, around);
    case 'refspec':
      return understandRefspec(word, where);
    case 'sql':
      return understandStatements(word, where, around.whole);
    case 'edits':
      return editsOnly(word) ? NOTHING : useWord('', 'unknown', where, around);
    case 'suffix':
      return word.includes('/') ? useWord('', 'unknown', where, around) : NOTHING;
    case 'template':
      return /^@|%output\{/.test(word) ? useWord('', 'unknown', where, around) : NOTHING;
    case 'host':
      return useHost(word.slice(word.lastIndexOf('@') + 1), where);
    case 'secret':
      return foundAt('secret_in_arguments', where);
    case 'remote':
    case 'destination':
      return useElsewhere(word, use, where, around);
    case 'method':
      return meaningOfMethod(word);
    case 'command':
    case 'shell':
    case 'line':
    case 'script':
    case 'code':
    case 'program':
      return useRunning(where, around);
    default:
      return use satisfies never;
  }
}

function useAddress(word: string, where: string, around: Around): Meaning {
  const url = useUrl(word, where);
  // What is no such URL may name a file of this host, or what a program makes of it.
  return hostOf(word) === null ? joinMeanings([useWord(word, 'unknown', where, around), url]) : url;
}

function useObject(word: string, where: string, around: Around): Meaning {
  // A path that says itself how it is to be read.
  if (word.startsWith(':(')) return useWord(word, 'unknown', where, around);
  return usePath(word.slice(word.lastIndexOf(':') + 1), 'read', where, around);
}

function useElsewhere(word: string, use: 'remote' | 'destination', where: string, around: Around): Meaning {
  const goes = use === 'destination';
  const host = hostElsewhere(word);
  return host === null
    ? usePath(word, goes ? 'write' : 'read', where, around)
    : joinMeanings([
        nameOf('host', host),
        { ...NOTHING, effects: ['NETWORK_CALL', goes ? 'UPLOAD' : 'DOWNLOAD'] },
      ]);
}

/** Something that nobody here has read runs. */
function useRunning(where: string, { whole }: Around): Meaning {
  return joinMeanings([whole, { ...foundAt('opaque', where), effects: ['EXECUTE_CODE'] }]);
}

/** What may name something beyond the workspace. */
const BEYOND = /^[/~]|(?:^|[/=])\.\.(?:\/|$)|:\/\/|=[/~]/;

/** Who says of it what it is for, may mean that it is written. */
function useInside(word: string, where: string, around: Around): Meaning {
  // Its input, which may be a text of anybody's.
  if (word === '-') return useWord('', 'unknown', where, around);
  if (BEYOND.test(word)) return usePlace(word, where, around);
  const name = word.slice(word.lastIndexOf('=') + 1);
  return isLastingPlace(lexicalPath(name, around.scene)) ? { ...NOTHING, effects: ['PERSIST'] } : NOTHING;
}

/** What lies elsewhere is set up by others, and may say what runs. */
function usePlace(word: string, where: string, around: Around): Meaning {
  const there = usePath(word, 'list', where, around);
  return isInWorkspace(lexicalPath(word, around.scene), around.scene)
    ? there
    : joinMeanings([there, foundAt('leaves_workspace', where), useWord(word, 'program', where, around)]);
}

/** Changes that nobody committed. */
const DISCARDED: Meaning = {
  ...NOTHING,
  effects: ['WRITE_PATCH', 'DELETE'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
};

/** What git gives up there is content of files that it knows, and of its own index. */
function discarded(word: string, { scene }: Around): Meaning {
  const path = lexicalPath(word, scene);
  const restored = restorableRepository(scene) ?? restorable(path, 'lose', scene);
  return restored === null ? DISCARDED : { ...DISCARDED, reversibility: restored, risk_min: 0 };
}

function useRepository(word: string, where: string, around: Around): Meaning {
  const host = repositoryHost(word);
  if (host !== null) return touch('host', host, where);
  // A name that the repository itself knows.
  if (/^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(word)) return NOTHING;
  return word.includes(':') ? useWord(word, 'program', where, around) : usePath(word, 'read', where, around);
}

function useHost(host: string, where: string): Meaning {
  const named = nameOf('host', host);
  return classOfHost(host) === 'metadata' ? joinMeanings([named, foundAt('metadata_address', where)]) : named;
}

function nameOf(kind: Resource['kind'], name: string): Meaning {
  return name === '' ? NOTHING : { ...NOTHING, resources: [{ kind, name }] };
}

export type PathUse = 'read' | 'list' | 'make' | 'write' | 'alter' | 'move' | 'lose' | 'tree';

export function usePath(word: string, use: PathUse, where: string, around: AroundPath): Meaning {
  const path = lexicalPath(word, around.scene);
  const lasting = use !== 'read' && use !== 'list' && isLastingPlace(path);
  const meaning: Meaning = {
    ...touch('path', word === '' ? '' : path, where),
    effects: [
      ...effectsOf(use, path, around.scene),
      ...(lasting ? (['PERSIST'] as const) : []),
      ...effectsThere(use, path, around.scene),
    ],
    ...lossOf(word, path, use, around.scene),
  };
  const found = isObserved(path, around.scene) ? [] : [foundAt('lexical_only', where)];
  const loses = use === 'lose' || use === 'tree' || use === 'move' || (use === 'write' && isDevice(path));
  if (loses && coversEverything(path, around.scene)) found.push(foundAt('destroys_everything', where));
  if (CHANGES_CONTENT.has(use) && isBuildingPlace(path)) found.push(foundAt('changed_code', where));
  if (kernelPlace(path).opaque) found.push(foundAt('opaque', where));
  // Without a scene nobody said where the workspace is.
  if (around.scene !== null && leavesWorkspace(path, around.scene)) {
    found.push(foundAt('leaves_workspace', where));
  }
  if (REACHES_BELOW.has(use) && liesAbove(path, around.protected)) found.push(foundAt('self_protect', where));
  return joinMeanings([meaning, ...found]);
}

/** What the place adds to what is done there. */
function effectsThere(use: PathUse, path: string, scene: Scene | null): readonly Effect[] {
  const place = kernelPlace(path);
  if (use === 'list') return [];
  if (use === 'read') return place.read;
  const outside = scene !== null && leavesWorkspace(path, scene);
  return outside ? [...place.write, 'WRITE_OUTSIDE'] : place.write;
}

/** What cannot be had back, and how much that weighs. What lies in a temporary place is nobody's loss. */
function lossOf(
  word: string,
  path: string,
  use: PathUse,
  scene: Scene | null,
): Pick<Meaning, 'reversibility' | 'risk_min'> {
  const loses = use === 'lose' || use === 'tree';
  const destroys = loses || (use === 'write' && isDevice(path));
  const restored = restorable(path, use, scene);
  // Writing into everything, a copy into `.` say, loses nothing by itself.
  if ((destroys || use === 'move') && (isGrave(path, scene) || isGrave(word, null))) {
    return {
      reversibility: restored ?? (destroys ? 'irreversible' : REVERSIBILITY[use]),
      risk_min: RISK_GRAVE,
    };
  }
  if (restored !== null) return { reversibility: restored, risk_min: 0 };
  if (destroys && isScratch(path, scene)) return { reversibility: 'reversible', risk_min: 0 };
  if (CHANGES_CONTENT.has(use) && isSpare(path, scene)) return { reversibility: 'reversible', risk_min: 0 };
  if (!destroys) return { reversibility: REVERSIBILITY[use], risk_min: 0 };
  return { reversibility: 'irreversible', risk_min: use === 'tree' ? RISK_DESTROYS_TREE : RISK_DESTROYS };
}

const CHANGES_CONTENT: ReadonlySet<PathUse> = new Set<PathUse>(['write', 'alter', 'move']);

/** What is done to a directory so is done to all in it, or may be. */
const REACHES_BELOW: ReadonlySet<PathUse> = new Set<PathUse>(['read', 'alter', 'move', 'lose', 'tree']);

const REVERSIBILITY = {
  read: 'nothing_to_undo',
  list: 'nothing_to_undo',
  make: 'reversible',
  write: 'unknown',
  alter: 'unknown',
  move: 'unknown',
  lose: 'irreversible',
  tree: 'irreversible',
} as const;

function effectsOf(use: PathUse, path: string, scene: Scene | null): readonly Effect[] {
  switch (use) {
    case 'read': {
      const seen: Effect = isInWorkspace(path, scene) ? 'READ_REPO' : 'READ_CONFIG';
      // A whole home, or everything, holds secrets too.
      const wide = seen === 'READ_CONFIG' && coversEverything(path, scene);
      return holdsSecrets(path) || wide ? [seen, 'READ_SECRETS'] : [seen];
    }
    case 'list':
      return [isInWorkspace(path, scene) ? 'READ_REPO' : 'READ_CONFIG'];
    case 'make':
    case 'write':
    case 'alter':
      return ['WRITE_PATCH'];
    case 'move':
      return ['WRITE_PATCH', 'DELETE'];
    case 'lose':
    case 'tree':
      return ['DELETE'];
    default:
      return use satisfies never;
  }
}

/** A host, where the URL has exactly one reading, and what any reading of it says. */
export function useUrl(word: string, where: string): Meaning {
  const url = readUrl(word);
  const findings: readonly FindingCode[] = url?.findings ?? ['opaque'];
  const found = findings.map((code) => foundAt(code, where));
  const host = url?.host ?? null;
  return joinMeanings(host === null ? found : [touch('host', host, where), ...found]);
}

function useSent(word: string, where: string, around: Around): Meaning {
  const read = filesSent(word).map((reading) => usePath(reading, 'read', where, around));
  return read.length === 0 ? NOTHING : joinMeanings([{ ...NOTHING, effects: ['UPLOAD'] }, ...read]);
}

/** A name that cannot stand in an understanding leaves a hole in it. */
export function touch(kind: Resource['kind'], name: string, where: string): Meaning {
  if (name === '' || name.length > UNDERSTAND_LIMITS.name_units_max) return foundAt('opaque', where);
  return { ...NOTHING, resources: [{ kind, name }] };
}
