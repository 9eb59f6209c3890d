import process from 'node:process';
import type { HookPlaces } from './places.ts';

/** A word that every shell reads as it stands. */
export function quoteWord(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** What a host runs in the place of a command: `writ exec ID`, by absolute paths. */
export function execLine({ exec }: Pick<HookPlaces, 'exec'>, id: string): string {
  return `${quoteWord(process.execPath)} ${quoteWord(exec)} ${id}`;
}
