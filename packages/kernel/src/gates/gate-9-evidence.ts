import { RISK_ONE } from '@writ/contract';
import { type Gate, notEvaluated, PASSED, reason } from './gate.ts';

/** Below this an agent's own confidence in a claim is no ground to act on: one half. */
const CONFIDENCE_MIN = RISK_ONE / 2;

/** Gate 9: are the claims that the action relies on certain enough? Evidence a rule asks for is gate 6's. */
export const evidenceGate: Gate = {
  number: 9,
  name: 'evidence',
  judge({ judged }) {
    if (judged.claims.length === 0) return notEvaluated('no_claims');
    const unsure = judged.claims.some(({ confidence }) => {
      return !Number.isSafeInteger(confidence) || confidence < CONFIDENCE_MIN;
    });
    return unsure ? { kind: 'evaluated', reasons: [reason(9, 'ESCALATE', 'LOW_CONFIDENCE')] } : PASSED;
  },
};
