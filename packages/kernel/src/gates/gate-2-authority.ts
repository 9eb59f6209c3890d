import type { Reason } from '@writ/contract';
import { type Gate, reason, refuse } from './gate.ts';

/** Gate 2: may this credential propose, and are the effects within its profile and the tool's? */
export const authorityGate: Gate = {
  number: 2,
  name: 'authority',
  judge({ context, judged, recall }) {
    const principal = recall.read('principal', context.by);
    if (principal === null) return refuse(2, 'INSUFFICIENT_AUTHORITY');
    const { definition, disabled } = principal;
    if (disabled) return refuse(2, 'PRINCIPAL_DISABLED');
    if (definition.expires_at !== null && definition.expires_at <= context.now_ms) {
      return refuse(2, 'PRINCIPAL_EXPIRED');
    }
    if (!definition.scopes.includes('propose')) return refuse(2, 'INSUFFICIENT_AUTHORITY');
    const reasons: Reason[] = [];
    const { effects, risk } = judged.understanding;
    const declared = recall.read('tool', context.tool)?.effects ?? [];
    const outside = effects.some(
      (effect) => !definition.effects.includes(effect) || !declared.includes(effect),
    );
    if (outside) reasons.push(reason(2, 'BLOCK', 'EFFECT_OUT_OF_SCOPE'));
    // What is no number is not a small one.
    const within = Number.isSafeInteger(risk) && risk <= definition.risk_cap;
    if (!within) reasons.push(reason(2, 'ESCALATE', 'RISK_OVER_CAP'));
    return { kind: 'evaluated', reasons };
  },
};
