import { authenticateKey, endCredential, registerCredential, registerPrincipal, submit } from '@writ/cell';
import type { Authenticated } from '@writ/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CellWorld, createWorld } from '../cell/world.ts';

const DAY_MS = 86_400_000;
const UNKNOWN: Authenticated = { kind: 'refused', code: 'UNAUTHENTICATED' };

let world: CellWorld;
let key = '';
let credential = '';

beforeAll(async () => {
  world = await createWorld();
  ({ access_key: key, credential } = await issue());
});

afterAll(async () => {
  await world.destroy();
});

async function issue(principal: string = world.agent) {
  const { settings, ns, cell } = world;
  const scopes = ['propose', 'commit'] as const;
  const expires_at = Date.now() + DAY_MS;
  const made = await registerCredential(cell, { by: settings.operator, ns, principal, scopes, expires_at });
  return { credential: made.credential, access_key: made.access_key ?? '' };
}

const show = (text: string): Authenticated => authenticateKey(world.cell, text);

/** The same key with another character at a place. */
function turned(text: string, at: number): string {
  const place = at < 0 ? text.length + at : at;
  return `${text.slice(0, place)}${text[place] === '0' ? '1' : '0'}${text.slice(place + 1)}`;
}

describe('authenticateKey()', () => {
  it('authenticateKey() says who speaks and with which scopes when the key is whole and right', () => {
    const known = { kind: 'known', credential, principal: world.agent, scopes: ['commit', 'propose'] };
    expect(show(key)).toEqual(known);
  });

  it('authenticateKey() refuses the right id with a wrong secret, wherever it is wrong', async () => {
    for (const at of [30, 50, -1]) expect(show(turned(key, at))).toEqual(UNKNOWN);
    const { access_key: other } = await issue();
    expect(show(`${key.slice(0, 30)}${other.slice(30)}`)).toEqual(UNKNOWN);
    expect(show(other)).toMatchObject({ kind: 'known' });
  });

  it('authenticateKey() refuses an unknown id with a secret of another', () => {
    expect(show(turned(key, 20))).toEqual(UNKNOWN);
  });

  it.each<{ reason: string; spell: (text: string) => string }>([
    { reason: 'is empty', spell: () => '' },
    { reason: 'is cut off at its end', spell: (text) => text.slice(0, -1) },
    { reason: 'is the id alone', spell: (text) => text.slice(0, 29) },
    { reason: 'has a character more', spell: (text) => `${text}0` },
    { reason: 'is in upper case', spell: (text) => text.toUpperCase() },
    {
      reason: 'has its secret in upper case',
      spell: (text) => text.slice(0, 30) + text.slice(30).toUpperCase(),
    },
    { reason: 'holds a letter that the alphabet leaves out', spell: (text) => `${text.slice(0, -1)}u` },
    { reason: 'holds a letter beyond ASCII', spell: (text) => `${text.slice(0, -1)}\u0430` },
    { reason: 'has a newline at its end', spell: (text) => `${text.slice(0, -1)}\n` },
    { reason: 'has a scheme before it', spell: (text) => `Bearer ${text}` },
    { reason: 'is a million characters', spell: (text) => text.repeat(1 + 1_000_000 / text.length) },
    { reason: 'is a million characters after the right key', spell: (text) => text + 'a'.repeat(1_000_000) },
  ])('authenticateKey() refuses before it looks anything up when the text $reason', ({ spell }) => {
    let asked = 0;
    const state = () => {
      asked += 1;
      return world.cell.running.state();
    };
    const running = { ...world.cell.running, state };
    expect(authenticateKey({ running, now_ms: world.cell.now_ms }, spell(key))).toEqual(UNKNOWN);
    expect(asked).toBe(0);
  });

  it('authenticateKey() refuses an ended and an expired one', async () => {
    const { settings, ns, cell } = world;
    const { access_key, credential: id } = await issue();
    const later = { ...cell, now_ms: () => Date.now() + DAY_MS + 60_000 };
    expect(authenticateKey(later, access_key)).toEqual(UNKNOWN);
    expect(show(access_key)).toMatchObject({ kind: 'known' });
    await endCredential(cell, { by: settings.operator, ns, credential: id, at: 0 });
    expect(show(access_key)).toEqual(UNKNOWN);
  });

  it('authenticateKey() lets old and new work until the old one ends', async () => {
    const { settings, ns, cell } = world;
    const [old, next] = [await issue(), await issue()];
    const at = Date.now() + 3_600_000;
    await endCredential(cell, { by: settings.operator, ns, credential: old.credential, at });
    expect([show(old.access_key), show(next.access_key)]).toMatchObject([
      { kind: 'known' },
      { kind: 'known' },
    ]);
    const then = { ...cell, now_ms: () => at };
    expect(authenticateKey(then, old.access_key)).toEqual(UNKNOWN);
    expect(authenticateKey(then, next.access_key)).toMatchObject({ kind: 'known' });
  });

  it('authenticateKey() asks the principal: its end, and the scopes it still has', async () => {
    const { settings, ns, cell, agent } = world;
    const by = settings.operator;
    const definition = cell.running.state().principals.get(agent)?.definition;
    if (definition === undefined) throw new TypeError('no agent');
    const named = { by, ns, principal: null, name: 'other' };
    const { principal } = await registerPrincipal(cell, { ...named, definition });
    const { access_key } = await issue(principal);
    const narrower = { ...definition, scopes: ['propose', 'outcome'] as const };
    await registerPrincipal(cell, { ...named, principal, definition: narrower });
    expect(show(access_key)).toMatchObject({ kind: 'known', principal, scopes: ['propose'] });
    await submit(cell, { kind: 'disable_principal', by, ns, principal });
    expect(show(access_key)).toEqual({ kind: 'refused', code: 'PRINCIPAL_DISABLED' });
    expect(show(turned(access_key, -1))).toEqual(UNKNOWN);
    const expires_at = Date.now() + 60_000;
    await registerPrincipal(cell, { ...named, principal, definition: { ...definition, expires_at } });
    const then = { ...cell, now_ms: () => expires_at };
    expect(authenticateKey(then, access_key)).toEqual({ kind: 'refused', code: 'PRINCIPAL_EXPIRED' });
  });
});
