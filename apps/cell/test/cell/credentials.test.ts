import { endCredential, listCredentials, registerCredential, registerPrincipal } from '@writ/cell';
import { accessKeyDigest, sha256Base64url } from '@writ/proof';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CellWorld, createWorld } from './world.ts';

const DAY_MS = 86_400_000;
let world: CellWorld;

beforeAll(async () => {
  world = await createWorld();
});

afterAll(async () => {
  await world.destroy();
});

function requestOf(change: Partial<Parameters<typeof registerCredential>[1]> = {}) {
  const { settings, ns, agent: principal } = world;
  const expires_at = Date.now() + DAY_MS;
  return { by: settings.operator, ns, principal, scopes: ['propose'] as const, expires_at, ...change };
}

describe('registerCredential()', () => {
  it('registerCredential() gives a key whose digest is all that the state knows of it', async () => {
    const { credential, access_key, answer, proven } = await registerCredential(world.cell, requestOf());
    expect(answer).toMatchObject({ kind: 'done', id: credential });
    expect(access_key).toMatch(/^wk_[0-9a-hjkmnp-tv-z]{26}_[0-9a-hjkmnp-tv-z]{52}$/);
    expect(access_key?.slice(3, 29)).toBe(credential.slice(4));
    const held = world.cell.running.state().credentials.get(credential);
    expect(held?.digest).toBe(accessKeyDigest(sha256Base64url, access_key ?? ''));
    expect(JSON.parse(proven?.head ?? '')).toMatchObject({ kind: 'credential', change: 'register' });
    const everything = JSON.stringify([[...world.cell.running.state().credentials], proven]);
    expect(everything).not.toContain(access_key?.slice(30));
    await endCredential(world.cell, { ...requestOf(), credential, at: 0 });
  });

  it('registerCredential() draws every secret anew, from all of the alphabet', async () => {
    const secrets: string[] = [];
    for (let at = 0; at < 8; at += 1) {
      const { credential, access_key } = await registerCredential(world.cell, requestOf());
      secrets.push(access_key?.slice(30) ?? '');
      await endCredential(world.cell, { ...requestOf(), credential, at: 0 });
    }
    expect(new Set(secrets).size).toBe(8);
    // One letter of 32 is missing among 416 once in some 17,000 runs of this test; two never are.
    expect(new Set(secrets.join('')).size).toBeGreaterThanOrEqual(31);
  });

  it.each([
    { who: 'an agent', code: 'INSUFFICIENT_AUTHORITY', by: () => world.agent },
    { who: 'a person who does not govern', code: 'INSUFFICIENT_AUTHORITY', by: () => world.person },
    { who: 'nobody known', code: 'UNAUTHENTICATED', by: () => 'prn_00000000000000000000000001' },
  ])('registerCredential() gives no key to $who', async ({ code, by }) => {
    const given = await registerCredential(world.cell, requestOf({ by: by() }));
    expect(given).toMatchObject({ answer: { code }, access_key: null });
    expect(listCredentials(world.cell, world.agent)).toEqual([]);
  });
});

describe('listCredentials()', () => {
  it('listCredentials() shows what has not ended, the first to end first, and no digest', async () => {
    const { cell } = world;
    const long = await registerCredential(cell, requestOf());
    const short = await registerCredential(cell, requestOf({ expires_at: Date.now() + DAY_MS / 2 }));
    const at = Date.now() + 3_600_000;
    await endCredential(cell, { ...requestOf(), credential: long.credential, at });
    const listed = listCredentials(cell, world.agent);
    expect(listed.map(({ id }) => id)).toEqual([long.credential, short.credential]);
    expect(listed[0]).toMatchObject({ principal: world.agent, scopes: ['propose'], ends_at: at });
    expect(Object.keys(listed[0] ?? {}).sort()).toEqual([
      'ends_at',
      'expires_at',
      'id',
      'principal',
      'scopes',
    ]);
    expect(listCredentials(cell, world.person)).toEqual([]);
    for (const { id: credential } of listed) await endCredential(cell, { ...requestOf(), credential, at: 0 });
    expect(listCredentials(cell, world.agent)).toEqual([]);
  });

  it('listCredentials() shows nothing that has expired, also when no record came since', async () => {
    const definition = world.cell.running.state().principals.get(world.agent)?.definition;
    if (definition === undefined) throw new TypeError('no agent');
    const named = { by: world.settings.operator, ns: world.ns, principal: null, name: 'brief' };
    const { principal } = await registerPrincipal(world.cell, { ...named, definition });
    const expires_at = Date.now() + 60_000;
    await registerCredential(world.cell, requestOf({ principal, expires_at }));
    expect(listCredentials(world.cell, principal)).toHaveLength(1);
    expect(listCredentials({ ...world.cell, now_ms: () => expires_at }, principal)).toEqual([]);
  });
});

describe('a start', () => {
  it('credentials are there after a start: what was registered, and not what was ended', async () => {
    const kept = await registerCredential(world.cell, requestOf());
    const ended = await registerCredential(world.cell, requestOf());
    await endCredential(world.cell, { ...requestOf(), credential: ended.credential, at: 0 });
    world = await world.reopen();
    expect(listCredentials(world.cell, world.agent).map(({ id }) => id)).toEqual([kept.credential]);
  });
});
