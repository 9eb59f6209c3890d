import { parseTree } from '../condition/parse-tree.ts';
import { allRules } from '../rules/all-rules.ts';
import type { Policy, Rule, Vocabulary } from '../rules/policy.ts';
import { isNever, isAlways } from './constant.ts';
import { coversTools, covers, isImpossible } from './relations.ts';

export const LINT_CODES = [
  'ALLOWS_EVERYTHING',
  'ALLOWS_NOTHING',
  'ALWAYS_ALLOWS',
  'NEVER_MATCHES',
  'CONDITION_ALWAYS_TRUE',
  'NEVER_DECIDES',
  'REPEATS',
  'NO_REASON',
  'TOOL_UNKNOWN',
] as const;

export type LintFinding = {
  readonly level: 'error' | 'warning';
  readonly code: (typeof LINT_CODES)[number];
  /** The rule that it is about; null for the whole. */
  readonly rule: string | null;
  readonly message: string;
};

/** What loads and is still likely a mistake. Everything said is so; not everything that is so is said. */
export function lintPolicy(policy: Policy, vocabulary: Vocabulary): readonly LintFinding[] {
  const rules = allRules(policy);
  const enforced = rules.filter((rule) => rule.mode === 'enforce');
  const nothing =
    policy.layer === 'narrowing' || enforced.some(({ verdict }) => verdict === 'ALLOW')
      ? []
      : [finding('warning', 'ALLOWS_NOTHING', null, 'no rule allows: everything is blocked')];
  return [
    ...nothing,
    ...rules.flatMap((rule) => [...lintRule(rule, vocabulary), ...lintBeside(rule, enforced)]),
  ];
}

function finding(
  level: LintFinding['level'],
  code: LintFinding['code'],
  rule: string | null,
  message: string,
): LintFinding {
  return { level, code, rule, message };
}

function lintRule(rule: Rule, { tools }: Vocabulary): readonly LintFinding[] {
  const { effects, id, reason, verdict, when } = rule;
  const found: LintFinding[] = [];
  const tree = when === undefined ? undefined : parseTree(when);
  const never = (effects !== undefined && isImpossible(effects)) || (tree !== undefined && isNever(tree));
  const always = tree !== undefined && isAlways(tree);
  if (never) found.push(finding('error', 'NEVER_MATCHES', id, 'nothing can match it'));
  if (always) found.push(finding('warning', 'CONDITION_ALWAYS_TRUE', id, 'its condition is always true'));
  if (verdict === 'ALLOW' && effects === undefined && (tree === undefined || always)) {
    found.push(
      rule.tools.includes('*')
        ? finding('error', 'ALLOWS_EVERYTHING', id, 'it allows every tool, whatever it does')
        : finding('warning', 'ALWAYS_ALLOWS', id, 'it allows these tools with any arguments'),
    );
  }
  if (verdict !== 'ALLOW' && reason === undefined) {
    found.push(finding('warning', 'NO_REASON', id, 'it says nothing to whoever it stops'));
  }
  for (const tool of tools === undefined || rule.tools.includes('*') ? [] : rule.tools) {
    if (tools?.has(tool) === false)
      found.push(finding('warning', 'TOOL_UNKNOWN', id, `no tool ${tool} is known`));
  }
  return found;
}

/** What another rule says already, or takes back whenever this one speaks. */
function lintBeside(rule: Rule, enforced: readonly Rule[]): readonly LintFinding[] {
  if (rule.mode === 'shadow') return [];
  for (const other of enforced) {
    if (other === rule || !coversTools(other.tools, rule.tools) || !covers(other, rule)) continue;
    if (other.verdict === 'BLOCK' && rule.verdict !== 'BLOCK') {
      return [finding('error', 'NEVER_DECIDES', rule.id, `${other.id} blocks whatever it matches`)];
    }
    const first = covers(rule, other) ? enforced.indexOf(other) < enforced.indexOf(rule) : true;
    if (first && saysTheSame(other, rule)) {
      return [finding('warning', 'REPEATS', rule.id, `${other.id} says the same of whatever it matches`)];
    }
  }
  return [];
}

function saysTheSame(other: Rule, rule: Rule): boolean {
  const said = ({
    class: reasonClass,
    code,
    deadline_s,
    escalate_to,
    needs,
    quorum,
    verdict,
  }: Rule): string => JSON.stringify([verdict, code, reasonClass, needs, quorum, escalate_to, deadline_s]);
  const asked = other.obligations ?? [];
  return said(other) === said(rule) && (rule.obligations ?? []).every((one) => asked.includes(one));
}
