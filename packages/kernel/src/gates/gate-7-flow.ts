import type { Effect, Reason, Verdict } from '@writ/contract';
import { SESSION_EFFECT_WINDOW_MS } from '../state/limits.ts';
import { type Gate, reason } from './gate.ts';

type Combination = { readonly effects: readonly [Effect, Effect]; readonly verdict: Verdict };

/**
 * Pairs of effects that are harmless apart: what was kept secret, and a way out. Data: one line a pair, and
 * the strictest that is new counts. What else should ask together, a policy says (policies/baseline.yaml).
 */
export const COMBINATIONS: readonly Combination[] = [
  { effects: ['READ_SECRETS', 'NETWORK_CALL'], verdict: 'BLOCK' },
  { effects: ['READ_SECRETS', 'SEND_NOTIFICATION'], verdict: 'BLOCK' },
  { effects: ['READ_SECRETS', 'UPLOAD'], verdict: 'BLOCK' },
  { effects: ['READ_SECRETS', 'CREATE_PR'], verdict: 'BLOCK' },
  { effects: ['READ_SECRETS', 'PUBLISH'], verdict: 'BLOCK' },
  { effects: ['READ_SECRETS', 'DOWNLOAD'], verdict: 'ESCALATE' },
  { effects: ['READ_SECRETS', 'EXECUTE_CODE'], verdict: 'ESCALATE' },
];

/** Gate 7: toxic combinations with what this root did lately, and tainted values at a sink. */
export const flowGate: Gate = {
  number: 7,
  name: 'flow',
  judge({ context, judged, recall }) {
    const reasons: Reason[] = [];
    const { effects, findings } = judged.understanding;
    const before = recall.read('activity', context.root).effects;
    const since = context.now_ms - SESSION_EFFECT_WINDOW_MS;
    const recent = (effect: Effect): boolean => (before[effect] ?? Number.NEGATIVE_INFINITY) >= since;
    for (const {
      effects: [first, second],
      verdict,
    } of COMBINATIONS) {
      const now = effects.includes(first) || effects.includes(second);
      const complete =
        (effects.includes(first) || recent(first)) && (effects.includes(second) || recent(second));
      // Every time something could leave or take effect; on the other side only when it is new.
      const asks = effects.includes(second) || !(recent(first) && recent(second));
      if (now && complete && asks) {
        // What one action does with a secret it reads is known from its flow; afterwards nobody knows.
        const settled = effects.includes(second) && recent(first) ? verdict : 'ESCALATE';
        // Named, so that an approval of one pair never lifts another.
        const found = { ...reason(7, settled, 'TOXIC_COMBINATION'), rule: `${first}+${second}` };
        reasons.push(settled === 'BLOCK' ? { ...found, class: 'final', lift: null } : found);
      }
    }
    if (findings.some((finding) => finding.code === 'secret_leaves')) {
      reasons.push({ ...reason(7, 'BLOCK', 'TAINTED_FLOW'), class: 'final', lift: null });
    }
    if (findings.some((finding) => finding.code === 'tainted_sink')) {
      reasons.push(reason(7, 'ESCALATE', 'TAINTED_FLOW'));
    }
    return { kind: 'evaluated', reasons };
  },
};
