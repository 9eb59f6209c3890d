import type { Condition } from '../condition/compile-condition.ts';
import { Fault, type FaultCode } from '../condition/fault.ts';
import type { Run } from '../condition/run.ts';
import { JUDGE_STEPS_MAX, REASONS_MAX, RULE_STEPS_MAX } from '../limits.ts';
import type { EffectFilter, Rule } from '../rules/policy.ts';
import { answerOf, type Opening, type Plan } from './plan.ts';
import type { RuleReason, RuleVerdict } from './rule-verdict.ts';
import { strictest, type Verdict } from './verdict.ts';
import type { JsonMap, View } from './view.ts';

/** A rule ready to run. */
export type Candidate = {
  readonly condition: Condition | undefined;
  /** Members of the rule that are read before it matches: the rule itself is then not looked at. */
  readonly effects: EffectFilter | undefined;
  readonly evidence: readonly string[] | undefined;
  readonly obligations: readonly string[] | undefined;
  readonly counts: boolean;
  readonly opening: Opening;
  readonly order: number;
  /** What it says when it matches: made once. */
  readonly reason: RuleReason;
  readonly rule: Rule;
};

/** The candidates of a view in file order, and what their conditions begin with. */
export type Selection = { readonly list: readonly Candidate[]; readonly plan: Plan };

/** What is no mapping, or cannot be read, is an error of every rule that looks at it: each is asked then. */
function plainArguments(view: View): JsonMap | undefined {
  try {
    const { args } = view;
    return typeof args === 'object' && args !== null && !Array.isArray(args) ? args : undefined;
  } catch {
    return undefined;
  }
}

const NO_RULE: RuleReason = Object.freeze({ rule: '', verdict: 'BLOCK', code: 'NO_RULE', class: 'final' });
const NONE: readonly never[] = Object.freeze([]);

/**
 * Every candidate is evaluated, none ends the judgment early, so neither the order of rules nor a match can
 * hide an error. Shadow rules have steps of their own and touch nothing that counts.
 */
export function judgeCandidates({ list, plan }: Selection, view: View): RuleVerdict {
  const enforcing: Run = { view, steps: 0, limit: 0, locals: [] };
  const shadowing: Run = { view, steps: 0, limit: 0, locals: [] };
  const reasons: RuleReason[] = [];
  const shadow: RuleReason[] = [];
  let verdict: Verdict = 'ALLOW';
  let allowed = false;
  let obligations: Set<string> | undefined;
  const args = plainArguments(view);
  for (let index = 0; index < list.length; index += 1) {
    const answer = args === undefined ? undefined : answerOf(plan, index, args, enforcing);
    if (answer === false) continue;
    const candidate = list[index];
    if (candidate === undefined) continue;
    const { counts } = candidate;
    const reason = ask(candidate, counts ? enforcing : shadowing, answer === true);
    if (reason === undefined) continue;
    if (!counts) {
      shadow.push(reason);
      continue;
    }
    reasons.push(reason);
    verdict = strictest(verdict, reason.verdict);
    if (reason.verdict === 'ALLOW') allowed = true;
    // A rule that failed has not matched and asks for nothing.
    const asked = candidate.obligations;
    if (asked !== undefined && reason.fault === undefined) {
      obligations ??= new Set();
      for (const obligation of asked) obligations.add(obligation);
    }
  }
  if (!allowed) {
    reasons.push(NO_RULE);
    verdict = 'BLOCK';
  }
  const told = tell(reasons);
  if (told.at(-1)?.fault === 'TOO_MANY') verdict = 'BLOCK';
  return {
    verdict,
    reasons: told,
    obligations: obligations === undefined ? NONE : [...obligations].sort(),
    shadow: shadow.length === 0 ? NONE : tell(shadow),
    steps: enforcing.steps + shadowing.steps,
  };
}

/**
 * As many reasons as an answer has room for. Those that allow say no more when there are more of them; one
 * that asks must never be left out, or what it asks would be lifted unasked.
 */
function tell(reasons: readonly RuleReason[]): readonly RuleReason[] {
  if (reasons.length <= REASONS_MAX) return reasons;
  const others = reasons.filter((reason) => reason.verdict !== 'ALLOW');
  const asking = others.length <= REASONS_MAX ? others : others.filter(({ verdict }) => verdict === 'BLOCK');
  if (asking.length < others.length || asking.length > REASONS_MAX) {
    return [...asking.slice(0, REASONS_MAX), errorReason('', 'TOO_MANY')];
  }
  let room = REASONS_MAX - asking.length;
  return reasons.filter(({ verdict }) => {
    if (verdict !== 'ALLOW') return true;
    room -= 1;
    return room >= 0;
  });
}

/** The verdict on something that could not even be looked at. */
export function judgeFailure(): RuleVerdict {
  return {
    verdict: 'BLOCK',
    reasons: [errorReason('', 'INTERNAL')],
    obligations: NONE,
    shadow: NONE,
    steps: 0,
  };
}

/** The reason of a rule that matches or fails; undefined when it does not match. */
function ask(candidate: Candidate, run: Run, holds: boolean): RuleReason | undefined {
  const { condition, effects, evidence, reason } = candidate;
  try {
    if (effects !== undefined && !passes(effects, run.view.effects)) return undefined;
    if (condition !== undefined && !holds) {
      run.limit = limitOf(run);
      if (!condition(run)) return undefined;
    }
    return evidence === undefined ? reason : askEvidence(reason, evidence, run.view.evidence);
  } catch (error) {
    // A stack overflow or a value that is not JSON is an error of this rule too, never an absence.
    return errorReason(reason.rule, error instanceof Fault ? error.code : 'INTERNAL');
  }
}

/** The account of the next rule: its own, and never more than is left for all. */
export function limitOf({ steps }: Run): number {
  return Math.min(steps + RULE_STEPS_MAX, JUDGE_STEPS_MAX);
}

/** What was asked for and is there is not asked for again. */
export function askEvidence(
  reason: RuleReason,
  wanted: readonly string[],
  brought: readonly string[],
): RuleReason | undefined {
  const evidence = wanted.filter((kind) => !brought.includes(kind));
  return evidence.length === 0 ? undefined : { ...reason, evidence };
}

export function passes(filter: EffectFilter, effects: readonly string[]): boolean {
  if (filter.any !== undefined && !hasAny(effects, filter.any)) return false;
  if (filter.none !== undefined && hasAny(effects, filter.none)) return false;
  return filter.all === undefined || hasAll(effects, filter.all);
}

function hasAny(effects: readonly string[], wanted: readonly string[]): boolean {
  for (const effect of wanted) if (effects.includes(effect)) return true;
  return false;
}

function hasAll(effects: readonly string[], wanted: readonly string[]): boolean {
  for (const effect of wanted) if (!effects.includes(effect)) return false;
  return true;
}

function errorReason(rule: string, fault: FaultCode): RuleReason {
  return { rule, verdict: 'BLOCK', code: 'RULE_ERROR', class: 'final', fault };
}
