import type { Scope } from '@writ/contract';
import { authenticate, type Authenticated, findCredential } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { registerPrincipal } from '../support/acts.ts';
import { ADMIN, AGENT, hash, idOf, NS, openWorld, START_MS, type World } from '../support/world.ts';

const KEY = idOf('key', 'one');
const RIGHT = hash('the right access key');
const WRONG = hash('another access key');
const END_MS = START_MS + 60_000;
const UNKNOWN: Authenticated = { kind: 'refused', code: 'UNAUTHENTICATED' };
const same = (one: string, other: string): boolean => one === other;

function worldWith(scopes: readonly Scope[] = ['propose', 'commit']): World {
  const world = openWorld();
  const credential = { id: KEY, principal: AGENT, digest: RIGHT, scopes, expires_at: END_MS };
  world.run({ kind: 'register_credential', by: ADMIN, ns: NS, ...credential });
  return world;
}

function show({ state, now_ms }: World, digest: string = RIGHT, id: string = KEY): Authenticated {
  return authenticate(state, { id, digest }, now_ms, same);
}

function disable(world: World): void {
  world.run({ kind: 'disable_principal', by: ADMIN, ns: NS, principal: AGENT });
}

describe('authenticate()', () => {
  it('authenticate() says for whom and with which scopes when the digest is right', () => {
    const known = { kind: 'known', credential: KEY, principal: AGENT, scopes: ['commit', 'propose'] };
    expect(show(worldWith())).toEqual(known);
  });

  it('authenticate() refuses another digest, an unknown id, and the digest that stands for nobody', () => {
    const world = worldWith();
    expect(show(world, WRONG)).toEqual(UNKNOWN);
    expect(show(world, RIGHT, idOf('key', 'none'))).toEqual(UNKNOWN);
    expect(show(world, 'A'.repeat(43), idOf('key', 'none'))).toEqual(UNKNOWN);
    expect(show(world, RIGHT, '__proto__')).toEqual(UNKNOWN);
  });

  it.each([
    { what: 'the credential is known', id: KEY },
    { what: 'it is not', id: idOf('key', 'none') },
  ])('authenticate() compares two whole digests once when $what', ({ id }) => {
    const { state, now_ms } = worldWith();
    const compared: (readonly [number, number])[] = [];
    const counting = (one: string, other: string): boolean => {
      compared.push([one.length, other.length]);
      return false;
    };
    authenticate(state, { id, digest: WRONG }, now_ms, counting);
    expect(compared).toEqual([[43, 43]]);
  });

  it('authenticate() holds until the moment at which it expires', () => {
    const world = worldWith();
    world.now_ms = END_MS - 1;
    expect(show(world)).toMatchObject({ kind: 'known' });
    world.now_ms = END_MS;
    expect(show(world)).toEqual(UNKNOWN);
  });

  it('authenticate() holds until the end that was brought nearer, and not for a clock that is behind', () => {
    const world = worldWith();
    world.run({ kind: 'end_credential', by: ADMIN, ns: NS, credential: KEY, at: START_MS + 1_000 });
    world.now_ms += 999;
    expect(show(world)).toMatchObject({ kind: 'known' });
    world.now_ms += 1;
    expect(show(world)).toEqual(UNKNOWN);
    world.run({ kind: 'clock', id: idOf('clk', '1'), from: 0, to: 0 });
    expect(authenticate(world.state, { id: KEY, digest: RIGHT }, 0, same)).toEqual(UNKNOWN);
    expect(findCredential(world.state, KEY, 0)).toBeNull();
  });

  it('authenticate() says that the principal is disabled or expired only to who has the secret', () => {
    const world = worldWith();
    disable(world);
    expect(show(world)).toEqual({ kind: 'refused', code: 'PRINCIPAL_DISABLED' });
    expect(show(world, WRONG)).toEqual(UNKNOWN);
    registerPrincipal(world, AGENT, { expires_at: START_MS + 10 });
    expect(show(world)).toMatchObject({ kind: 'known' });
    world.now_ms = START_MS + 10;
    expect(show(world)).toEqual({ kind: 'refused', code: 'PRINCIPAL_EXPIRED' });
    expect(show(world, WRONG)).toEqual(UNKNOWN);
  });

  it('authenticate() gives the scopes that credential and principal have both, now', () => {
    const world = worldWith();
    registerPrincipal(world, AGENT, { scopes: ['propose', 'outcome'] });
    expect(show(world)).toMatchObject({ scopes: ['propose'] });
    registerPrincipal(world, AGENT, { scopes: [] });
    expect(show(world)).toMatchObject({ kind: 'known', scopes: [] });
    registerPrincipal(world, AGENT, { scopes: ['commit', 'outcome', 'propose', 'read'] });
    expect(show(world)).toMatchObject({ scopes: ['commit', 'propose'] });
  });
});
