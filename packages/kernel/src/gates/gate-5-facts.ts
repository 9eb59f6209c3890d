import type { Reason } from '@writ/contract';
import { printJson } from '@writ/proof';
import { type Gate, notEvaluated, reason } from './gate.ts';

/** Gate 5: does what the action claims contradict a known fact? An unknown fact contradicts nothing. */
export const factsGate: Gate = {
  number: 5,
  name: 'facts',
  judge({ judged, recall, library }) {
    if (judged.claims.length === 0) return notEvaluated('no_claims');
    const reasons: Reason[] = [];
    for (const claim of judged.claims) {
      const fact = recall.read('fact', library.hash(`writ/fact/v1\n${claim.fact}`));
      if (fact === null) continue;
      const claimed = library.hash(`writ/fact-value/v1\n${printJson(claim.value)}`);
      if (fact.value !== claimed) reasons.push(reason(5, 'BLOCK', 'FACT_CONFLICT'));
    }
    return { kind: 'evaluated', reasons };
  },
};
