import { commit, propose } from '@writ/cell';
import { printJson } from '@writ/proof';
import { afterEach, describe, expect, it } from 'vitest';
import { type CellWorld, createWorld, proposalOf } from './world.ts';

const worlds: CellWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.destroy();
});

async function freshWorld(): Promise<CellWorld> {
  const world = await createWorld();
  worlds.push(world);
  return world;
}

describe('a cell that is told nonsense', () => {
  it.each([
    { reason: 'characters of several bytes', id: 'act_\u2603' },
    { reason: 'words for other eyes', id: 'mail me: canary@example.org' },
  ])(
    'commit() of what is no id leaves no trace of it, and the cell starts again: $reason',
    async ({ id }) => {
      const world = await freshWorld();
      const before = world.cell.running.durableSize();
      const request = {
        by: world.agent,
        id,
        attempt: 'x',
        target: null,
        args_text: printJson({}),
        scene: null,
      };
      expect((await commit(world.cell, request)).answer).toMatchObject({ code: 'INVALID_COMMAND' });
      for (let index = before; index < world.cell.running.durableSize(); index += 1) {
        expect(await world.cell.readHead(index)).not.toContain(id);
      }
      const again = await world.reopen();
      worlds[0] = again;
      expect((await propose(again.cell, proposalOf(again, {}))).answer).toMatchObject({ verdict: 'ALLOW' });
    },
  );
});
