import type { FreezeScope } from '@writ/contract';
import { limits } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { freeze, lastHead, registerPrincipal, thaw } from '../support/acts.ts';
import { ADMIN, AGENT, ALICE, HOME, idOf, NS, openWorld, tagOf } from '../support/world.ts';

const SPACE = { scope: 'namespace', ns: NS } as const;

describe('freeze and thaw', () => {
  it('freeze is done by whoever holds the scope in that namespace', () => {
    const world = openWorld();
    expect(freeze(world, SPACE, ALICE)).toMatchObject({ kind: 'done' });
    expect(lastHead(world)).toMatchObject({ kind: 'freeze', scope: 'namespace', ns: NS });
  });

  it('freeze of what is frozen makes no record and names the one that stands', () => {
    const world = openWorld();
    const { size } = world.state;
    expect(freeze(world, SPACE, ALICE)).toMatchObject({ kind: 'done', index: size });
    const again = { kind: 'repeat', index: size, id: null, code: 'ALLOWED', folded: false };
    for (const by of [ALICE, ADMIN]) expect(freeze(world, SPACE, by)).toEqual(again);
    expect(freeze(world, SPACE, AGENT)).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
    expect(world.state.size).toBe(size + 2);
    thaw(world, SPACE);
    expect(freeze(world, SPACE, ALICE)).toMatchObject({ kind: 'done', index: size + 3 });
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
    expect(world.state.freezes.has(`namespace:${NS}`)).toBe(true);
    world.now_ms += 10_000;
    expect(thaw(world, SPACE, ALICE, 'p1')).toMatchObject({ kind: 'done' });
    expect(thaw(world, SPACE, ALICE, 'p1')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('thaw of what is not frozen is one record, however often it is tried', () => {
    const world = openWorld();
    const { size } = world.state;
    for (let at = 0; at < 20; at += 1) {
      const scope = { scope: 'session', ns: NS, session: tagOf(`session ${at}`) } as const;
      expect(thaw(world, scope, ALICE)).toMatchObject({ code: 'NOT_FOUND', index: size });
      expect(thaw(world, scope, ALICE, 'p0')).toMatchObject({ code: 'PROOF_OF_PERSON_TOO_WEAK' });
    }
    expect(world.state.size).toBe(size + 2);
  });

  it('thaw forgets the scope: a thousand sessions leave one number', () => {
    const world = openWorld();
    for (let at = 0; at < 1_000; at += 1) {
      const scope = { scope: 'session', ns: NS, session: tagOf(`session ${at}`) } as const;
      freeze(world, scope);
      expect(thaw(world, scope)).toMatchObject({ kind: 'done' });
    }
    expect(world.state.freezes.size).toBe(0);
    expect([...world.state.thawed]).toEqual([[NS, world.state.size - 1]]);
  });

  it('freeze refuses with CAPACITY when sessions fill the places, but never what is registered', () => {
    const world = openWorld();
    for (let at = 0; at < limits.FREEZES_MAX; at += 1) world.state.freezes.set(`session:${NS}/${at}`, 1);
    const refused: readonly FreezeScope[] = [
      { scope: 'session', ns: NS, session: tagOf('one more') },
      { scope: 'namespace', ns: idOf('ns', 'none') },
      { scope: 'principal', principal: idOf('prn', 'none') },
      { scope: 'effect', ns: NS, effect: 'NONE' as 'DEPLOY' },
      { scope: 'effect', ns: idOf('ns', 'none'), effect: 'DEPLOY' },
    ];
    for (const scope of refused) expect(freeze(world, scope)).toMatchObject({ code: 'CAPACITY' });
    const done: readonly FreezeScope[] = [
      { scope: 'all' },
      SPACE,
      { scope: 'principal', principal: AGENT },
      { scope: 'effect', ns: NS, effect: 'DEPLOY' },
    ];
    for (const scope of done) expect(freeze(world, scope)).toMatchObject({ kind: 'done' });
  });
});
