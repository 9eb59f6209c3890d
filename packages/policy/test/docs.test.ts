import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePolicy, type Vocabulary } from '../src/index.ts';

const TEXT = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8');
const CONTRACT = '../../contract/src/index.ts';

/** The rules of the cookbook stand alone there; here each stands on one that allows. */
const BASE =
  'version: 1\nname: docs\nrules:\n' +
  "- {id: all, tools: ['*'], verdict: ALLOW, examples: [{tool: other, expect: ALLOW}]}\n";

const RECIPES = [...TEXT.matchAll(/^```yaml\n(- id: [^`]*)```/gm)].map((found) => found[1] ?? '');

describe('docs/policy.md', () => {
  it.each(RECIPES.map((text) => [/id: (\S+)/.exec(text)?.[1] ?? '', text]))(
    '%s loads as it stands',
    async (_, text) => {
      const { POLICY_WORDS } = (await import(CONTRACT)) as { readonly POLICY_WORDS: Vocabulary };
      const result = parsePolicy(BASE + text, POLICY_WORDS);
      expect(result.kind === 'refused' ? result.problems : []).toEqual([]);
    },
  );

  it('holds recipes', () => {
    expect(RECIPES.length).toBeGreaterThanOrEqual(5);
  });
});
