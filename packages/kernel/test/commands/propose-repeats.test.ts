import type { Command } from '@writ/contract';
import { limits } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { lastHead, registerPrincipal, tick } from '../support/acts.ts';
import { AGENT, commitOf, hash, idOf, openWorld, proposal, START_MS, tagOf } from '../support/world.ts';

const keyed = (name: string, key: string, sent_at = START_MS, body = 'body') =>
  proposal({ name, change: { idempotency: { key: tagOf(key), body: tagOf(body), sent_at } } });

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
