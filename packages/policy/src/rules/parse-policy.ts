import { compilePolicy } from '../decide/compile-policy.ts';
import { EXAMPLES_MAX, POLICY_BYTES_MAX, RULES_MAX, TOOL_PAIRS_MAX } from '../limits.ts';
import { collectProblems, type Position, type Problem, type Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import { readYaml, utf8Length } from '../text/read-yaml.ts';
import { checkRule } from './check-rule.ts';
import type { Policy, Rule, Vocabulary } from './policy.ts';
import { printPolicy } from './print-policy.ts';
import { readList, readMatching, readMembers, required, shown } from './read-value.ts';
import { runExamples } from './run-examples.ts';

export type PolicyResult =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const MEMBERS: ReadonlySet<string> = new Set(['version', 'name', 'rules']);
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The text of a policy → a checked policy whose examples hold, or everything that is wrong with it. */
export function parsePolicy(text: string, vocabulary: Vocabulary): PolicyResult {
  const problems = collectProblems();
  const root = readYaml(text, problems);
  const policy = root && checkPolicy(root, vocabulary, problems);
  if (policy === undefined || problems.list.length > 0) return { kind: 'refused', problems: problems.list };
  return { kind: 'policy', policy };
}

function checkPolicy(root: Located, vocabulary: Vocabulary, problems: Problems): Policy | undefined {
  const members = readMembers(root, MEMBERS, problems);
  if (members === undefined) return undefined;
  const versionNode = required(members, 'version', problems);
  if (versionNode !== undefined && (versionNode.kind !== 'scalar' || versionNode.value !== 1)) {
    problems.add('VERSION_UNKNOWN', versionNode.at, 'this is version 1');
    return undefined;
  }
  const nameNode = required(members, 'name', problems);
  const name = nameNode && readMatching(nameNode, NAME, 'a name is like `team-baseline`', problems);
  const rulesNode = required(members, 'rules', problems);
  const nodes = (rulesNode && readList(rulesNode, problems, RULES_MAX)) ?? [];
  const rules = checkRules(nodes, vocabulary, problems);
  if (problems.list.length > 0 || name === undefined) return undefined;
  const policy: Policy = { version: 1, name, rules };
  const places = nodes.map(placesOf);
  checkTotals(policy, root.at, problems);
  if (problems.list.length === 0) runExamples(policy, compilePolicy(policy), places, problems);
  return policy;
}

function checkRules(nodes: readonly Located[], vocabulary: Vocabulary, problems: Problems): readonly Rule[] {
  const ids = new Set<string>();
  return nodes.flatMap((node) => {
    const rule = checkRule(node, vocabulary, problems);
    if (rule === undefined) return [];
    if (ids.has(rule.id))
      problems.add('RULE_ID_DUPLICATE', node.at, `\`${shown(rule.id)}\` is already there`);
    ids.add(rule.id);
    return [rule];
  });
}

/** Where a rule and each of its examples stand. */
export type RulePlaces = { readonly rule: Position; readonly examples: readonly Position[] };

function placesOf(node: Located): RulePlaces {
  const examples = node.kind === 'map' ? node.members.get('examples')?.value : undefined;
  return { rule: node.at, examples: examples?.kind === 'list' ? examples.items.map((item) => item.at) : [] };
}

function checkTotals(policy: Policy, at: Position, problems: Problems): void {
  const pairs = policy.rules.reduce((count, rule) => count + rule.tools.length, 0);
  const examples = policy.rules.reduce((count, rule) => count + rule.examples.length, 0);
  if (pairs > TOOL_PAIRS_MAX)
    problems.add('LIST_TOO_LONG', at, `at most ${TOOL_PAIRS_MAX} tools in all rules`);
  if (examples > EXAMPLES_MAX) problems.add('LIST_TOO_LONG', at, `at most ${EXAMPLES_MAX} examples in all`);
  // The canonical text is what is stored and read back, so it obeys the same bound.
  if (utf8Length(printPolicy(policy)) > POLICY_BYTES_MAX) {
    problems.add('POLICY_TOO_LARGE', at, `the canonical form has at most ${POLICY_BYTES_MAX} bytes`);
  }
}
