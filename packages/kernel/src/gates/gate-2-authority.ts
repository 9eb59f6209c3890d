import type { Code, Reason } from '@writ/contract';
import { endingOf } from '../identity/ending.ts';
import { effectsOutside } from '../judge/may-have.ts';
import type { RecallValues } from '../recall/recall.ts';
import { type Gate, reason, refuse } from './gate.ts';

/** Gate 2: may this credential propose, and are the effects within its profile and the tool's? */
export const authorityGate: Gate = {
  number: 2,
  name: 'authority',
  judge({ context, judged, recall }) {
    const principal = recall.read('principal', context.by);
    if (principal === null) return refuse(2, 'INSUFFICIENT_AUTHORITY');
    const { definition } = principal;
    // What was delegated ends with the one who delegated it.
    const root = context.root === context.by ? principal : recall.read('principal', context.root);
    const ended = endOf(principal, context.now_ms) ?? endOf(root, context.now_ms);
    if (ended !== null) return refuse(2, ended);
    if (!definition.scopes.includes('propose')) return refuse(2, 'INSUFFICIENT_AUTHORITY');
    const reasons: Reason[] = [];
    const { effects, risk } = judged.understanding;
    const declared = recall.read('tool', context.tool)?.effects ?? [];
    // No action does nothing: what was understood to have no effect was not understood.
    if (effects.length === 0) reasons.push(reason(2, 'BLOCK', 'OPAQUE'));
    if (effectsOutside(judged, definition.effects, declared).length > 0)
      reasons.push(reason(2, 'BLOCK', 'EFFECT_OUT_OF_SCOPE'));
    // What is no number is not a small one.
    const within = Number.isSafeInteger(risk) && risk <= definition.risk_cap;
    if (!within) reasons.push(reason(2, 'ESCALATE', 'RISK_OVER_CAP'));
    return { kind: 'evaluated', reasons };
  },
};

function endOf(principal: RecallValues['principal'], now_ms: number): Code | null {
  return principal === null ? 'INSUFFICIENT_AUTHORITY' : endingOf(principal, now_ms);
}
