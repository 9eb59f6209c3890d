import {
  compilePolicy,
  diffPolicies,
  lintPolicy,
  narrowPolicy,
  parsePolicy,
  type Policy,
  PROBLEM_CODES,
  printPolicy,
  sayRule,
  type Verdict,
  type View,
} from '../src/index.ts';
import { VOCABULARY, viewOf } from './support/views.ts';

/** What a run met; `faults` must be empty. */
export type FuzzResult = {
  readonly tried: number;
  readonly loaded: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
};

type Random = { next(below: number): number; pick<T>(from: readonly T[]): T };

/** Mulberry32: the same seed tries the same texts. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  return {
    next,
    pick(from) {
      const found = from[next(from.length)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
  };
}

const FAULTS_SHOWN_MAX = 10;
const RANK: Readonly<Record<Verdict, number>> = { ALLOW: 0, NEED_EVIDENCE: 1, ESCALATE: 2, BLOCK: 3 };
const CODES: ReadonlySet<string> = new Set(PROBLEM_CODES);

/**
 * Loads so many texts that are nearly policies. Each must load or be refused with codes and places; what
 * loads must print to a text that is the same policy, judge everything, never be loosened by a layer, and be
 * spoken of by every analysis.
 */
export function fuzzPolicies(
  seed: number,
  count: number,
  onProgress: (tried: number) => void = () => {},
): FuzzResult {
  const random = randomOf(seed);
  const refused: Record<string, number> = {};
  const verdicts: Record<string, number> = {};
  const faults: string[] = [];
  let loaded = 0;
  let before: Policy = { version: 1, name: 'none', rules: [] };
  for (let tried = 0; tried < count; tried += 1) {
    const text = textFrom(random);
    try {
      const result = parsePolicy(text, VOCABULARY);
      if (result.kind === 'refused') {
        checkProblems(result.problems);
        for (const { code } of result.problems.slice(0, 1)) refused[code] = (refused[code] ?? 0) + 1;
      } else {
        loaded += 1;
        for (const verdict of checkLoaded(random, result.policy, before)) {
          verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
        }
        before = result.policy;
      }
    } catch (error) {
      if (faults.length < FAULTS_SHOWN_MAX) faults.push(`${String(error)}: ${JSON.stringify(text)}`);
    }
    if ((tried + 1) % 10_000 === 0) onProgress(tried + 1);
  }
  return { tried: count, loaded, refused, verdicts, faults };
}

type Problems = Extract<ReturnType<typeof parsePolicy>, { readonly kind: 'refused' }>['problems'];

function checkProblems(problems: Problems): void {
  if (problems.length === 0 || problems.length > 100) throw new Error(`${problems.length} problems`);
  for (const { code, column, line, message } of problems) {
    if (!CODES.has(code) || line < 1 || column < 1) throw new Error(`no place: ${code} ${line}:${column}`);
    if (message.length > 1_000 || /[^\x20-\x7e\u2026]/.test(message))
      throw new Error(`a message: ${message}`);
  }
}

function checkLoaded(random: Random, policy: Policy, before: Policy): readonly string[] {
  const text = printPolicy(policy);
  const again = parsePolicy(text, VOCABULARY);
  if (again.kind === 'refused') throw new Error(`its own text is refused: ${JSON.stringify(again.problems)}`);
  if (printPolicy(again.policy) !== text) throw new Error('its own text is another policy');
  for (const rule of policy.rules) if (sayRule(rule).length < 2) throw new Error('nothing to say of a rule');
  lintPolicy(policy, VOCABULARY);
  diffPolicies(before, policy);
  const compiled = compilePolicy(policy);
  const narrowed = narrowPolicy(policy, before, VOCABULARY);
  const narrow = narrowed.kind === 'policy' ? compilePolicy(narrowed.policy) : null;
  return Array.from({ length: 3 }, () => {
    const view = viewFrom(random);
    const { reasons, verdict } = compiled.judge(view);
    const strictest = Math.max(...reasons.map((reason) => RANK[reason.verdict]));
    if (strictest !== RANK[verdict]) throw new Error('not the strictest of its reasons');
    const allows = reasons.some((reason) => reason.verdict === 'ALLOW' && reason.rule !== '');
    if (verdict === 'ALLOW' && !allows) throw new Error('ALLOW without a rule that allows');
    const judged = narrow?.judge(view).verdict ?? verdict;
    if (RANK[judged] < RANK[verdict]) throw new Error(`a layer made ${verdict} of ${judged}`);
    return verdict;
  });
}

const CONDITIONS = [
  'risk > 5',
  "has(args.n) && args.n == 'x'",
  "has(args.l) && args.l.exists(i, i > 3) || tool.matches('^t+$')",
  "'opaque' in findings",
  "count('tool', 't', 3600) > 2 && formerly('effect', 'DELETE')",
  'has(args.m) && has(args.m.k) ? args.m.k != null : size(effects) == 0',
  "effects.all(e, e in ['READ_REPO', 'DELETE']) && now_ms % 2 == 0",
  "sum('eur', 86400) + 5 < 100",
];
const SIGNS = '(){}[]:,&*!|>-#%@`"\'\n\t \\'.split('');
const WORDS = [
  '&&',
  '||',
  '0',
  '-1',
  '1e9',
  '9007199254740993',
  'null',
  'true',
  '~',
  '<<',
  '---',
  '...',
  '? ',
];
const CALLS = ['has(', 'args', 'args.n', 'size(', '.all(x, ', 'matches', 'count(', '- '];
const ODD = ['\u202e', '\u0000', '\ud800', 'ä', '😀', '!!str ', '&a ', '*a ', '%YAML 1.1'];
const MEMBERS = ['version: 1', 'layer: narrowing', 'packs: []', 'mode: shadow', '{}', '[]'];
const PIECES = [...SIGNS, ...WORDS, ...CALLS, ...ODD, ...MEMBERS];

/** Mostly near to what loads: what is tried is the product, not the first look at the text. */
function textFrom(random: Random): string {
  const layer = random.next(8) === 0 ? 'layer: narrowing\n' : '';
  const stands = layer === '' && random.next(2) === 0;
  const rules = Array.from({ length: 1 + random.next(2) }, (_, at) => ruleFrom(random, `r${at}`, stands));
  let text = `version: 1\nname: fuzz\n${layer}rules:\n${stands ? BASE : ''}${rules.join('')}`;
  if (random.next(3) > 0) return text;
  for (let n = random.next(3); n >= 0; n -= 1) {
    const at = random.next(text.length);
    const end = at + random.next(4);
    const piece = random.next(4) === 0 ? text.slice(at, at + random.next(40)) : random.pick(PIECES);
    text = text.slice(0, at) + piece + text.slice(random.next(2) === 0 ? at : end);
  }
  return text;
}

const OUTCOMES = [
  'verdict: ALLOW',
  'verdict: BLOCK',
  'verdict: BLOCK\n    class: liftable\n    needs: p3',
  'verdict: ESCALATE\n    quorum: 2\n    escalate_to: team/a\n    deadline_s: 60',
  'verdict: NEED_EVIDENCE\n    evidence: [review]',
];

/** What others stand on. */
const BASE = `  - id: base
    tools: [t]
    verdict: ALLOW
    examples: [{ expect: ALLOW }]
`;

/** Its examples say what the rule by itself says: with others beside it they may fail, which is refused. */
function ruleFrom(random: Random, id: string, stands: boolean): string {
  const outcome = random.pick(OUTCOMES);
  const when = random.next(3) === 0 ? '' : `    when: ${JSON.stringify(random.pick(CONDITIONS))}\n`;
  const effects = random.next(3) === 0 ? '    effects: { any: [DELETE, READ_REPO] }\n' : '';
  const shadow = random.next(6) === 0 ? '    mode: shadow\n' : '';
  const obliged = random.next(5) === 0 && outcome !== 'verdict: BLOCK' ? '    obligations: [notify]\n' : '';
  const alone = shadow === '' ? (/verdict: ([A-Z_]+)/.exec(outcome)?.[1] ?? '') : 'ALLOW';
  const expect = stands || (alone === 'ALLOW' && shadow === '') ? alone : 'BLOCK';
  const tools = random.pick(['[t]', "['*']", '[t, u]']);
  const members =
    'tool: t, risk: 9, effects: [DELETE], findings: [opaque], args: { n: x, l: [9], m: { k: 1 } }, ' +
    'history: [{ ago_s: 1, tool: t, effects: [DELETE], times: 3 }]';
  return (
    `  - id: ${id}\n    tools: ${tools}\n${effects}${when}    ${outcome}\n` +
    `${shadow}${obliged}    examples:\n      - { ${members}, expect: ${expect} }\n`
  );
}

const VALUES = [null, true, 0, 9, -1, 5.5, '', 'x', '5', [], [9], [1, 'a'], {}, { k: null }, { k: 'v' }];

function viewFrom(random: Random): View {
  // The past is the same each time it is asked.
  const [since, count] = [random.next(86_401), random.next(200)];
  const args = Object.fromEntries(
    ['n', 'l', 'm', 'other'].flatMap((name) => (random.next(2) === 0 ? [] : [[name, random.pick(VALUES)]])),
  );
  return viewOf({
    tool: random.pick(['t', 'u', 'tt', 'other']),
    args,
    effects: random.next(2) === 0 ? [] : [random.pick(['DELETE', 'READ_REPO', 'SPEND_MONEY'])],
    findings: random.next(2) === 0 ? [] : ['opaque'],
    risk: random.next(20),
    now_ms: random.next(5),
    evidence: random.next(2) === 0 ? [] : ['review'],
    history: ({ ask }) => (ask === 'since' ? since : count),
  });
}
