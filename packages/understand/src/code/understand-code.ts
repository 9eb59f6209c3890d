import { foundAt, joinMeanings, type Meaning } from '../meaning/meaning.ts';
import type { Start } from '../programs/gathering.ts';

/** What code of another language does, as far as its words show it. */
export function understandCode(_executable: string, _text: string, start: Start): Meaning {
  return joinMeanings([start.whole, { ...foundAt('opaque', ''), effects: ['EXECUTE_CODE'] }]);
}
