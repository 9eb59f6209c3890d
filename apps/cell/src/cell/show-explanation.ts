import type { Answer, Verdict } from '@writ/contract';
import {
  API_LIMITS,
  codeOf,
  type Explained,
  textOf,
  toWireReason,
  type View,
  type WireRuleTrial,
} from '@writ/contract/api';
import type { Explanation } from '@writ/kernel';

type Recorded = NonNullable<Explained['recorded']>;
type Trial = Explanation['rules'][number];

/**
 * An explanation as the wire says it. INVARIANT: in the agent's view there are no rules, no approvers and no
 * threshold, nor the number that is compared with one.
 */
export function showExplanation(
  { answer, understanding, outside, rules }: Explanation,
  view: View,
  recorded: Recorded | null,
): Explained {
  const code = codeOf(answer);
  const isJudged = answer.kind === 'judged';
  return {
    recorded,
    verdict: verdictOf(answer),
    code,
    text: textOf(code, view),
    outlook: outlookOf(answer),
    gates: (isJudged ? answer.gates : []).map(({ gate, name, not_evaluated, reasons }) => ({
      gate,
      name,
      not_evaluated,
      reasons: reasons.map((reason) => toWireReason(reason, view)),
    })),
    obligations: isJudged ? [...answer.obligations] : [],
    understanding: understanding === null ? null : showUnderstanding(understanding, outside, view),
    ...(view === 'agent' ? {} : showRules(rules)),
  };
}

/** What was refused before it was judged permits nothing. */
function verdictOf(answer: Answer): Verdict {
  return answer.kind === 'judged' ? answer.verdict : 'BLOCK';
}

/** Evidence is the agent's to bring, before a person is woken. */
function outlookOf(answer: Answer): Explained['outlook'] {
  if (answer.kind !== 'judged') return 'final';
  const wantsEvidence = answer.reasons.some(({ verdict }) => verdict === 'NEED_EVIDENCE');
  switch (answer.verdict) {
    case 'ALLOW':
      return 'allowed';
    case 'NEED_EVIDENCE':
      return 'fillable';
    case 'ESCALATE':
      return wantsEvidence ? 'fillable' : 'liftable';
    case 'BLOCK':
      return 'final';
    default:
      return answer.verdict satisfies never;
  }
}

function showUnderstanding(
  { effects, resources, findings, reversibility, risk }: NonNullable<Explanation['understanding']>,
  outside: Explanation['outside'],
  view: View,
): Explained['understanding'] {
  return {
    effects: [...effects],
    outside: [...outside],
    resources: resources.map((one) => ({ ...one })),
    findings: findings.map((one) => ({ ...one })),
    reversibility,
    ...(view === 'agent' ? {} : { risk }),
  };
}

/** In file order. Where there are too many, those that did not match are left out. */
function showRules(trials: readonly Trial[]): Pick<Explained, 'rules' | 'rules_left_out'> {
  const matters = ({ outcome }: Trial): boolean => outcome === 'matched' || outcome === 'failed';
  let room = Math.max(0, API_LIMITS.explained_rules_max - trials.filter(matters).length);
  const shown = trials.filter((trial) => {
    if (matters(trial)) return true;
    room -= 1;
    return room >= 0;
  });
  const rules = shown.slice(0, API_LIMITS.explained_rules_max).map(showRule);
  return { rules, rules_left_out: trials.length - rules.length };
}

function showRule({ rule, outcome, fault }: Trial): WireRuleTrial {
  const { id, mode, verdict, code, effects, when, obligations, reason } = rule;
  return {
    rule: id,
    mode,
    outcome,
    fault,
    verdict,
    code,
    class: rule.class,
    effects: effects === undefined ? null : copyOf(effects),
    when: when ?? null,
    obligations: [...(obligations ?? [])],
    reason: reason ?? null,
  };
}

function copyOf({ any, all, none }: NonNullable<Trial['rule']['effects']>): WireRuleTrial['effects'] {
  return {
    ...(any === undefined ? {} : { any: [...any] }),
    ...(all === undefined ? {} : { all: [...all] }),
    ...(none === undefined ? {} : { none: [...none] }),
  };
}
