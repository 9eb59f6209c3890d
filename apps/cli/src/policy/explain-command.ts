import {
  allRules,
  compilePolicy,
  explainAction,
  parseAction,
  type Policy,
  type Rule,
  type RuleExplained,
  sayRule,
  viewOfExample,
} from '@writ/policy';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { bad, faint, type Line, plain, strong } from '../terminal/line.ts';
import { linesOfReasons } from './lines.ts';
import { type PolicyRead, readPolicy, readText, refusal } from './read-policy.ts';

/** An action with its past is a page of YAML. */
const ACTION_BYTES_MAX = 262_144;

export const run: Run = async (call) => {
  const [file = '-'] = call.operands;
  const read = await readPolicy(call, file);
  if (read.kind === 'refused') return refusal(read);
  const action = call.text('action');
  return action === null ? explainRules(call, read.policy) : explainOne(read, action);
};

function explainRules(call: Call, policy: Policy): Report {
  const wanted = call.text('rule');
  const rules = allRules(policy).filter(({ id }) => wanted === null || id === wanted);
  if (wanted !== null && rules.length === 0)
    throw new CliFailure('NAME_UNKNOWN', `there is no rule ${quoteText(wanted)}`);
  return {
    exit: 0,
    lines: rules.flatMap(linesOfRule),
    json: { exit: 0, rules: rules.map((rule) => ({ rule: rule.id, says: sayRule(rule) })) },
  };
}

function linesOfRule(rule: Rule): readonly Line[] {
  const [first = '', ...more] = sayRule(rule);
  return [strong(`${rule.id} ${first}`), ...more.map((line) => plain(`  ${line}`))];
}

async function explainOne(
  { policy, words }: Extract<PolicyRead, { readonly kind: 'policy' }>,
  file: string,
): Promise<Report> {
  const parsed = parseAction(await readText(file, ACTION_BYTES_MAX), words);
  if (parsed.kind === 'refused') return refusal({ ...parsed, file });
  const compiled = compilePolicy(policy);
  const view = viewOfExample(parsed.action);
  const decided = compiled.judge(view);
  const rules = explainAction(compiled, view);
  const { obligations, reasons, verdict } = decided;
  const told = rules.map(({ because, fault, outcome, rule }) => ({ rule: rule.id, outcome, because, fault }));
  return {
    exit: 0,
    lines: [
      strong(verdict),
      ...linesOfReasons(reasons),
      ...(obligations.length === 0 ? [] : [plain(`  obliges: ${obligations.join(', ')}`)]),
      ...rules.filter(({ outcome }) => outcome !== 'matched').map(lineOfOther),
    ],
    json: { exit: 0, verdict, reasons, obligations, rules: told },
  };
}

function lineOfOther({ because, fault, outcome, rule }: RuleExplained): Line {
  switch (outcome) {
    case 'matched':
      return plain(`  ${rule.id} matches`);
    case 'effects_differ':
      return faint(`  ${rule.id} does not match: it is about other effects`);
    case 'condition_false':
      return faint(`  ${rule.id} does not match: it is not so that ${because ?? ''}`);
    case 'evidence_brought':
      return faint(`  ${rule.id} does not match: the evidence that it asks for is there`);
    case 'failed':
      return bad(`  ${rule.id} failed: ${fault ?? ''}`);
    default:
      return outcome satisfies never;
  }
}
