import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compilePolicy, parsePolicy, printPolicy, type Vocabulary } from '../src/index.ts';
import { readPack } from './support/vectors.ts';
import { viewOf } from './support/views.ts';

type Words = { readonly POLICY_WORDS: Vocabulary };

/** The words of the house. Named in a variable: this package must not depend on the contract to be built. */
const CONTRACT = '../../contract/src/index.ts';

async function houseVocabulary(): Promise<Vocabulary> {
  const words = (await import(CONTRACT)) as Words;
  return words.POLICY_WORDS;
}

const PACKS = readdirSync(new URL('../../../policies/', import.meta.url)).filter((name) =>
  name.endsWith('.yaml'),
);

describe('policies/', () => {
  it.each(PACKS)('%s loads with the words of the house and all its examples hold', async (name) => {
    const vocabulary = await houseVocabulary();
    const result = parsePolicy(readPack(name), vocabulary);
    expect(result.kind === 'refused' ? result.problems : []).toEqual([]);
    if (result.kind !== 'policy') return;
    expect(parsePolicy(printPolicy(result.policy), vocabulary)).toEqual(result);
  });

  it('baseline.yaml blocks what no rule names', async () => {
    const result = parsePolicy(readPack('baseline.yaml'), await houseVocabulary());
    if (result.kind !== 'policy') throw new Error('refused');
    const { judge } = compilePolicy(result.policy);
    for (const effect of ['DEPLOY', 'SPEND_MONEY', 'ESCALATE_PRIVILEGE', 'EXECUTE_CODE', 'PERSIST']) {
      expect(judge(viewOf({ effects: [effect] })).verdict).toBe('BLOCK');
    }
  });
});
