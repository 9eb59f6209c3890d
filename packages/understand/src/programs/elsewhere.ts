import { type Meaning, NOTHING } from '../meaning/meaning.ts';
import { RISK_DESTROYS } from './program.ts';

/** A scheme and a host, or a name before a colon. What has a slash before the colon is a path here. */
const ELSEWHERE = /^(?:[a-z0-9+.-]+:\/\/(?:[^/@\s]*@)?([^/:\s]+)|(?:[^/:@\s]+@)?([^/:@\s]+):)/;

/** The host, or the name by which a program knows one, before a path there; null for one here. */
export function hostElsewhere(word: string): string | null {
  const found = ELSEWHERE.exec(word);
  return found?.[1] ?? found?.[2] ?? null;
}

/** Methods of HTTP that only ask. */
const ASKING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a request does there by its method alone. */
export function meaningOfMethod(method: string): Meaning {
  if (ASKING.has(method)) return NOTHING;
  if (method !== 'DELETE') return { ...NOTHING, effects: ['UPLOAD'] };
  return {
    ...NOTHING,
    effects: ['DELETE', 'UPLOAD'],
    reversibility: 'irreversible',
    risk_min: RISK_DESTROYS,
  };
}

/** What names a file in text that is sent: a sign in the first place, or behind the name of a field. */
const FILE_SIGN = /^(?:[^=]*=)?[@<](.+)$/s;

/** The names that a text to be sent may give of a file whose content is sent instead. */
export function filesSent(text: string): readonly string[] {
  const file = FILE_SIGN.exec(text)?.[1];
  // Behind a semicolon its type may stand, or the name goes on.
  return file === undefined ? [] : [...new Set([file, file.split(/[;,]/)[0] ?? file])];
}
