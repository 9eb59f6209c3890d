import type { Reason } from '@writ/contract';
import { type Gate, reason } from './gate.ts';

/** Gate 4: what no policy may permit. */
export const absolutesGate: Gate = {
  number: 4,
  name: 'absolutes',
  judge({ judged }) {
    const reasons: Reason[] = [];
    for (const { code } of judged.understanding.findings) {
      if (code === 'self_protect') reasons.push(reason(4, 'BLOCK', 'SELF_PROTECT'));
      if (code === 'secret_into_model') reasons.push(reason(4, 'BLOCK', 'FORBIDDEN'));
    }
    return { kind: 'evaluated', reasons };
  },
};
