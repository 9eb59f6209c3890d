import { POLICY_WORDS } from '@writ/contract';
import { parsePolicy, type Policy } from '@writ/policy';
import { describe, expect, it } from 'vitest';
import { diffTexts, extendPolicy, extendText, isSamePolicy } from '../../src/policy/extend-lists.ts';

function policy(text: string): Policy {
  const result = parsePolicy(text, POLICY_WORDS);
  if (result.kind === 'policy') return result.policy;
  throw new Error(JSON.stringify(result.problems));
}

const MORE = new Map([['hosts', ['b.example', "it's"]]]);

describe('extendText()', () => {
  it.each([
    ['no lists', 'version: 1\nname: own\nrules: []\n'],
    ['no end of the last line', 'version: 1\nrules: []\nname: own'],
    [
      'lists in a block',
      'version: 1\nname: own\nlists:\n  # why\n  hosts:\n    - a.example\n\n  other: []\nrules: []\n',
    ],
    ['lists in one line', 'version: 1\nname: own\nlists: { hosts: [a.example] }\nrules: []\n'],
    ['lists at the end', 'version: 1\nname: own\nrules: []\nlists:\n  hosts: [a.example]\n'],
    ['dollars', 'version: 1\nname: own\nlists: { hosts: ["$&", "$1"] }\nrules: []\n'],
  ])('adds to a policy with %s, and the text is that policy', (_, text) => {
    const before = policy(text);
    const after = extendText(text, before, MORE);
    expect(isSamePolicy(policy(after ?? ''), extendPolicy(before, MORE))).toBe(true);
  });

  it('finds no place in a policy that is written as JSON', () => {
    const text = '{"version":1,"name":"own","rules":[]}';
    expect(extendText(text, policy(text), MORE)).toBeNull();
  });
});

describe('diffTexts()', () => {
  it('shows what went and what came', () => {
    expect(diffTexts('a\nb\nc', 'a\nx\nb\nc')).toEqual({ removed: [], added: ['x'] });
    expect(diffTexts('a\nb\nc', 'a\nc')).toEqual({ removed: ['b'], added: [] });
    expect(diffTexts('a', 'a')).toEqual({ removed: [], added: [] });
  });
});
