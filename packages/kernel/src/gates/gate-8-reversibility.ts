import { READ_ONLY_EFFECTS } from '@writ/contract';
import { type Gate, PASSED, reason } from './gate.ts';

/** Gate 8: what cannot be undone, or is not known to be, needs a person. */
export const reversibilityGate: Gate = {
  number: 8,
  name: 'reversibility',
  judge({ judged }) {
    const { effects, reversibility } = judged.understanding;
    // Of what no effect is known, nothing says that it only reads.
    const reads = effects.length > 0 && effects.every((effect) => READ_ONLY_EFFECTS.has(effect));
    if (reads) return PASSED;
    switch (reversibility) {
      case 'nothing_to_undo':
      case 'reversible':
        return PASSED;
      case 'with_snapshot':
        // It can be undone only by whoever kept what was there before.
        return { ...PASSED, obligations: ['snapshot_first'] };
      case 'irreversible':
      case 'unknown':
        return { kind: 'evaluated', reasons: [reason(8, 'ESCALATE', 'IRREVERSIBLE')] };
      default:
        return reversibility satisfies never;
    }
  },
};
