import type { Command } from '@writ/contract';
import { blindReference, openPart } from '@writ/proof';
import { limits } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import {
  answerTo,
  lastHead,
  outcomeOf,
  registerPrincipal,
  releaseOf,
  standing,
  tick,
} from '../support/acts.ts';
import {
  AGENT,
  ALICE,
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

const keyed = (name: string, key: string, sent_at = START_MS, body = 'body') =>
  proposal({ name, change: { idempotency: { key: tagOf(key), body: tagOf(body), sent_at } } });

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

describe('propose, idempotency', () => {
  it('propose repeats its first answer for a key, without a record and without another permission', () => {
    const world = openWorld();
    const first = world.run(keyed('a', 'k'));
    const { length } = world.records;
    expect(world.run(keyed('b', 'k'))).toEqual({
      kind: 'repeat',
      index: 'index' in first ? first.index : -1,
      id: idOf('act', 'a'),
      code: 'ALLOWED',
      folded: false,
    });
    expect(world.records).toHaveLength(length);
    expect(world.state.permitted.size).toBe(1);
  });

  it('propose repeats a claimed one by its decision, and spends nothing more', () => {
    const world = openWorld();
    const claim = { attempt: tagOf('x'), target: null };
    const proposed = { ...keyed('a', 'k'), claim };
    expect(world.run(proposed)).toMatchObject({ kind: 'spent' });
    expect(world.run(proposed)).toMatchObject({ kind: 'repeat', id: proposed.id, code: 'ALLOWED' });
    expect(world.state.committed.size).toBe(1);
  });

  it('propose refuses with IDEMPOTENCY_MISMATCH when the key was used for another body', () => {
    const world = openWorld();
    world.run(keyed('a', 'k'));
    expect(world.run(keyed('b', 'k', START_MS, 'other'))).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  it('propose refuses with CAPACITY a new key when the cell remembers as many as it may', () => {
    const world = openWorld();
    const entry = {
      body: tagOf('b'),
      index: 1,
      id: idOf('act', 'x'),
      code: 'ALLOWED',
      at: START_MS,
    } as const;
    for (let at = 1; at < limits.IDEMPOTENCY_KEYS_MAX; at += 1)
      world.state.idempotency.set(`key ${at}`, entry);
    expect(world.run(keyed('a', 'k'))).toMatchObject({ verdict: 'ALLOW' });
    expect(world.run(keyed('b', 'other'))).toMatchObject({ kind: 'refused', code: 'CAPACITY' });
    expect(world.run(keyed('a', 'k'))).toMatchObject({ kind: 'repeat' });
    expect(world.run(proposal({ name: 'without' }))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('propose knows a key for its own credential only', () => {
    const world = openWorld();
    const other = idOf('prn', 'other');
    registerPrincipal(world, other, {});
    world.run(keyed('a', 'k'));
    expect(world.run({ ...keyed('b', 'k', START_MS, 'other'), by: other })).toMatchObject({
      verdict: 'ALLOW',
    });
  });

  it.each([
    { sent: -600_001, code: 'KEY_TOO_OLD' },
    { sent: -600_000, code: 'ALLOWED' },
    { sent: 60_000, code: 'ALLOWED' },
    { sent: 60_001, code: 'KEY_TOO_OLD' },
  ])('propose gives $code when the key was sent at $sent ms', ({ sent, code }) => {
    expect(openWorld().run(keyed('a', 'k', START_MS + sent))).toMatchObject({ code });
  });

  it('propose never forgets a key that it would still accept', () => {
    const world = openWorld();
    const latest = keyed('a', 'k', START_MS + 60_000);
    world.run(latest);
    for (const passed of [1, 600_000, 659_999, 660_000]) {
      world.now_ms = START_MS + passed;
      tick(world);
      world.run(proposal({ name: `evicts/${passed}` }));
      expect(world.run({ ...latest, id: idOf('act', `again/${passed}`) })).toMatchObject({ kind: 'repeat' });
    }
    world.now_ms = START_MS + 660_001;
    expect(world.run(latest)).toMatchObject({ code: 'KEY_TOO_OLD' });
  });
});

describe('propose, folding', () => {
  const refused = (name: string) => proposal({ name, tool: 'unknown', change: { same: tagOf('same') } });

  it('propose folds an identical refusal within ten seconds into the first record', () => {
    const world = openWorld();
    const first = world.run(refused('a'));
    const { length } = world.records;
    world.now_ms += 9_999;
    expect(world.run(refused('b'))).toEqual({
      kind: 'repeat',
      index: 'index' in first ? first.index : -1,
      id: null,
      code: 'UNKNOWN_TOOL',
      folded: true,
    });
    expect(world.records).toHaveLength(length);
    world.now_ms += 1;
    expect(world.run(refused('c'))).toMatchObject({ kind: 'judged', code: 'UNKNOWN_TOOL' });
  });

  it('propose folds neither another action, nor another code, nor an ALLOW', () => {
    const world = openWorld();
    world.run(refused('a'));
    const other = { ...refused('b'), same: tagOf('other') };
    expect(world.run(other)).toMatchObject({ kind: 'judged' });
    const malformed = proposal({
      name: 'c',
      judged: { check: 'malformed' },
      change: { same: tagOf('same') },
    });
    expect(world.run(malformed)).toMatchObject({ kind: 'judged', code: 'MALFORMED' });
    const allowed = proposal({ name: 'd', change: { same: tagOf('same') } });
    expect(world.run(allowed)).toMatchObject({ kind: 'judged', verdict: 'ALLOW' });
    const again = proposal({ name: 'e', change: { same: tagOf('same') } });
    expect(world.run(again)).toMatchObject({ kind: 'judged', verdict: 'ALLOW' });
  });

  it('propose folds identical refusals without a verdict too, for each principal alone', () => {
    const world = openWorld();
    const wrong = { ...commitOf(world, proposal()), args: hash('none'), recorded: null };
    expect(world.run(wrong)).toMatchObject({ kind: 'refused', code: 'WRIT_UNKNOWN' });
    expect(world.run(wrong)).toMatchObject({
      kind: 'repeat',
      code: 'WRIT_UNKNOWN',
      id: null,
      folded: true,
    });
    const other = idOf('prn', 'other');
    registerPrincipal(world, other, {});
    expect(world.run({ ...wrong, by: other })).toMatchObject({ kind: 'refused', code: 'WRIT_UNKNOWN' });
    world.now_ms += 9_999;
    expect(world.run(wrong)).toMatchObject({ kind: 'repeat', code: 'WRIT_UNKNOWN' });
    world.now_ms += 1;
    expect(world.run(wrong)).toMatchObject({ kind: 'refused', code: 'WRIT_UNKNOWN' });
  });
});

describe('propose, floods', () => {
  it.each([
    { reason: 'writs', command: { ...commitOf(openWorld(), proposal()), recorded: null } },
    {
      reason: 'tickets',
      command: { kind: 'release', by: AGENT, ticket: '', recorded: null, scene: [], claim: null },
    },
    { reason: 'what it may not do', command: { kind: 'thaw', by: AGENT, scope: { scope: 'all' } } },
  ] as const)('refusals of ids that nobody minted are one record, and none of them: $reason', (given) => {
    const world = openWorld();
    const { length } = world.records;
    for (const name of ['a', 'b', 'c', 'd']) {
      const [id, ticket] = [idOf('act', name), idOf('tkt', name)];
      world.run({ ...given.command, id, ticket } as unknown as Command); // one of them is what it names
    }
    expect(world.records).toHaveLength(length + 1);
    expect(lastHead(world)).toMatchObject({ kind: 'refusal', on: null, id: AGENT });
  });

  it('propose records refused actions one by one up to a bound, then one refusal for all', () => {
    const world = openWorld();
    const rate = 3;
    registerPrincipal(world, AGENT, {
      limits: { actions_per_minute: rate, open_writs: 100, pending_tickets: 5 },
    });
    const { length } = world.records;
    for (let count = 0; count < rate + limits.REFUSED_PER_MINUTE_MAX + 50; count += 1) {
      world.run(proposal({ name: `${count}` }));
    }
    const recorded = world.records.slice(length).map(({ head }) => JSON.parse(head) as { kind: string });
    expect(recorded.filter(({ kind }) => kind === 'decision')).toHaveLength(
      rate + limits.REFUSED_PER_MINUTE_MAX,
    );
    expect(recorded.filter(({ kind }) => kind === 'refusal')).toHaveLength(1);
    world.now_ms += 70_000;
    expect(world.run(proposal({ name: 'later' }))).toMatchObject({ verdict: 'ALLOW' });
  });
});

describe('propose, tickets', () => {
  const deploy = (name: string, same = name) =>
    proposal({ name, tool: 'deploy', change: { same: tagOf(same) } });

  it('propose opens a ticket that names what is asked, bound to the sealed part', () => {
    const world = openWorld();
    const answer = world.run(deploy('a'));
    const { sealed_commitment } = world.records.at(-1) ?? { sealed_commitment: null };
    expect(answer).toMatchObject({
      verdict: 'ESCALATE',
      code: 'RULE_ESCALATE',
      expires_at: null,
      ticket: {
        id: idOf('tkt', 'a'),
        action: idOf('act', 'a'),
        binding: sealed_commitment,
        expires_at: START_MS + 3_600_000,
        lifts: ['RULE_ESCALATE'],
      },
    });
    expect(lastHead(world)).toMatchObject({ ticket: idOf('tkt', 'a'), expires_at: null });
  });

  it('propose joins the ticket that waits for the identical action, open or approved', () => {
    const world = openWorld();
    world.run(deploy('a', 'same'));
    const joined = { ticket: { id: idOf('tkt', 'a'), binding: null, expires_at: null } };
    expect(world.run(deploy('b', 'same'))).toMatchObject(joined);
    world.run(answerTo(world, deploy('a'), ALICE));
    expect(world.run(deploy('c', 'same'))).toMatchObject(joined);
    expect(world.state.tickets.size).toBe(1);
    world.now_ms += 3_600_000;
    expect(world.run(deploy('d', 'same'))).toMatchObject({ ticket: { id: idOf('tkt', 'd') } });
    tick(world);
    expect(world.run(deploy('e', 'same'))).toMatchObject({ ticket: { id: idOf('tkt', 'd') } });
  });

  it('propose joins no ticket that was denied or released', () => {
    const world = openWorld();
    const mail = proposal({ name: 'a', tool: 'mail.send', change: { same: tagOf('same') } });
    world.run(mail);
    world.run(answerTo(world, mail, ALICE, { kind: 'deny' }));
    const second = proposal({ name: 'b', tool: 'mail.send', change: { same: tagOf('same') } });
    expect(world.run(second)).toMatchObject({ ticket: { id: second.ticket } });
    world.run(answerTo(world, second, ALICE));
    expect(world.run(releaseOf(world, second))).toMatchObject({ verdict: 'ALLOW' });
    const third = proposal({ name: 'c', tool: 'mail.send', change: { same: tagOf('same') } });
    expect(world.run(third)).toMatchObject({ ticket: { id: third.ticket } });
  });

  it('propose refuses with TOO_MANY_PENDING when five wait in the session, and joins still', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, {
      limits: { actions_per_minute: 1000, open_writs: 100, pending_tickets: 1000 },
    });
    for (let at = 0; at < 5; at += 1) world.run(deploy(`p${at}`));
    expect(world.run(deploy('sixth'))).toMatchObject({ verdict: 'BLOCK', code: 'TOO_MANY_PENDING' });
    expect(world.run(deploy('joins', 'p0'))).toMatchObject({ verdict: 'ESCALATE' });
    expect(world.run({ ...deploy('other'), session: tagOf('other') })).toMatchObject({ verdict: 'ESCALATE' });
    world.run(answerTo(world, deploy('p0'), ALICE, { kind: 'deny' }));
    expect(world.run(deploy('seventh'))).toMatchObject({ verdict: 'ESCALATE' });
  });

  it('propose refuses with TOO_MANY_PENDING when as many wait as the credential may have', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, {
      limits: { actions_per_minute: 1000, open_writs: 100, pending_tickets: 2 },
    });
    const inSession = (name: string) => ({ ...deploy(name), session: tagOf(`session/${name}`) });
    for (const name of ['a', 'b']) expect(world.run(inSession(name))).toMatchObject({ verdict: 'ESCALATE' });
    expect(world.run(inSession('c'))).toMatchObject({ code: 'TOO_MANY_PENDING' });
    world.now_ms += 3_600_000;
    tick(world);
    expect(world.run(inSession('d'))).toMatchObject({ verdict: 'ESCALATE' });
  });

  it('propose refuses with TOO_MANY_PENDING when fifty wait in the namespace', () => {
    const world = openWorld();
    for (let at = 0; at < 10; at += 1) {
      const by = idOf('prn', `agent${at}`);
      registerPrincipal(world, by, {});
      for (let ticket = 0; ticket < 5; ticket += 1) {
        const name = `${at}/${ticket}`;
        const proposed = { ...deploy(name), by, session: tagOf(`session/${at}`) };
        expect(world.run(proposed)).toMatchObject({ verdict: 'ESCALATE' });
      }
    }
    expect(world.run(deploy('more'))).toMatchObject({ code: 'TOO_MANY_PENDING' });
  });
});
