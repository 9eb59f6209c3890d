import type { Answer, Command, Scope } from '@writ/contract';
import { findCredential, limits } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { lastHead, registerPrincipal } from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  ALICE,
  BOB,
  commitOf,
  hash,
  HOME,
  idOf,
  NS,
  openWorld,
  proposal,
  START_MS,
  type World,
} from '../support/world.ts';

type Register = Extract<Command, { readonly kind: 'register_credential' }>;

const DAY_MS = 86_400_000;
const KEY = idOf('key', 'one');
const GOVERNOR = idOf('prn', 'governor');

function registering(change: Partial<Register> = {}): Register {
  return {
    kind: 'register_credential',
    id: KEY,
    by: ADMIN,
    ns: NS,
    principal: AGENT,
    digest: hash('an access key'),
    scopes: ['propose', 'commit'],
    expires_at: START_MS + DAY_MS,
    ...change,
  };
}

function end(
  world: World,
  at: number,
  change: { by?: string; ns?: string; credential?: string } = {},
): Answer {
  return world.run({ kind: 'end_credential', by: ADMIN, ns: NS, credential: KEY, at, ...change });
}

/** Any record, so that time passes in the log. */
function pass(world: World, passed_ms: number): void {
  world.now_ms += passed_ms;
  world.run({ kind: 'clock', id: idOf('clk', String(world.counter)), from: 0, to: 0 });
}

function registered(): World {
  const world = openWorld();
  expect(world.run(registering())).toMatchObject({ kind: 'done', id: KEY });
  return world;
}

describe('register_credential', () => {
  it('register_credential keeps digest, sorted scopes and end, and the head says nothing of them', () => {
    const world = registered();
    expect(world.state.credentials.get(KEY)).toEqual({
      id: KEY,
      principal: AGENT,
      digest: hash('an access key'),
      scopes: ['commit', 'propose'],
      expires_at: START_MS + DAY_MS,
      ends_at: null,
    });
    expect(lastHead(world)).toMatchObject({ kind: 'credential', change: 'register', id: KEY, ns: NS });
    expect(world.records.at(-1)?.head).not.toContain(hash('an access key'));
    expect(world.records.at(-1)?.sealed).toBeNull();
  });

  it.each<{ reason: string; change: Partial<Register> }>([
    { reason: "a scope is not the principal's", change: { scopes: ['propose', 'read'] } },
    { reason: 'a scope is for people only', change: { scopes: ['govern'] } },
    { reason: 'a scope is none', change: { scopes: ['everything' as Scope] } },
    { reason: 'a scope stands twice', change: { scopes: ['propose', 'propose'] } },
    { reason: 'it could do nothing', change: { scopes: [] } },
    { reason: 'it ends now', change: { expires_at: START_MS } },
    { reason: 'it ended', change: { expires_at: START_MS - 1 } },
    { reason: 'it lasts too long', change: { expires_at: START_MS + limits.CREDENTIAL_LIFE_MAX_MS + 1 } },
    { reason: 'its end never comes', change: { expires_at: Infinity } },
    { reason: 'its end is no time', change: { expires_at: Number.NaN } },
    { reason: 'its end is a fraction', change: { expires_at: START_MS + 1.5 } },
    { reason: 'its id is of another kind', change: { id: idOf('prn', 'x') } },
    { reason: 'its digest is none', change: { digest: 'short' } },
    { reason: 'its digest has spare bits', change: { digest: `${'A'.repeat(42)}B` } },
  ])('register_credential refuses with INVALID_COMMAND when $reason', ({ change }) => {
    const world = openWorld();
    expect(world.run(registering(change))).toMatchObject({ kind: 'refused', code: 'INVALID_COMMAND' });
    expect(world.state.credentials.size).toBe(0);
  });

  it('register_credential takes the longest life that there is', () => {
    const expires_at = START_MS + limits.CREDENTIAL_LIFE_MAX_MS;
    expect(openWorld().run(registering({ expires_at }))).toMatchObject({ kind: 'done' });
  });

  it('register_credential refuses for whom there is not, who is elsewhere, disabled or expired', () => {
    const world = openWorld();
    expect(world.run(registering({ principal: idOf('prn', 'none') }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(world.run(registering({ principal: ADMIN }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(world.run(registering({ ns: idOf('ns', 'other') }))).toMatchObject({ code: 'NOT_FOUND' });
    registerPrincipal(world, AGENT, { expires_at: START_MS });
    expect(world.run(registering())).toMatchObject({ code: 'PRINCIPAL_EXPIRED' });
    world.run({ kind: 'disable_principal', by: ADMIN, ns: NS, principal: AGENT });
    expect(world.run(registering())).toMatchObject({ code: 'PRINCIPAL_DISABLED' });
    expect(world.state.credentials.size).toBe(0);
  });

  it.each([AGENT, ALICE])(
    'register_credential and end_credential need one who governs, which %s is not',
    (by) => {
      const world = registered();
      const refused = { kind: 'refused', code: 'INSUFFICIENT_AUTHORITY' };
      expect(world.run(registering({ id: idOf('key', 'two'), by }))).toMatchObject(refused);
      expect(end(world, 0, { by })).toMatchObject({ kind: 'repeat', code: 'INSUFFICIENT_AUTHORITY' });
      expect([...world.state.credentials.keys()]).toEqual([KEY]);
    },
  );

  it('register_credential is for a governor of that namespace, or of the cell, and for oneself too', () => {
    const world = openWorld();
    registerPrincipal(world, GOVERNOR, { kind: 'human', scopes: ['govern'], effects: [] });
    const by = GOVERNOR;
    const one = registering({ by, principal: GOVERNOR, scopes: ['govern'] });
    expect(world.run(one)).toMatchObject({ kind: 'done' });
    expect(world.run(registering({ id: idOf('key', 'agents'), by }))).toMatchObject({ kind: 'done' });
    const other = registering({
      id: idOf('key', 'operators'),
      ns: HOME,
      principal: ADMIN,
      scopes: ['govern'],
    });
    expect(world.run({ ...other, by })).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
    expect(world.run(other)).toMatchObject({ kind: 'done' });
  });

  it('register_credential refuses an id that is there, whoever it is for', () => {
    const world = registered();
    const again = registering({ principal: ALICE, scopes: ['approve'], digest: hash('another') });
    expect(world.run(again)).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(world.state.credentials.get(KEY)).toMatchObject({ principal: AGENT });
  });

  it('register_credential gives one principal as many as it may have, and another when one has ended', () => {
    const world = openWorld();
    for (let at = 0; at < limits.CREDENTIALS_PER_PRINCIPAL_MAX; at += 1)
      expect(world.run(registering({ id: idOf('key', `n${at}`) }))).toMatchObject({ kind: 'done' });
    expect(world.run(registering())).toMatchObject({ code: 'CAPACITY' });
    const forAlice = registering({ id: idOf('key', 'a'), principal: ALICE, scopes: ['approve'] });
    expect(world.run(forAlice)).toMatchObject({ kind: 'done' });
    end(world, world.now_ms + 1_000, { credential: idOf('key', 'n0') });
    world.now_ms += 999;
    expect(world.run(registering())).toMatchObject({ code: 'CAPACITY' });
    world.now_ms += 1;
    expect(world.run(registering())).toMatchObject({ kind: 'done' });
  });

  it('register_credential refuses with CAPACITY when the cell holds as many as it may', () => {
    const world = registered();
    const one = world.state.credentials.get(KEY);
    if (one === undefined) throw new TypeError('no credential');
    for (let at = 1; at < limits.CREDENTIALS_MAX; at += 1)
      world.state.credentials.set(`key/${at}`, { ...one, principal: BOB });
    expect(world.run(registering({ id: idOf('key', 'two') }))).toMatchObject({ code: 'CAPACITY' });
    world.state.credentials.delete('key/1');
    expect(world.run(registering({ id: idOf('key', 'two') }))).toMatchObject({ kind: 'done' });
  });
});

describe('end_credential', () => {
  it.each([0, START_MS - 1, START_MS])('end_credential ends at once when the time is %i', (at) => {
    const world = registered();
    expect(end(world, at)).toMatchObject({ kind: 'done', id: KEY });
    expect(lastHead(world)).toMatchObject({ kind: 'credential', change: 'end', id: KEY });
    expect(world.state.credentials.has(KEY)).toBe(false);
    expect(end(world, at)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('end_credential lets it go on until then, and brings the end nearer only', () => {
    const world = registered();
    const noon = START_MS + 60_000;
    expect(end(world, noon)).toMatchObject({ kind: 'done' });
    expect(world.state.credentials.get(KEY)).toMatchObject({ ends_at: noon, expires_at: START_MS + DAY_MS });
    expect(end(world, noon)).toMatchObject({ code: 'INVALID_COMMAND' });
    world.now_ms += 10_001;
    expect(end(world, noon + 1)).toMatchObject({ code: 'INVALID_COMMAND' });
    expect(end(world, noon - 1)).toMatchObject({ kind: 'done' });
    expect(findCredential(world.state, KEY, noon - 2)).not.toBeNull();
    expect(findCredential(world.state, KEY, noon - 1)).toBeNull();
  });

  it.each([START_MS + DAY_MS, Infinity, Number.NaN, -1, 0.5])(
    'end_credential refuses with INVALID_COMMAND the time %d',
    (at) => {
      const world = registered();
      expect(end(world, at)).toMatchObject({ code: 'INVALID_COMMAND' });
      expect(world.state.credentials.get(KEY)).toMatchObject({ ends_at: null });
    },
  );

  it('end_credential finds nothing under another namespace or id, and nothing that has expired', () => {
    const world = registered();
    expect(end(world, 0, { ns: HOME })).toMatchObject({ code: 'NOT_FOUND' });
    expect(end(world, 0, { credential: idOf('key', 'x') })).toMatchObject({ code: 'NOT_FOUND' });
    world.now_ms += DAY_MS;
    expect(end(world, 0)).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('evicting credentials', () => {
  it('apply() forgets an expired one by record time, at the latest an hour later', () => {
    const world = registered();
    pass(world, DAY_MS - 1);
    expect(world.state.credentials.size).toBe(1);
    pass(world, limits.CREDENTIAL_SWEEP_MS);
    expect(world.state.credentials.size).toBe(0);
  });

  it('apply() forgets one whose end was brought nearer, and keeps the others', () => {
    const world = registered();
    world.run(registering({ id: idOf('key', 'two') }));
    end(world, START_MS + 1_000);
    pass(world, limits.CREDENTIAL_SWEEP_MS);
    expect([...world.state.credentials.keys()]).toEqual([idOf('key', 'two')]);
  });

  it('erasing a namespace ends the credentials of its principals and no others', () => {
    const world = registered();
    const operators = registering({ id: idOf('key', 'op'), ns: HOME, principal: ADMIN, scopes: ['govern'] });
    world.run(operators);
    const subject = { kind: 'namespace' } as const;
    world.run({ kind: 'erase', id: idOf('ers', '1'), by: ADMIN, ns: NS, subject });
    expect([...world.state.credentials.keys()]).toEqual([idOf('key', 'op')]);
    expect(world.run(registering())).toMatchObject({ code: 'NAMESPACE_ERASED' });
  });

  it('a credential is nothing that a decision reads: a writ is spent whatever became of it', () => {
    const world = registered();
    world.run(proposal());
    end(world, 0);
    world.run(registering({ id: idOf('key', 'two') }));
    expect(world.run(commitOf(world, proposal()))).toMatchObject({ kind: 'spent' });
  });
});
