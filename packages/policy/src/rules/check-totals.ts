import {
  EXAMPLES_MAX,
  LIST_ITEMS_MAX,
  POLICY_BYTES_MAX,
  QUESTIONS_MAX,
  RULES_MAX,
  TOOL_PAIRS_MAX,
} from '../limits.ts';
import { compileCondition } from '../condition/compile-condition.ts';
import { printQuestion } from '../history/question.ts';
import type { Position, Problems } from '../problem.ts';
import { utf8Length } from '../text/read-yaml.ts';
import { allRules } from './all-rules.ts';
import { listsMember, listsOf } from './policy-lists.ts';
import type { Policy } from './policy.ts';
import { printPolicy } from './print-policy.ts';

/** What is bounded over all rules, those of packs among them. */
export function checkTotals(policy: Policy, at: Position, problems: Problems): void {
  const rules = allRules(policy);
  const pairs = rules.reduce((count, rule) => count + rule.tools.length, 0);
  const examples = rules.reduce((count, rule) => count + rule.examples.length, 0);
  const tooLong = (max: number, what: string) => problems.add('LIST_TOO_LONG', at, `at most ${max} ${what}`);
  if (rules.length > RULES_MAX) tooLong(RULES_MAX, 'rules in all packs');
  if (pairs > TOOL_PAIRS_MAX) tooLong(TOOL_PAIRS_MAX, 'tools in all rules');
  if (examples > EXAMPLES_MAX) tooLong(EXAMPLES_MAX, 'examples in all');
  const longest = Math.max(0, ...[...listsOf(policy).values()].map(({ length }) => length));
  if (longest > LIST_ITEMS_MAX) tooLong(LIST_ITEMS_MAX, 'items in a list, with those of all packs');
  if (countQuestions(policy) > QUESTIONS_MAX) tooLong(QUESTIONS_MAX, 'different questions about the past');
  // The canonical text is what is stored and read back, so it obeys the same bound.
  if (utf8Length(printPolicy(policy)) > POLICY_BYTES_MAX) {
    problems.add('POLICY_TOO_LARGE', at, `the canonical form has at most ${POLICY_BYTES_MAX} bytes`);
  }
}

function countQuestions(policy: Policy): number {
  const asked = new Set<string>();
  for (const { lists, when } of allRules(policy)) {
    const result =
      when === undefined || !MAY_ASK.test(when) ? undefined : compileCondition(when, listsMember(lists));
    if (result?.kind === 'condition')
      for (const question of result.questions) asked.add(printQuestion(question));
  }
  return asked.size;
}

/** Ten thousand conditions need not be compiled again to find the few that ask. */
const MAY_ASK = /\b(?:count|sum|distinct|formerly|since)\b/;
