import {
  compilePolicy,
  parsePolicy,
  printPolicy,
  renderReason,
  type ExampleAction,
  type View,
  viewOfExample,
  type Vocabulary,
} from '@writ/policy';

const VOCABULARY: Vocabulary = {
  effects: new Set(
    `READ_REPO READ_SECRETS READ_CONFIG COMPUTE WRITE_PATCH NETWORK_CALL DELETE UPLOAD
    SPEND_MONEY EXECUTE_CODE OTHER`.split(/\s+/),
  ),
  obligations: new Set(`redact_output snapshot_first run_fenced no_network max_bytes notify`.split(' ')),
};

const ACTION: ExampleAction = {
  tool: 'fs.write',
  args: { path: '/repo/ÄÖ/straße.txt', count: 3, names: ['b', 'a', 'İ'], nested: { deep: [1, 2, 3] } },
  effects: ['WRITE_PATCH', 'READ_REPO'],
  resources: [{ kind: 'path', name: '/repo/straße.txt' }],
  findings: ['in_workspace'],
  reversibility: 'reversible',
  risk: 120_000,
  scene: { cwd: '/repo' },
  principal: { id: 'agent-1', kind: 'agent', wall: 1 },
  session: { calls: 7 },
  now_ms: 1_763_600_000_000,
  intent: {},
  evidence: ['test-report'],
  history: [
    {
      ago_s: 30,
      times: 2,
      tool: 'fs.write',
      verdict: 'ALLOW',
      effects: ['DELETE'],
      resources: [],
      done: true,
      spent: { eur: 5 },
    },
  ],
};
const VIEW: View = viewOfExample(ACTION);

/** One for each kind of work that a condition can do, and some that must be refused or fail. */
const CONDITIONS = `true | tool == 'fs.write' | risk < 200000 && risk * 3 > 1 | 'WRITE_PATCH' in effects
  | has(args.path) && args.path.startsWith('/repo')
  | has(args.path) && args.path.matches('^/repo/[^.]+[.]txt$')
  | has(args.count) && args.count / 0 == 1 | has(args.names) && args.names.exists(n, n == 'a')
  | effects.all(e, e.size() > 3) | resources.exists(r, r.kind == 'path' && r.name.contains('ß'))
  | has(args.nested) && has(args.nested.deep) && args.nested.deep.size() == 3 | args.path == 'x'
  | has(args.path) ? args.path.endsWith('.txt') : false
  | timestamp('2020-01-01T00:00:00Z').getDayOfYear() == 0
  | now_ms > 0 && principal.wall < 2 | findings.map(f, f + '!') == ['in_workspace!'] | tool.matches('(a+)+$')
  | tool.matches('(?i)FS[.]WRITE') | tool.lowerAscii() == 'fs.write' | 1.5 + 1.5 == 3.0
  | "\\u00e9" == 'é' | count('effect', 'DELETE', 60) == 2 && sum('eur', 3600) == 10 && formerly('done', tool)
  | since('tool', 'fs.write') == 30 && distinct('tool', 60) == 1 | 'test-report' in evidence | (((`
  .split(/\s+\|\s+/)
  .map((text) => text.trim());

const policyWith = (when: string, verdict: string): string => `version: 1
name: probe
rules:
  - id: here
    tools: [fs.write]
    effects: { any: [WRITE_PATCH], none: [DELETE] }
    when: ${JSON.stringify(when)}
    verdict: ALLOW
    obligations: [snapshot_first, notify]
    examples: [${JSON.stringify({ ...ACTION, expect: verdict })}]
  - id: spend
    tools: ["*"]
    effects: { any: [SPEND_MONEY] }
    verdict: ESCALATE
    reason: "{tool} spends: {effects}"
    needs: p3
    examples: [${JSON.stringify({ ...ACTION, tool: 'pay', effects: ['SPEND_MONEY'], expect: 'BLOCK' })}]
`;

/**
 * Policies, each with its own examples, and every text of the vectors, read and judged in the bare context.
 */
export const probe = (vectors: Readonly<Record<string, string>>): unknown => {
  const texts = Object.entries(vectors).flatMap(([path, text]) =>
    path.includes('polic') ? textsOf(text) : [],
  );
  return {
    conditions: CONDITIONS.map((when) => [
      when,
      policyOf(policyWith(when, 'ALLOW')),
      policyOf(policyWith(when, 'BLOCK')),
    ]),
    policies: texts.map(policyOf),
  };
};

const policyOf = (text: string): unknown => {
  const read = parsePolicy(text, VOCABULARY);
  if (read.kind === 'refused') return read.problems;
  const { digest, judge, sliceFor } = compilePolicy(read.policy);
  const tools = [VIEW.tool, 'db.query', ...read.policy.rules.flatMap((rule) => rule.tools)];
  return {
    digest,
    printed: printPolicy(read.policy),
    judged: tools.map((tool) => [judge({ ...VIEW, tool }), sliceFor(tool)]),
    reasons: read.policy.rules.map((rule) => renderReason(rule, VIEW)),
  };
};

/** Every string in a JSON vector; any other file as it is. */
const textsOf = (file: string): readonly string[] => {
  const found: string[] = [];
  const walk = (one: unknown): void => {
    if (typeof one === 'string') found.push(one);
    else if (one !== null && typeof one === 'object') Object.values(one).forEach(walk);
  };
  try {
    walk(JSON.parse(file));
  } catch {
    found.push(file);
  }
  return found;
};
