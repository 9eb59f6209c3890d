import { commit, eraseAction, propose, registerNamespace } from '@writ/cell';
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

const ARGS = { path: 'notes.md' };

function commitOf(world: CellWorld, id: string) {
  return { by: world.agent, id, attempt: 'x', target: null, args_text: printJson(ARGS), scene: null };
}

describe('eraseAction()', () => {
  it('eraseAction() destroys the part of an action, and its writ is never spent', async () => {
    const world = await freshWorld();
    const { cell, ns, settings } = world;
    const decided = await propose(cell, proposalOf(world, ARGS));
    const index = decided.proven?.index ?? -1;
    const erased = await eraseAction(cell, { by: settings.operator, ns, index });
    expect(erased.answer).toMatchObject({ kind: 'done' });
    expect((await commit(cell, commitOf(world, decided.id))).answer).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each([
    { reason: 'a record of another namespace', at: (index: number) => index },
    { reason: 'a record that is not there yet', at: (index: number) => index + 1_000 },
    { reason: 'no index at all', at: () => -1 },
    { reason: 'half an index', at: (index: number) => index + 0.5 },
  ])('eraseAction() touches nothing that is not of the namespace it is for: $reason', async ({ at }) => {
    const world = await freshWorld();
    const { cell, settings } = world;
    const by = settings.operator;
    const other = await registerNamespace(cell, { by, ns: null, budgets: [] });
    const decided = await propose(cell, proposalOf(world, ARGS));
    const index = at(decided.proven?.index ?? 0);
    await expect(eraseAction(cell, { by, ns: other.ns, index })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const again = await world.reopen();
    worlds[0] = again;
    expect((await commit(again.cell, commitOf(again, decided.id))).answer).toMatchObject({ kind: 'spent' });
  });
});
