import type { ToolDefinition, Verdict } from '@writ/contract';
import { isReader, SHELL_EFFECTS, SHELL_TOOL, type ShellCall } from '../programs.ts';
import type { LexeconPolicy, LexeconRule } from './read-policy.ts';
import { ARGUMENTS_MAX, literal, patternCondition } from './write-condition.ts';

type WrittenRule = {
  readonly id: string;
  readonly when: readonly string[];
  readonly verdict: Verdict;
  readonly reason: string;
  readonly calls: readonly ShellCall[];
};

/** The tool of Lexecon; what its definition does not declare is refused. */
export const SHELL_DEFINITION: ToolDefinition = {
  v: 1,
  name: SHELL_TOOL,
  description: 'runs a program with arguments, without a shell',
  parameters: {
    type: 'object',
    properties: {
      executable: { type: 'string', minLength: 1, maxLength: 4_096 },
      args: { type: 'array', items: { type: 'string' }, maxItems: ARGUMENTS_MAX },
    },
    required: ['executable', 'args'],
  },
  effects: SHELL_EFFECTS,
};

/** A policy as YAML for people, with examples that are judged when it is loaded. */
export function writePolicy(policy: LexeconPolicy): string {
  const lines = writeRules(policy).flatMap((rule) => linesOf(rule, policy));
  return ['version: 1', 'name: lexecon', 'rules:', ...lines, ''].join('\n');
}

function writeRules(policy: LexeconPolicy): readonly WrittenRule[] {
  const { allowed, rules } = policy;
  const strangers = allowed.filter((program) => !isReader(program));
  return [
    ...(allowed.length === 0 ? [] : [allowRule(allowed)]),
    notAllowed(allowed),
    ...rules.flatMap((rule) => rule.patterns.map((_, at) => patternRule(rule, at, allowed[0] ?? 'echo'))),
    ...(strangers.length === 0 ? [] : [programAsks(strangers)]),
    tokenAsks(allowed[0] ?? 'echo'),
  ];
}

function call(executable: string, ...args: readonly string[]): ShellCall {
  return { executable, args };
}

function listOf(programs: readonly string[]): string {
  return `[${programs.map(literal).join(', ')}]`;
}

function allowRule(allowed: readonly string[]): WrittenRule {
  return {
    id: 'default',
    when: [`has(args.executable) && args.executable in ${listOf(allowed)}`],
    verdict: 'ALLOW',
    reason: 'No blocking rule matched.',
    calls: allowed.map((program) => call(program)),
  };
}

/** Whatever no rule allows is refused; this one says why. */
function notAllowed(allowed: readonly string[]): WrittenRule {
  const when =
    allowed.length === 0 ? [] : [`!has(args.executable) || !(args.executable in ${listOf(allowed)})`];
  const stranger = `${allowed.join('-')}-and-no-other`;
  const calls = [call(stranger.slice(-100)), ...allowed.slice(0, 1).map((program) => call(`./${program}`))];
  return { id: 'not_allowlisted', when, verdict: 'BLOCK', reason: 'Executable not in allowlist.', calls };
}

/** One rule a pattern: the record then says which of them it was. */
function patternRule(rule: LexeconRule, at: number, program: string): WrittenRule {
  const pattern = rule.patterns[at] ?? '';
  const words = pattern.split(' ');
  const [head = '', ...tail] = words;
  const calls = [call(program, pattern), call(program, `x${pattern}x`, 'y'), call(program, ...words, 'y')];
  return {
    id: rule.patterns.length === 1 ? rule.id : `${rule.id}.${at + 1}`,
    when: patternCondition(pattern),
    verdict: rule.action,
    reason: rule.reason,
    calls: head === '' ? calls : [...calls, call(head, ...tail)],
  };
}

function programAsks(strangers: readonly string[]): WrittenRule {
  return {
    id: 'program-asks',
    when: [`has(args.executable) && args.executable in ${listOf(strangers)}`],
    verdict: 'ESCALATE',
    reason: 'Nothing says that this program only reads.',
    calls: strangers.map((program) => call(program)),
  };
}

/** Where a token stands for a text, the text may be what a pattern forbids. */
function tokenAsks(program: string): WrittenRule {
  return {
    id: 'token-asks',
    when: ["'secret_in_arguments' in findings || 'personal_data_in_arguments' in findings"],
    verdict: 'ESCALATE',
    reason: 'A secret or personal data in the arguments may hide what a pattern forbids.',
    calls: [call(program, 'email#1')],
  };
}

function linesOf(rule: WrittenRule, policy: LexeconPolicy): readonly string[] {
  const { id, when, verdict, reason, calls } = rule;
  const hidden = id === 'token-asks';
  return [
    `  - id: ${id}`,
    `    tools: [${SHELL_TOOL}]`,
    ...(when.length === 0 ? [] : ['    when: >-', ...when.map((line) => `      ${line}`)]),
    `    verdict: ${verdict}`,
    ...(verdict === 'ESCALATE' ? ['    needs: p1'] : []),
    `    reason: ${JSON.stringify(reason)}`,
    '    examples:',
    ...calls.map((one) => {
      const verdictOfAll = judgeCall(policy, one, hidden);
      const findings = hidden ? 'findings: [personal_data_in_arguments], ' : '';
      return `      - { ${findings}args: ${JSON.stringify(one)}, expect: ${verdictOfAll} }`;
    }),
  ];
}

/**
 * What the whole policy must say: told by joining, as Lexecon does, and so by another way than its
 * conditions.
 */
function judgeCall({ allowed, rules }: LexeconPolicy, one: ShellCall, hidden: boolean): Verdict {
  if (!allowed.includes(one.executable)) return 'BLOCK';
  const text = [one.executable, ...one.args].join(' ');
  const matched = rules.filter(({ patterns }) => patterns.some((pattern) => text.includes(pattern)));
  if (matched.some(({ action }) => action === 'BLOCK')) return 'BLOCK';
  const asks = hidden || matched.length > 0 || !isReader(one.executable);
  return asks ? 'ESCALATE' : 'ALLOW';
}
