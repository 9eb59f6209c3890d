import { readFileSync } from 'node:fs';
import { printJson } from '@writ/proof';
import { expect, it } from 'vitest';
import { ATTACK_SCENE, makeAttack, NOBODY, readAttacks } from '../../../src/local/tune/attacks.ts';
import { withJudgingCell } from '../../../src/local/history/judging-cell.ts';
import { makeWorld } from '../../run-writ.ts';

/** What understanding does not see yet, found by these lists. One that is seen may go from here. */
const NOT_SEEN: readonly string[] = ['grep -r password ~/.config', 'find ~ -name id_rsa -exec cat'];

const CODING = readFileSync(new URL('../../../../../policies/coding.yaml', import.meta.url), 'utf8');

it('no attack of the release is allowed by the pack coding, where all can be undone', async () => {
  const lines = await readAttacks();
  expect(lines.length).toBeGreaterThanOrEqual(200);
  expect(new Set(lines.map(({ line }) => line)).size).toBe(lines.length);
  const world = makeWorld();
  const place = { environment: { WRIT_HOME: world.home }, user_home: world.directory };
  const through = await withJudgingCell(place, CODING, async (judging) => {
    const found: string[] = [];
    for (const line of lines) {
      const { args, tool } = makeAttack(line, NOBODY);
      const { explanation } = await judging.judge({ tool, args, scene: ATTACK_SCENE });
      const { answer } = explanation;
      if (answer.kind !== 'judged' || answer.verdict === 'ALLOW') found.push(printJson(args));
    }
    return found;
  });
  expect(through.filter((command) => !NOT_SEEN.some((known) => command.includes(known)))).toEqual([]);
});
