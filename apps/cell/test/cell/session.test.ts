import { propose, registerPrincipal, sessionOf, submit } from '@writ/cell';
import { afterEach, describe, expect, it } from 'vitest';
import { type CellWorld, createWorld, proposalOf } from './world.ts';

const worlds: CellWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.destroy();
});

/** A world with a second agent, and a third that acts on the account of the first one. */
async function crowdedWorld(): Promise<CellWorld & { readonly other: string; readonly child: string }> {
  const world = await createWorld();
  worlds.push(world);
  const { cell, ns, settings, agent } = world;
  const definition = cell.running.state().principals.get(agent)?.definition;
  if (definition === undefined) throw new TypeError('no agent');
  const add = async (name: string, root: string | null): Promise<string> => {
    const change = { definition: { ...definition, root }, principal: null, name, ns };
    return (await registerPrincipal(cell, { ...change, by: settings.operator })).principal;
  };
  return { ...world, other: await add('other', null), child: await add('child', agent) };
}

describe('a session', () => {
  it('is that of the root of a delegation: another agent with the same label counts in its own', async () => {
    const { cell, agent, other, child } = await crowdedWorld();
    for (const by of [agent, agent, child, other]) {
      await propose(cell, proposalOf({ agent: by }, { path: 'a' }, { session: 'work' }));
    }
    const allowedOf = (by: string): number | undefined =>
      cell.running.state().sessions.get(sessionOf(cell, by, 'work'))?.allowed;
    expect([agent, child, other].map(allowedOf)).toEqual([3, 3, 1]);
  });

  it('that is frozen stops its root and who acts for it, under that label alone', async () => {
    const { cell, ns, person, agent, other, child } = await crowdedWorld();
    const scope = { scope: 'session', ns, session: sessionOf(cell, agent, 'work') } as const;
    await submit(cell, { kind: 'freeze', id: cell.mint.id('frz'), by: person, scope });
    const codeOf = async (by: string, session: string): Promise<unknown> => {
      const { answer } = await propose(cell, proposalOf({ agent: by }, { path: 'b' }, { session }));
      return 'code' in answer ? answer.code : null;
    };
    expect(await codeOf(agent, 'work')).toBe('LOCKED');
    expect(await codeOf(child, 'work')).toBe('LOCKED');
    expect(await codeOf(other, 'work')).toBe('ALLOWED');
    expect(await codeOf(agent, 'play')).toBe('ALLOWED');
  });

  it('has no owner whom nobody registered', async () => {
    const { cell } = await crowdedWorld();
    expect(() => sessionOf(cell, `prn_${'0'.repeat(26)}`, 'work')).toThrow(/^UNAUTHENTICATED/);
  });
});
