import { limits } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { freeze, lastHead, registerPrincipal, thaw } from '../support/acts.ts';
import { ADMIN, AGENT, ALICE, HOME, idOf, NS, openWorld, tagOf } from '../support/world.ts';

const SPACE = { scope: 'namespace', ns: NS } as const;

describe('freeze and thaw', () => {
  it('freeze is done by whoever holds the scope in that namespace, also twice', () => {
    const world = openWorld();
    expect(freeze(world, SPACE, ALICE)).toMatchObject({ kind: 'done' });
    expect(freeze(world, SPACE, ALICE)).toMatchObject({ kind: 'done' });
    expect(lastHead(world)).toMatchObject({ kind: 'freeze', scope: 'namespace', ns: NS });
  });

  it('freeze may be given to an agent, thaw may not', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { scopes: ['propose', 'freeze'] });
    expect(freeze(world, SPACE, AGENT)).toMatchObject({ kind: 'done' });
    expect(thaw(world, SPACE, AGENT)).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
  });

  it.each([
    { scope: { scope: 'all' } as const, what: 'everything' },
    { scope: { scope: 'namespace', ns: HOME } as const, what: 'another namespace' },
    { scope: { scope: 'session', ns: HOME, session: tagOf('s') } as const, what: 'a session elsewhere' },
    { scope: { scope: 'principal', principal: ADMIN } as const, what: 'a principal elsewhere' },
    { scope: { scope: 'principal', principal: idOf('prn', 'no') } as const, what: 'nobody known' },
    { scope: { scope: 'effect', ns: HOME, effect: 'DEPLOY' } as const, what: 'an effect elsewhere' },
  ])('freeze of $what is refused to one of another namespace and open to the operators', ({ scope }) => {
    const world = openWorld();
    expect(freeze(world, scope, ALICE)).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
    expect(world.state.freezes.size).toBe(0);
    expect(freeze(world, scope)).toMatchObject({ kind: 'done' });
    expect(thaw(world, scope, ALICE)).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
  });

  it('thaw needs more than the prompt of the host, and something frozen', () => {
    const world = openWorld();
    expect(thaw(world, SPACE)).toMatchObject({ code: 'NOT_FOUND' });
    freeze(world, SPACE);
    expect(thaw(world, SPACE, ALICE, 'p0')).toMatchObject({ code: 'PROOF_OF_PERSON_TOO_WEAK' });
    for (const none of ['', 'p9', 'P1', null] as unknown as 'p0'[]) {
      expect(thaw(world, SPACE, ALICE, none)).not.toMatchObject({ kind: 'done' });
    }
    expect(world.state.freezes.get(`namespace:${NS}`)?.frozen).toBe(true);
    world.now_ms += 10_000;
    expect(thaw(world, SPACE, ALICE, 'p1')).toMatchObject({ kind: 'done' });
    expect(thaw(world, SPACE, ALICE, 'p1')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('freeze refuses with CAPACITY when too many scopes are known, but never for everything', () => {
    const world = openWorld();
    for (let at = 0; at < limits.FREEZES_MAX; at += 1) {
      world.state.freezes.set(`session:${NS}/${at}`, { version: 1, frozen: false });
    }
    expect(freeze(world, SPACE)).toMatchObject({ code: 'CAPACITY' });
    expect(freeze(world, { scope: 'all' })).toMatchObject({ kind: 'done' });
  });
});
