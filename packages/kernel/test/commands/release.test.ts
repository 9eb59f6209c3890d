import { describe, expect, it } from 'vitest';
import {
  answerTo,
  freeze,
  lastHead,
  registerPrincipal,
  releaseOf,
  standing,
  tick,
  thaw,
} from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  ALICE,
  BOB,
  commitOf,
  EUR,
  hash,
  idOf,
  NS,
  openWorld,
  proposal,
  registerPolicy,
  registerTool,
  ruleOf,
  RULES,
  RUNNER,
  tagOf,
  type World,
} from '../support/world.ts';

const MAIL = proposal({ tool: 'mail.send' });

function approved(proposed = MAIL, world = openWorld()): World {
  expect(world.run(proposed)).toMatchObject({ verdict: 'ESCALATE' });
  expect(world.run(answerTo(world, proposed, ALICE))).toMatchObject({ kind: 'done' });
  return world;
}

describe('release', () => {
  it('release turns an approved ticket into one writ, once', () => {
    const world = approved();
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({
      kind: 'judged',
      id: MAIL.id,
      verdict: 'ALLOW',
      expires_at: world.now_ms + 30_000,
    });
    expect(lastHead(world)).toMatchObject({ kind: 'release', id: MAIL.id, ticket: MAIL.ticket });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ code: 'ALREADY_RELEASED' });
    expect(world.run(commitOf(world, MAIL))).toMatchObject({ kind: 'spent' });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ kind: 'repeat', code: 'ALREADY_RELEASED' });
  });

  it('release that is refused again and again is one record, until the window has passed', () => {
    const world = approved();
    freeze(world, { scope: 'all' });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ kind: 'judged', code: 'LOCKED' });
    const { length } = world.records;
    for (let tries = 0; tries < 20; tries += 1) {
      expect(world.run(releaseOf(world, MAIL))).toMatchObject({
        kind: 'repeat',
        index: length - 1,
        code: 'LOCKED',
        folded: true,
      });
    }
    expect(world.records).toHaveLength(length);
    world.now_ms += 10_000;
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ kind: 'judged', code: 'LOCKED' });
  });

  it('release counts on the root that the agent has now, not on the one it had', () => {
    const world = approved();
    registerPrincipal(world, RUNNER, {});
    registerPrincipal(world, AGENT, { root: RUNNER });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ALLOW' });
    expect(world.state.permitted.get(MAIL.id)).toMatchObject({ by: AGENT, root: RUNNER });
  });

  it('release names the ticket in the reasons that it lifted, and reserves the costs', () => {
    const costs = [{ unit: EUR, amount: 500 }];
    const proposed = proposal({ tool: 'mail.send', change: { costs } });
    const world = approved(proposed);
    expect(standing(world)).toMatchObject({ reserved: 0 });
    const answer = world.run(releaseOf(world, proposed));
    const reasons = answer.kind === 'judged' ? answer.reasons : [];
    expect(reasons.find((one) => one.code === 'RULE_ESCALATE')).toMatchObject({ lifted: proposed.ticket });
    expect(standing(world)).toMatchObject({ reserved: 500 });
  });

  it('release carries the obligations of the rules, and none while it is refused', () => {
    const world = openWorld(
      RULES.map((rule) => (rule.id === 'send' ? { ...rule, obligations: ['notify'] } : rule)),
    );
    approved(MAIL, world);
    freeze(world, { scope: 'namespace', ns: NS });
    world.run(releaseOf(world, MAIL));
    expect(lastHead(world)).toMatchObject({ kind: 'release', verdict: 'BLOCK', obligations: [] });
    thaw(world, { scope: 'namespace', ns: NS });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ obligations: ['notify'] });
    expect(lastHead(world)).toMatchObject({ kind: 'release', verdict: 'ALLOW', obligations: ['notify'] });
    expect(world.run(commitOf(world, MAIL))).toMatchObject({ kind: 'spent', obligations: ['notify'] });
  });

  it('release spends at once when it claims', () => {
    const world = approved();
    const claim = { attempt: tagOf('x'), target: null };
    expect(world.run(releaseOf(world, MAIL, { claim }))).toMatchObject({ kind: 'spent', id: MAIL.id });
    expect(lastHead(world)).toMatchObject({ kind: 'commit', id: MAIL.id });
  });

  it.each([
    { code: 'TICKET_UNKNOWN', reason: 'there is none', change: { ticket: idOf('tkt', 'no') } },
    { code: 'TICKET_UNKNOWN', reason: 'another agent asks', change: { by: idOf('prn', 'other') } },
    { code: 'INSUFFICIENT_AUTHORITY', reason: 'the one who approved asks', change: { by: ALICE } },
    { code: 'UNAVAILABLE', reason: 'the sealed part is not at hand', change: { recorded: null } },
    { code: 'INTERNAL', reason: 'the sealed part is another one', change: { recorded: 'x'.repeat(60) } },
  ])('release refuses with $code when $reason, and the ticket stays approved', ({ code, change }) => {
    const world = approved();
    registerPrincipal(world, idOf('prn', 'other'), {});
    expect(world.run(releaseOf(world, MAIL, change))).toMatchObject({ kind: 'refused', code });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('release refuses with EXECUTOR_DIFFERS when a claim is for the writ of another', () => {
    const world = approved();
    registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['commit'] });
    registerPrincipal(world, AGENT, { executor: RUNNER });
    const claim = { attempt: tagOf('x'), target: null };
    expect(world.run(releaseOf(world, MAIL, { claim }))).toMatchObject({ code: 'EXECUTOR_DIFFERS' });
  });

  it('release refuses with TICKET_NOT_APPROVED, then TICKET_EXPIRED, when nobody answered', () => {
    const world = openWorld();
    world.run(MAIL);
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ code: 'TICKET_NOT_APPROVED' });
    world.now_ms += 3_600_000;
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ code: 'TICKET_EXPIRED' });
  });

  it('release refuses with TICKET_EXPIRED when it comes late, with TICKET_UNKNOWN after the tick', () => {
    const world = approved();
    world.now_ms += 3_600_000;
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ code: 'TICKET_EXPIRED' });
    tick(world);
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('release refuses with STATE_DRIFT when people answered for another scene', () => {
    const used = { kind: 'path', name: '/w/x', digest: hash('x'), used: true } as const;
    const scene = { directory: '/w', roots: [], shell: null, items: [used] };
    const proposed = proposal({ tool: 'mail.send', judged: { scene } });
    const world = approved(proposed);
    expect(world.run(releaseOf(world, proposed))).toMatchObject({ code: 'STATE_DRIFT' });
    const now = [{ kind: 'path', name: '/w/x', digest: hash('x') }];
    expect(world.run(releaseOf(world, proposed, { scene: now }))).toMatchObject({ verdict: 'ALLOW' });
  });
});

describe('release, judged again', () => {
  it.each([
    {
      code: 'TOOL_CHANGED',
      change: (world: World) => registerTool(world, 'mail.send', ['SEND_NOTIFICATION'], hash('other')),
    },
    { code: 'LOCKED', change: (world: World) => freeze(world, { scope: 'namespace', ns: NS }) },
    {
      code: 'EFFECT_OUT_OF_SCOPE',
      change: (world: World) => registerPrincipal(world, AGENT, { effects: [] }),
    },
    {
      code: 'RULE_BLOCK',
      change: (world: World) =>
        registerPolicy(world, [...RULES, ruleOf({ id: 'no', tools: ['mail.send'], verdict: 'BLOCK' })]),
    },
    {
      code: 'RATE_LIMIT_EXCEEDED',
      change: (world: World) =>
        registerPrincipal(world, AGENT, {
          limits: { actions_per_minute: 1, open_writs: 9, pending_tickets: 9 },
        }),
    },
  ])('release refuses with $code when that came after the approval', ({ code, change }) => {
    const world = approved();
    change(world);
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ kind: 'judged', verdict: 'BLOCK', code });
    expect(world.state.permitted.size).toBe(0);
    expect(world.state.tickets.get(MAIL.ticket)?.status).toBe('approved');
  });

  it('release refuses when the credential was disabled', () => {
    const world = approved();
    world.run({ kind: 'disable_principal', by: ADMIN, ns: NS, principal: AGENT });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ code: 'PRINCIPAL_DISABLED' });
  });

  it('release asks again for what people did not lift, under a new binding', () => {
    const world = approved();
    registerPrincipal(world, AGENT, { risk_cap: 0 });
    const before = world.state.tickets.get(MAIL.ticket)?.binding;
    const answer = world.run(releaseOf(world, MAIL));
    expect(answer).toMatchObject({
      verdict: 'ESCALATE',
      code: 'RISK_OVER_CAP',
      ticket: { lifts: ['RISK_OVER_CAP'] },
    });
    const ticket = world.state.tickets.get(MAIL.ticket);
    expect(ticket).toMatchObject({ status: 'open', round: 1 });
    expect(ticket?.lifts.map(({ code, round }) => ({ code, round }))).toEqual([
      { code: 'RULE_ESCALATE', round: 0 },
      { code: 'RISK_OVER_CAP', round: 1 },
    ]);
    expect(ticket?.binding).not.toBe(before);
    expect(answer.kind === 'judged' && answer.ticket?.binding).toBe(ticket?.binding);
    const old = answerTo(world, MAIL, BOB, { binding: before ?? '' });
    expect(world.run(old)).toMatchObject({ code: 'BINDING_DIFFERS' });
  });

  it('release lifts a rule only when people answered for that rule', () => {
    const world = approved();
    const other = ruleOf({ id: 'legal', tools: ['mail.send'], verdict: 'ESCALATE', needs: 'p1' });
    registerPolicy(world, [...RULES, other]);
    const answer = world.run(releaseOf(world, MAIL));
    expect(answer).toMatchObject({ verdict: 'ESCALATE', code: 'RULE_ESCALATE' });
    const reasons = answer.kind === 'judged' ? answer.reasons : [];
    expect(
      reasons.filter((one) => one.verdict === 'ESCALATE').map(({ rule, lifted }) => ({ rule, lifted })),
    ).toEqual([
      { rule: 'ask-mail', lifted: MAIL.ticket },
      { rule: 'legal', lifted: null },
    ]);
  });

  it('release keeps what people lifted before, once what came later is lifted too', () => {
    const world = approved();
    registerPolicy(world, [...RULES, ruleOf({ id: 'legal', tools: ['mail.send'], verdict: 'ESCALATE' })]);
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ESCALATE' });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ code: 'TICKET_NOT_APPROVED' });
    expect(world.run(answerTo(world, MAIL, BOB))).toMatchObject({ kind: 'done' });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('release asks everyone again when the same rule wants more people than it did', () => {
    const world = approved();
    const rules = RULES.map((rule) => (rule.id === 'ask-mail' ? { ...rule, quorum: 2 } : rule));
    registerPolicy(world, rules);
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ESCALATE' });
    expect(world.run(answerTo(world, MAIL, BOB))).toMatchObject({ kind: 'done' });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ code: 'TICKET_NOT_APPROVED' });
    expect(world.run(answerTo(world, MAIL, ALICE))).toMatchObject({ kind: 'done' });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('release never lifts what the same rule now forbids, whatever class it gives itself', () => {
    const world = approved();
    const forbid = { verdict: 'BLOCK', class: 'liftable', code: 'RULE_ESCALATE' } as const;
    registerPolicy(
      world,
      RULES.map((rule) => (rule.id === 'ask-mail' ? { ...rule, ...forbid } : rule)),
    );
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'BLOCK', code: 'RULE_ESCALATE' });
  });

  it('release lifts nothing when the rule asks for more people or a stronger proof than answered', () => {
    for (const change of [{ quorum: 2 }, { needs: 'p3' }] as const) {
      const world = approved();
      const rules = RULES.map((rule) => (rule.id === 'ask-mail' ? { ...rule, ...change } : rule));
      registerPolicy(world, rules);
      expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ESCALATE', code: 'RULE_ESCALATE' });
    }
  });

  it('release lifts the reasons at the commit too, and nothing that came after it', () => {
    const world = approved();
    world.run(releaseOf(world, MAIL));
    expect(world.run(commitOf(world, MAIL))).toMatchObject({ kind: 'spent' });
    const late = approved(MAIL);
    late.run(releaseOf(late, MAIL));
    registerPrincipal(late, AGENT, { risk_cap: 0 });
    expect(late.run(commitOf(late, MAIL))).toMatchObject({ code: 'STATE_DRIFT' });
  });

  it('release that is refused leaves the ticket as people answered it, for a later release', () => {
    const world = approved();
    const before = world.state.tickets.get(MAIL.ticket);
    freeze(world, { scope: 'namespace', ns: NS });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'BLOCK', code: 'LOCKED' });
    expect(world.state.tickets.get(MAIL.ticket)).toEqual(before);
    thaw(world, { scope: 'namespace', ns: NS });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('release counts no answer of a person who may answer no more, and asks again', () => {
    for (const revoke of ['disabled', 'without the scope'] as const) {
      const world = approved();
      if (revoke === 'disabled') {
        world.run({ kind: 'disable_principal', by: ADMIN, ns: NS, principal: ALICE });
      } else {
        registerPrincipal(world, ALICE, { kind: 'human', scopes: ['freeze'] });
      }
      expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ESCALATE', code: 'RULE_ESCALATE' });
      world.run(answerTo(world, MAIL, BOB));
      expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ALLOW' });
    }
  });

  it('release gives a writ that can be spent when its ticket expires in between', () => {
    const world = approved();
    world.now_ms += 3_599_990;
    world.run(releaseOf(world, MAIL));
    world.now_ms += 20;
    tick(world);
    expect(world.run(commitOf(world, MAIL))).toMatchObject({ kind: 'spent' });
    tick(world);
    expect(world.state.tickets.size).toBe(0);
  });

  it('release refuses with ALREADY_EXISTS when the action was permitted meanwhile under its id', () => {
    const world = approved();
    world.run({ ...proposal({ name: 'b' }), id: MAIL.id });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ kind: 'refused', code: 'ALREADY_EXISTS' });
  });

  it('release gives an observing door no writ', () => {
    const world = approved();
    registerPrincipal(world, AGENT, { wall: 0 });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ALLOW', expires_at: null });
    expect(world.state.permitted.size).toBe(0);
  });

  it('release asks for evidence that a newer rule wants, whatever people lifted', () => {
    const proposed = MAIL;
    const world = approved(proposed);
    registerPolicy(world, [...RULES, ruleOf({ id: 'show', tools: ['mail.send'], verdict: 'NEED_EVIDENCE' })]);
    const answer = world.run(releaseOf(world, proposed));
    expect(answer).toMatchObject({ verdict: 'NEED_EVIDENCE', code: 'RULE_EVIDENCE', expires_at: null });
  });
});
