import { CODES, EFFECTS, OBLIGATIONS } from '@writ/contract';
import { compilePolicy, NO_PAST, parsePolicy } from '@writ/policy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importLexeconPolicy } from '../../../src/lexecon/policy/import-policy.ts';
import { understandCall } from '../../../src/lexecon/programs.ts';
import { DEFAULT_POLICY, policyText } from './policies.ts';

const VOCABULARY = {
  effects: new Set(EFFECTS),
  obligations: new Set(OBLIGATIONS),
  codes: new Set(Object.keys(CODES)),
};

function imported(text: string) {
  const result = importLexeconPolicy(text);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
  return result;
}

/** The verdict of the rules alone, as gate 6 asks for it. */
function judge(text: string, executable: string, args: readonly string[]): string {
  const loaded = parsePolicy(imported(text).policy, VOCABULARY);
  if (loaded.kind === 'refused') throw new Error('the imported policy does not load');
  const { effects, reversibility, risk } = understandCall({ executable, args });
  return compilePolicy(loaded.policy).judge({
    tool: 'shell.run',
    args: { executable, args },
    effects,
    resources: [],
    findings: [],
    reversibility,
    risk,
    scene: {},
    principal: { id: 'agent', kind: 'agent', wall: 1 },
    session: {},
    now_ms: 0,
    intent: {},
    evidence: [],
    history: NO_PAST,
  }).verdict;
}

function problemOf(text: string) {
  const result = importLexeconPolicy(text);
  return result.kind === 'refused' ? result.problems.map(({ code, line }) => `${line} ${code}`) : [];
}

describe('importLexeconPolicy()', () => {
  it('says what Lexecon says of every way in which a pattern lies across words', () => {
    const letters = fc.constantFrom('a', 'b', '-', ' ', "'", '\\', '$');
    const pattern = fc
      .string({ unit: letters, minLength: 1, maxLength: 6 })
      .filter((text) => text.split(' ').length <= 4);
    const word = fc.string({ unit: letters, maxLength: 4 });
    const program = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 3 });
    const words = fc.array(word, { maxLength: 5 });
    const property = fc.property(pattern, program, words, (forbidden, executable, args) => {
      const whole = [executable, ...args].join(' ');
      const text = policyText({ allowed: JSON.stringify([executable]), patterns: [forbidden] });
      expect(judge(text, executable, args) === 'BLOCK').toBe(whole.includes(forbidden));
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('looks at every place up to the last argument', () => {
    for (const at of [0, 1, 7, 8, 31, 61, 62]) {
      const words = Array.from({ length: 64 }, (_, place) =>
        place === at ? 'rm' : place === at + 1 ? '-rf' : 'x',
      );
      expect(judge(DEFAULT_POLICY, 'echo', words)).toBe('BLOCK');
    }
    expect(judge(DEFAULT_POLICY, 'echo', ['rm', 'x', '-rf'])).toBe('ALLOW');
    expect(judge(policyText({ patterns: ['cho rm -rf /'] }), 'echo', ['rm', '-rf', '/x'])).toBe('BLOCK');
  });

  it('never makes an ALLOW of an ESCALATE', () => {
    const text = policyText({ action: 'escalate', patterns: ['secret'] });
    expect(judge(text, 'echo', ['secret'])).toBe('ESCALATE');
    expect(judge(text, 'echo', ['Secret'])).toBe('ALLOW');
    expect(judge(text, 'rm', ['secret'])).toBe('BLOCK');
  });

  it('asks a person about a program of which nothing says that it only reads', () => {
    const text = policyText({ allowed: '[echo, rm]' });
    expect(judge(text, 'rm', ['old.txt'])).toBe('ESCALATE');
    expect(judge(text, 'rm', ['-rf', 'old.txt'])).toBe('BLOCK');
    expect(imported(text).warnings.join('\n')).toContain('rm: nothing says that it only reads');
  });

  it('blocks everything when nothing is allowed', () => {
    expect(judge('rules: []\n', 'echo', [])).toBe('BLOCK');
    expect(judge('allowed_executables: []\nrules: []\n', 'echo', [])).toBe('BLOCK');
  });

  it('tells what its patterns miss, and they do', () => {
    const { warnings } = imported(DEFAULT_POLICY);
    const text = warnings.join('\n');
    expect(text).toContain('"rm -rf" misses "rm -fr"');
    expect(text).toContain('"rm -rf" misses "rm -r -f"');
    expect(judge(DEFAULT_POLICY, 'echo', ['rm', '-fr'])).toBe('ALLOW');
    expect(judge(DEFAULT_POLICY, 'echo', ['rm', '-r', '-f'])).toBe('ALLOW');
    expect(imported(policyText({ tool: 'file.read' })).warnings.join('\n')).toContain('it is left out');
  });

  it.each([
    ['no mapping', '[]', ['1 TYPE_WRONG']],
    ['no rules', 'allowed_executables: [ls]', ['1 MEMBER_MISSING']],
    ['rules that are no list', 'rules: {}', ['1 TYPE_WRONG']],
    ['an unknown member', 'rules: []\nmode: strict', ['2 MEMBER_UNKNOWN']],
    ['a member that stands twice', 'rules: []\nrules: []', ['2 YAML_DUPLICATE_KEY']],
    ['an anchor', 'rules: &a []', ['1 YAML_ANCHOR']],
    ['programs that are no list', 'allowed_executables: ls\nrules: []', ['1 TYPE_WRONG']],
    ['a program that is a number', 'allowed_executables: [1]\nrules: []', ['1 TYPE_WRONG']],
    ['a program that is a truth to Lexecon', 'allowed_executables: [yes]\nrules: []', ['1 VALUE_WRONG']],
    ['a program that is a number to Lexecon', 'allowed_executables: [1_000]\nrules: []', ['1 VALUE_WRONG']],
    ['a program that is a time to Lexecon', 'allowed_executables: [12:30:45]\nrules: []', ['1 VALUE_WRONG']],
    ['a blank program', 'allowed_executables: [" "]\nrules: []', ['1 VALUE_WRONG']],
    ['an unknown member of a rule', policyText({ more: 'priority: 1' }), ['7 MEMBER_UNKNOWN']],
    ['a rule without id', policyText({ id: null }), ['3 MEMBER_MISSING']],
    ['an id that Writ cannot have', policyText({ id: 'Block It' }), ['3 VALUE_WRONG']],
    ['an id that Writ gives itself', policyText({ id: 'not_allowlisted' }), ['3 VALUE_WRONG']],
    ['a rule for no tool', policyText({ tool: null }), ['3 MEMBER_MISSING']],
    ['an action that allows', policyText({ action: 'ALLOW' }), ['5 VALUE_WRONG']],
    ['a misspelled action', policyText({ action: 'BLOK' }), ['5 VALUE_WRONG']],
    ['no action, which is ALLOW', policyText({ action: null }), ['3 MEMBER_MISSING']],
    ['an empty pattern', policyText({ patterns: [''] }), ['6 VALUE_WRONG']],
    ['a pattern beyond ASCII', policyText({ patterns: ['r\u043c'] }), ['6 VALUE_WRONG']],
    ['a pattern of too many words', policyText({ patterns: ['a b c d e'] }), ['6 VALUE_WRONG']],
    ['a pattern that is no text', policyText({ more: 'patterns: [[]]', patterns: null }), ['6 TYPE_WRONG']],
    ['patterns that are no list', policyText({ more: 'patterns: rm', patterns: null }), ['6 TYPE_WRONG']],
    ['a reason with braces', policyText({ more: 'reason: "no {tool}"' }), ['7 VALUE_WRONG']],
  ])('refuses %s', (_name, text, problems) => {
    expect(problemOf(text)).toEqual(problems);
  });

  it('refuses an id that stands twice', () => {
    const text = policyText({});
    expect(problemOf(text + text.slice(text.indexOf('  - id')))).toEqual(['7 RULE_ID_DUPLICATE']);
  });

  it('refuses what is too much for one policy of Writ', () => {
    const programs = Array.from({ length: 257 }, (_, at) => `p${at}x`).join(', ');
    expect(problemOf(`allowed_executables: [${programs}]\nrules: []\n`)).toEqual(['1 LIST_TOO_LONG']);
  });
});
