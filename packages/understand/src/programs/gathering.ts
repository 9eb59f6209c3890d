import type { Scene } from '@writ/contract';
import type { Meaning } from '../meaning/meaning.ts';
import { NOTHING } from '../meaning/meaning.ts';
import { lexicalPath } from '../paths/lexical.ts';
import type { Run, Spent, World } from '../shell/reading.ts';
import type { Place, State } from '../shell/state.ts';
import type { Word } from '../shell/word.ts';
import type { AroundPath, Nested } from './use-word.ts';

/** A program that a text runs, and the words that it gets. */
export type Traced = { readonly program: Word; readonly words: readonly Word[] };

export type Start = AroundPath & {
  /** All that the tool may do. */
  readonly whole: Meaning;
};

/** What is gathered while a text, and all texts in it, are walked through. */
export type Gathering = {
  readonly start: Start;
  /** Where all of it stands, or null where each word has a place of its own. */
  readonly where: string | null;
  readonly meanings: Meaning[];
  readonly traced: Traced[];
  readonly spent: Spent;
  readonly world: World;
  /** Committed scripts that run, by their paths. */
  readonly scripts: string[];
  /** What the text changes, by its path, or that of what holds it: `/` where nobody knows. */
  readonly changed: string[];
};

/** What one program runs. */
export type Nesting = {
  readonly gathering: Gathering;
  readonly executable: string;
  readonly nested: Nested;
  readonly run: Run;
};

/** `at` stands what a program itself means, before what it runs. */
export function note({ meanings, where }: Gathering, meaning: Meaning, at: number = meanings.length): void {
  if (meaning !== NOTHING) meanings.splice(at, 0, where === null ? meaning : placed(meaning, where));
}

function placed(meaning: Meaning, where: string): Meaning {
  const { findings } = meaning;
  return findings.every((finding) => finding.where === where)
    ? meaning
    : { ...meaning, findings: findings.map(({ code }) => ({ code, where })) };
}

/** By which name a file is known, wherever the shell stands. */
export function fileName(name: string, state: State, { scene }: Start): string {
  return lexicalPath(name, sceneAt(scene, state.places[0]));
}

/** The scene from another directory; one that nobody knows is none of the workspace's. */
export function sceneAt(scene: Scene | null, place: Place): Scene | null {
  if (place === '' || scene === null) return scene;
  if (place === null) return { ...scene, directory: '/?' };
  return { ...scene, directory: place.startsWith('/') ? place : `${scene.directory}/${place}` };
}
