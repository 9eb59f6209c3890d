import { printJson } from '@writ/proof';
import type { RuleVerdict } from '../decide/rule-verdict.ts';
import type { Verdict } from '../decide/verdict.ts';
import { decidingRule } from '../rules/canonical.ts';
import type { Rule } from '../rules/policy.ts';
import { covers } from './relations.ts';

/** Which way a change goes. `unknown` may be either, or one for some actions and the other for others. */
export type Direction = 'same' | 'tightens' | 'loosens' | 'unknown';

const RANK: Readonly<Record<Verdict, number>> = { ALLOW: 0, NEED_EVIDENCE: 1, ESCALATE: 2, BLOCK: 3 };

/** Of many changes: one that loosens is not made good by others. */
export function joinDirections(directions: readonly Direction[]): Direction {
  for (const direction of ['loosens', 'unknown', 'tightens'] as const) {
    if (directions.includes(direction)) return direction;
  }
  return 'same';
}

function turned(direction: Direction): Direction {
  if (direction === 'tightens') return 'loosens';
  return direction === 'loosens' ? 'tightens' : direction;
}

export function directionOfAdding({ mode, obligations, verdict }: Rule): Direction {
  if (mode === 'shadow') return 'same';
  if (verdict !== 'ALLOW') return 'tightens';
  // It allows more, and asks more of what others allow.
  return obligations === undefined ? 'loosens' : 'unknown';
}

/**
 * With a rule its errors go, each of which is a BLOCK: one that allows and can fail may have kept something
 * back.
 */
export function directionOfRemoving(rule: Rule): Direction {
  const fails = rule.verdict === 'ALLOW' && rule.when !== undefined && rule.mode !== 'shadow';
  return fails ? 'unknown' : turned(directionOfAdding(rule));
}

export function directionOfChange(before: Rule, after: Rule): Direction {
  if (before.mode === 'shadow' && after.mode === 'shadow') return 'same';
  if (before.mode === 'shadow') return directionOfAdding(after);
  if (after.mode === 'shadow') return directionOfRemoving(before);
  if (deciding(before) === deciding(after)) return 'same';
  // Part by part, as long as all parts go one way.
  const parts = [directionOfMatch(before, after), ...directionsOfOutcome(before, after)].filter(
    (part) => part !== 'same',
  );
  const [first = 'unknown'] = parts;
  return parts.every((part) => part === first) ? first : 'unknown';
}

function deciding(rule: Rule): string {
  return printJson(decidingRule(rule));
}

function directionOfMatch(before: Rule, after: Rule): Direction {
  const wider = covers(after, before);
  const narrower = covers(before, after);
  if (wider && narrower) return 'same';
  if (!wider && !narrower) return 'unknown';
  // One that allows and now does otherwise, or the other way round, is both at once.
  if ((before.verdict === 'ALLOW') !== (after.verdict === 'ALLOW')) return 'unknown';
  return (after.verdict === 'ALLOW') === wider ? 'loosens' : 'tightens';
}

function directionsOfOutcome(before: Rule, after: Rule): readonly Direction[] {
  return [
    compareNumbers(RANK[before.verdict], RANK[after.verdict]),
    compareNumbers(
      before.class === 'final' ? 1 : 0,
      after.class === 'final' ? 1 : 0,
      before.verdict === after.verdict,
    ),
    compareNumbers(proofRank(before), proofRank(after)),
    compareNumbers(before.quorum ?? 1, after.quorum ?? 1),
    // A shorter deadline leaves less time to lift it.
    turned(compareNumbers(before.deadline_s ?? LONGEST_S, after.deadline_s ?? LONGEST_S)),
    compareSets(before.obligations ?? [], after.obligations ?? []),
    before.escalate_to === after.escalate_to && before.code === after.code ? 'same' : neutral(before, after),
  ];
}

const LONGEST_S = Number.MAX_SAFE_INTEGER;

/** Another addressee may be an easier one; another code alone changes nothing but words. */
function neutral(before: Rule, after: Rule): Direction {
  return before.escalate_to === after.escalate_to ? 'same' : 'unknown';
}

function proofRank({ needs }: Rule): number {
  return Number((needs ?? 'p1').slice(1));
}

function compareNumbers(before: number, after: number, counts = true): Direction {
  if (before === after || !counts) return 'same';
  return after > before ? 'tightens' : 'loosens';
}

function compareSets(before: readonly string[], after: readonly string[]): Direction {
  const isMore = before.every((one) => after.includes(one));
  const isLess = after.every((one) => before.includes(one));
  if (isMore && isLess) return 'same';
  if (isMore) return 'tightens';
  return isLess ? 'loosens' : 'unknown';
}

/** Of two verdicts on one action, with the obligations of what may run. */
export function compareVerdicts(
  before: Pick<RuleVerdict, 'verdict' | 'obligations'>,
  after: Pick<RuleVerdict, 'verdict' | 'obligations'>,
): Direction {
  const verdict = compareNumbers(RANK[before.verdict], RANK[after.verdict]);
  if (verdict !== 'same' || before.verdict === 'BLOCK') return verdict;
  return compareSets(before.obligations, after.obligations);
}
