import type { Command } from '@writ/contract';
import { blindReference } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { codesOf, lastHead, outcomeOf, registerPrincipal, tick } from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  commitOf,
  hash,
  idOf,
  NS,
  openWorld,
  proposal,
  RULES,
  ruleOf,
  RUNNER,
  START_MS,
  tagOf,
} from '../support/world.ts';

describe('commit', () => {
  it('commit spends a writ for its executor, and the receipt lives thirty seconds', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    const decided_at = world.records.length - 1;
    world.now_ms += 29_999;
    expect(world.run(commitOf(world, proposed))).toMatchObject({
      kind: 'spent',
      decided_at,
      expires_at: world.now_ms + 30_000,
    });
    expect(lastHead(world)).toMatchObject({ kind: 'commit', executor: AGENT, decided_at, cnf: null });
  });

  it('commit names the key of its executor, and its target only blinded', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { cnf: hash('the key') });
    const proposed = proposal();
    world.run(proposed);
    world.run(commitOf(world, proposed));
    expect(lastHead(world)).toMatchObject({ cnf: hash('the key') });
    const { salt, target } = lastHead(world);
    expect(target).toBe(blindReference(hash, String(salt), 'target', 'https://target.test'));
    world.run(proposal({ name: 'b', change: { claim: { attempt: tagOf('x'), target: null } } }));
    expect(lastHead(world)).toMatchObject({ kind: 'commit', target: null });
  });

  it.each<{ code: string; reason: string; change: Partial<Extract<Command, { kind: 'commit' }>> }>([
    { code: 'WRIT_UNKNOWN', reason: 'nothing was permitted', change: { id: idOf('act', 'none') } },
    { code: 'ARGUMENTS_DIFFER', reason: 'the arguments differ', change: { args: hash('other') } },
    { code: 'EXECUTOR_DIFFERS', reason: 'another executor asks', change: { by: RUNNER } },
    { code: 'UNAVAILABLE', reason: 'the sealed part is not at hand', change: { recorded: null } },
    { code: 'INTERNAL', reason: 'the sealed part is another one', change: { recorded: 'x'.repeat(60) } },
    { code: 'UNAUTHENTICATED', reason: 'nobody knows the credential', change: { by: idOf('prn', 'no') } },
  ])('commit refuses with $code when $reason, and leaves the writ unspent', ({ code, change }) => {
    const world = openWorld();
    registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['commit', 'outcome'] });
    const proposed = proposal();
    world.run(proposed);
    expect(world.run({ ...commitOf(world, proposed), ...change })).toMatchObject({ kind: 'refused', code });
    expect(world.run(commitOf(world, proposed))).toMatchObject({ kind: 'spent' });
  });

  it.each([
    { code: 'INSUFFICIENT_AUTHORITY', change: { scopes: ['propose'] as const } },
    { code: 'PRINCIPAL_EXPIRED', change: { expires_at: START_MS } },
  ])('commit refuses with $code when the executor became $change', ({ code, change }) => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    registerPrincipal(world, AGENT, change);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code });
  });

  it('commit refuses with PRINCIPAL_DISABLED when the executor was disabled', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    world.run({ kind: 'disable_principal', by: ADMIN, ns: NS, principal: AGENT });
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code: 'PRINCIPAL_DISABLED' });
  });

  it('commit refuses with WRIT_EXPIRED when its time has come, and the writ is void', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    world.now_ms += 30_000;
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code: 'WRIT_EXPIRED' });
    expect(world.state.permitted.size).toBe(0);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code: 'WRIT_UNKNOWN' });
  });

  it('commit gives the same receipt to the same attempt, before and after the outcome', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    const spent = world.run(commitOf(world, proposed));
    const same = {
      kind: 'repeat',
      index: 'index' in spent ? spent.index : -1,
      id: proposed.id,
      code: 'ALLOWED',
      folded: false,
    };
    expect(world.run(commitOf(world, proposed))).toEqual(same);
    world.run(outcomeOf(proposed));
    expect(world.run(commitOf(world, proposed))).toEqual(same);
  });

  it('commit refuses with ALREADY_SPENT when another attempt or another executor asks', () => {
    const world = openWorld();
    registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['commit', 'outcome'] });
    const proposed = proposal();
    world.run(proposed);
    world.run(commitOf(world, proposed));
    expect(world.run(commitOf(world, proposed, 'other'))).toMatchObject({ code: 'ALREADY_SPENT' });
    world.run(outcomeOf(proposed));
    expect(world.run({ ...commitOf(world, proposed), by: RUNNER })).toMatchObject({ code: 'ALREADY_SPENT' });
  });

  it('commit spends once when a hundred attempts come for one writ', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    const answers = Array.from({ length: 100 }, (_, at) =>
      world.run(commitOf(world, proposed, `attempt ${at}`)),
    );
    expect(answers.filter((answer) => answer.kind === 'spent')).toHaveLength(1);
    expect(answers[0]).toMatchObject({ kind: 'spent' });
    for (const answer of answers.slice(1)) expect(answer).toMatchObject({ code: 'ALREADY_SPENT' });
    const kinds = world.records.map((record) => (JSON.parse(record.head) as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === 'commit')).toHaveLength(1);
  });
});

describe('commit, judged again', () => {
  it('commit refuses with the code of the judgment when something that is not pinned became stricter', () => {
    const when = 'has(session.refused) && session.refused > 0';
    const world = openWorld([
      ...RULES,
      ruleOf({ id: 'calm', tools: ['files.read'], verdict: 'BLOCK', when }),
    ]);
    const proposed = proposal();
    expect(world.run(proposed)).toMatchObject({ verdict: 'ALLOW' });
    world.run(proposal({ name: 'refused', tool: 'unknown' }));
    const answer = world.run(commitOf(world, proposed));
    expect(answer).toMatchObject({ kind: 'refused', code: 'RULE_BLOCK', drift: [] });
    expect(codesOf(answer)).toEqual(['RULE_BLOCK']);
    expect(world.state.permitted.size).toBe(0);
  });

  it('commit refuses what would now be asked of a person, and opens no ticket for it', () => {
    const when = 'has(session.refused) && session.refused > 0';
    const world = openWorld([
      ...RULES,
      ruleOf({ id: 'ask', tools: ['files.read'], verdict: 'ESCALATE', when }),
    ]);
    const proposed = proposal();
    world.run(proposed);
    world.run(proposal({ name: 'refused', tool: 'unknown' }));
    expect(world.run(commitOf(world, proposed))).toMatchObject({ kind: 'refused', code: 'RULE_ESCALATE' });
    expect(world.state.tickets.size).toBe(0);
  });

  it('commit does not count its own permission against rate and quota', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, {
      limits: { actions_per_minute: 1, open_writs: 1, pending_tickets: 5 },
    });
    const proposed = proposal();
    world.run(proposed);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ kind: 'spent' });
  });

  it('commit finds a writ unknown when a tick has released it', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    world.now_ms += 30_000;
    tick(world);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code: 'WRIT_UNKNOWN' });
  });
});
