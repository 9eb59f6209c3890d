import { describe, expect, it } from 'vitest';
import {
  compilePolicy,
  diffPolicies,
  narrowPolicy,
  parsePolicy,
  type Policy,
  printPolicy,
} from '../../src/index.ts';
import { VOCABULARY, viewOf } from '../support/views.ts';

const PACK = `version: 1
name: pack
lists:
  hosts: [a.example]
rules:
  - id: any
    tools: ['*']
    verdict: ALLOW
    examples: [{ tool: t, expect: ALLOW }]
  - id: new-host
    tools: ['*']
    when: resources.exists(r, r.kind == 'host' && !(r.name in lists.hosts))
    verdict: ESCALATE
    examples:
      - { tool: t, resources: [{ kind: host, name: b.example }], expect: ESCALATE }
`;
const WORDS = { ...VOCABULARY, packs: (name: string) => (name === 'pack' ? PACK : undefined) };

function policy(text: string): Policy {
  const result = parsePolicy(text, WORDS);
  if (result.kind === 'policy') return result.policy;
  throw new Error(result.problems.map(({ code, message }) => `${code} ${message}`).join('; '));
}

const own = (lists: string, more = ''): Policy =>
  policy(`version: 1\nname: own\n${lists}packs: [pack]\nrules: []\n${more}`);
const HOST = 'lists: { hosts: [b.example] }\n';

function verdict(of: Policy, host: string): string {
  return compilePolicy(of).judge(viewOf({ tool: 't', resources: [{ kind: 'host', name: host }] })).verdict;
}

describe('lists', () => {
  it('of a policy add to those of what it stands on, and the examples of the pack hold all the same', () => {
    expect(['a.example', 'b.example'].map((host) => verdict(own(''), host))).toEqual(['ALLOW', 'ESCALATE']);
    expect(['a.example', 'b.example', 'c.example'].map((host) => verdict(own(HOST), host))).toEqual([
      'ALLOW',
      'ALLOW',
      'ESCALATE',
    ]);
  });

  it('are read back from the canonical text, which does not follow their order', () => {
    const one = own('lists: { hosts: [c.example, b.example], other: [] }\n');
    const other = own('lists: { other: [], hosts: [b.example, c.example] }\n');
    expect(printPolicy(one)).toBe(printPolicy(other));
    expect(policy(printPolicy(one))).toEqual(one);
  });

  it('are covered by the digest, and by the slices of the rules that read them', () => {
    const compiled = [own(''), own(HOST), own('lists: { other: [x] }\n')].map(compilePolicy);
    expect(new Set(compiled.map(({ digest }) => digest)).size).toBe(3);
    const [plain, added, unread] = compiled.map(({ sliceFor }) => sliceFor('t'));
    expect(added).not.toBe(plain);
    expect(unread).toBe(plain);
  });

  it('may be read by own rules, also those that only the pack has', () => {
    const rule = `rules:
  - id: known
    tools: [t]
    when: resources.exists(r, r.name in lists.hosts)
    verdict: BLOCK
    examples: [{ resources: [{ kind: host, name: a.example }], expect: BLOCK }]
`;
    const both = policy(`version: 1\nname: own\n${HOST}packs: [pack]\n${rule}`);
    expect(['a.example', 'b.example'].map((host) => verdict(both, host))).toEqual(['BLOCK', 'BLOCK']);
  });

  it('say which way a policy changed', () => {
    expect(diffPolicies(own(''), own(''))).toMatchObject({ direction: 'same' });
    for (const [before, after] of [
      [own(''), own(HOST)],
      [own(HOST), own('')],
    ] as const) {
      const { changes } = diffPolicies(before, after);
      // Read off the rules this is not: never called the same.
      expect(changes).toEqual([{ rule: 'pack/new-host', change: 'changed', direction: 'unknown' }]);
    }
  });

  it('of a layer that narrows refuse the whole', () => {
    const layer = policy('version: 1\nname: layer\nlists: { hosts: [evil.example] }\nrules: []\n');
    expect(narrowPolicy(own(''), layer, WORDS)).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'MEMBER_NOT_APPLICABLE' }],
    });
  });

  it('are bounded, each with what all packs put into it', () => {
    const many = (prefix: string): string => {
      const items = Array.from({ length: 256 }, (_, at) => `${prefix}${at}`).join();
      return `{ name: ${prefix}, lists: { l: [${items}] }, rules: [] }`;
    };
    const text = (count: number): string => {
      const packs = Array.from({ length: count }, (_, at) => many(`p${at}x`)).join();
      return `version: 1\nname: own\npacks: [${packs}]\nrules: []\n`;
    };
    expect(parsePolicy(text(4), WORDS).kind).toBe('policy');
    expect(parsePolicy(text(5), WORDS)).toMatchObject({ problems: [{ code: 'LIST_TOO_LONG' }] });
    const names = Array.from({ length: 17 }, (_, at) => `l${at}: []`).join();
    const named = `version: 1\nname: own\nlists: { ${names} }\nrules: []\n`;
    expect(parsePolicy(named, WORDS)).toMatchObject({ problems: [{ code: 'LIST_TOO_LONG' }] });
  });
});
