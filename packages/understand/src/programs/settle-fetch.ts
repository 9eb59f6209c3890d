import { type Effect, EGRESS_EFFECTS, type FindingCode } from '@writ/contract';
import type { Meaning } from '../meaning/meaning.ts';
import { isMarked } from '../shell/marks.ts';

/** With one of these beside it, more may go out than the request. */
const SENDS: ReadonlySet<Effect> = new Set<Effect>([...EGRESS_EFFECTS, 'EXECUTE_CODE', 'LISTEN']);
/** Found in a request that carries nothing out but what it asks for. */
const OF_ASKING: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'lexical_only',
  'leaves_workspace',
  'changed_code',
]);

/**
 * What only fetches is a `DOWNLOAD` and no `NETWORK_CALL`: it carries nothing out but its address, whose
 * words all stand there.
 */
export function settleFetch(meaning: Meaning, words: readonly string[]): Meaning {
  const { effects, findings } = meaning;
  if (!effects.includes('DOWNLOAD') || !effects.includes('NETWORK_CALL')) return meaning;
  if (words.some(isMarked) || findings.some(({ code }) => !OF_ASKING.has(code))) return meaning;
  const others = effects.filter((effect) => effect !== 'NETWORK_CALL');
  return others.some((effect) => SENDS.has(effect)) ? meaning : { ...meaning, effects: others };
}
