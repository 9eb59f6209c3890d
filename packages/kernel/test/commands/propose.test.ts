import { blindReference, openPart } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { lastHead, outcomeOf, registerPrincipal, standing } from '../support/acts.ts';
import {
  AGENT,
  commitOf,
  EUR,
  hash,
  idOf,
  NS,
  openWorld,
  proposal,
  RUNNER,
  START_MS,
  tagOf,
  toolDigest,
} from '../support/world.ts';

describe('propose', () => {
  it('propose answers with a writ of thirty seconds for the executor of the credential', () => {
    const world = openWorld();
    registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['commit', 'outcome'], wall: 4 });
    registerPrincipal(world, AGENT, { executor: RUNNER, wall: 1 });
    expect(world.run(proposal())).toMatchObject({ verdict: 'ALLOW', expires_at: START_MS + 30_000 });
    expect(lastHead(world)).toMatchObject({
      executor: RUNNER,
      wall: 4,
      ns: NS,
      expires_at: START_MS + 30_000,
    });
  });

  it('propose names tool and policy in the head, blinded by its salt', () => {
    const world = openWorld();
    world.run(proposal());
    const head = lastHead(world);
    const salt = String(head['salt']);
    expect(head['tool']).toBe(blindReference(hash, salt, 'tool', toolDigest('files.read')));
    const policy = world.state.namespaces.get(NS)?.policy?.policy ?? '';
    expect(head['policy']).toBe(blindReference(hash, salt, 'policy', policy));
    world.run(proposal({ name: 'b', tool: 'unknown' }));
    expect(lastHead(world)).toMatchObject({ tool: null, policy: null });
  });

  it('propose puts into the state part of a refusal neither effects nor costs', () => {
    const world = openWorld();
    const costs = [{ unit: EUR, amount: 5 }];
    world.run(proposal({ tool: 'unknown', change: { costs } }));
    expect(JSON.parse(openPart(world.records.at(-1)?.state ?? '').json)).toMatchObject({
      effects: [],
      reserved: [],
      opens: null,
      fold: `${AGENT}/${tagOf('same/unknown/a')}/UNKNOWN_TOOL`,
    });
    world.run(proposal({ name: 'b', tool: 'pay', change: { costs } }));
    expect(JSON.parse(openPart(world.records.at(-1)?.state ?? '').json)).toMatchObject({
      effects: ['SPEND_MONEY'],
      reserved: [{ amount: 5, unit: EUR }],
      fold: null,
    });
  });

  it('propose counts what is allowed and what is refused in the session', () => {
    const world = openWorld();
    for (const name of ['a', 'b']) world.run(proposal({ name }));
    world.run(proposal({ name: 'c', tool: 'unknown' }));
    world.run(proposal({ name: 'd', tool: 'deploy' }));
    expect(world.state.sessions.get(tagOf('session'))).toEqual({
      ns: NS,
      last_at: START_MS,
      allowed: 2,
      refused: 1,
      pending_tickets: 1,
    });
  });

  it('propose gives an observing door a verdict and no permission', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { wall: 0 });
    const costs = [{ unit: EUR, amount: 1 }];
    const proposed = proposal({
      tool: 'pay',
      change: { costs, claim: { attempt: tagOf('x'), target: null } },
    });
    expect(world.run(proposed)).toMatchObject({ kind: 'judged', verdict: 'ALLOW', expires_at: null });
    expect(lastHead(world)).toMatchObject({ verdict: 'ALLOW', expires_at: null, wall: 0 });
    const state: unknown = JSON.parse(openPart(world.records.at(-1)?.state ?? '').json);
    expect(state).toMatchObject({ reserved: [] });
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code: 'WRIT_UNKNOWN' });
    expect(standing(world)).toMatchObject({ reserved: 0 });
  });

  it('propose wakes nobody when the door only observes', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { wall: 0 });
    expect(world.run(proposal({ tool: 'deploy' }))).toMatchObject({ verdict: 'ESCALATE', ticket: null });
    expect(lastHead(world)).toMatchObject({ verdict: 'ESCALATE', ticket: null, wall: 0 });
    expect(world.state.tickets.size).toBe(0);
  });

  it('propose does not answer what is enforced with a refusal that was only observed', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { observes_until: world.now_ms + 1000 });
    const first = proposal({ name: 'a', tool: 'unknown' });
    const { same } = first;
    expect(world.run(first)).toMatchObject({ verdict: 'BLOCK' });
    expect(world.run(proposal({ name: 'b', tool: 'unknown', change: { same } }))).toMatchObject({
      folded: true,
    });
    world.now_ms += 1000;
    expect(world.run(proposal({ name: 'c', tool: 'unknown', change: { same } }))).toMatchObject({
      kind: 'judged',
    });
    expect(lastHead(world)).not.toMatchObject({ wall: 0 });
  });

  it('propose issues no writ while its executor is paused, and one after that by itself', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { observes_until: world.now_ms + 1000 });
    world.now_ms += 999;
    expect(world.run(proposal({ name: 'a' }))).toMatchObject({ verdict: 'ALLOW', expires_at: null });
    expect(lastHead(world)).toMatchObject({ wall: 0 });
    world.now_ms += 1;
    const { now_ms } = world;
    expect(world.run(proposal({ name: 'b' }))).toMatchObject({ expires_at: now_ms + 30_000 });
    expect(lastHead(world)).not.toMatchObject({ wall: 0 });
  });

  it('propose spends at once when it claims, as two records', () => {
    const world = openWorld();
    const { length } = world.records;
    const answer = world.run(proposal({ change: { claim: { attempt: tagOf('x'), target: 'https://t' } } }));
    expect(answer).toMatchObject({ kind: 'spent', decided_at: length, index: length + 1 });
    expect(world.records.slice(length).map((one) => (JSON.parse(one.head) as { kind: string }).kind)).toEqual(
      ['decision', 'commit'],
    );
  });

  it('propose refuses with EXECUTOR_DIFFERS when a claim is for the writ of another', () => {
    const world = openWorld();
    registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['commit', 'outcome'] });
    registerPrincipal(world, AGENT, { executor: RUNNER });
    const answer = world.run(proposal({ change: { claim: { attempt: tagOf('x'), target: null } } }));
    expect(answer).toMatchObject({ kind: 'refused', code: 'EXECUTOR_DIFFERS' });
    expect(world.state.permitted.size).toBe(0);
  });

  it('propose claims nothing when the verdict is not ALLOW', () => {
    const world = openWorld();
    const claim = { attempt: tagOf('x'), target: null };
    expect(world.run(proposal({ tool: 'deploy', change: { claim } }))).toMatchObject({ verdict: 'ESCALATE' });
    expect(world.state.committed.size).toBe(0);
  });

  it.each(['permitted', 'committed', 'finished', 'waiting'] as const)(
    'propose refuses with ALREADY_EXISTS when the id of the action is %s already',
    (stage) => {
      const world = openWorld();
      const proposed = proposal({ tool: stage === 'waiting' ? 'deploy' : 'files.read' });
      world.run(proposed);
      if (stage === 'committed' || stage === 'finished') world.run(commitOf(world, proposed));
      if (stage === 'finished') world.run(outcomeOf(proposed));
      const again = proposal({ name: 'b', change: { id: proposed.id, ticket: proposed.ticket } });
      expect(world.run(again)).toMatchObject({ kind: 'refused', code: 'ALREADY_EXISTS' });
      // A ticket whose action was meanwhile proposed again under its id is refused at release.
      const other = { ...again, ticket: idOf('tkt', 'free') };
      expect(world.run(other)).toMatchObject({ code: stage === 'waiting' ? 'ALLOWED' : 'ALREADY_EXISTS' });
    },
  );

  it('propose answers RECORD_TOO_LARGE, with a small record, when the action cannot be sealed', () => {
    const world = openWorld();
    const input = JSON.stringify('x'.repeat(50_000));
    expect(world.run(proposal({ change: { input } }))).toMatchObject({ code: 'RECORD_TOO_LARGE' });
    expect(lastHead(world)).toMatchObject({ kind: 'refusal', code: 'RECORD_TOO_LARGE', on: null });
    expect(world.state.permitted.size).toBe(0);
  });

  it('propose measures what it seals in bytes, not in characters', () => {
    const input = JSON.stringify('\u{20ac}'.repeat(20_000));
    expect(openWorld().run(proposal({ change: { input } }))).toMatchObject({ code: 'RECORD_TOO_LARGE' });
    const short = JSON.stringify('\u{20ac}'.repeat(14_000));
    expect(openWorld().run(proposal({ change: { input: short } }))).toMatchObject({ verdict: 'ALLOW' });
  });
});
