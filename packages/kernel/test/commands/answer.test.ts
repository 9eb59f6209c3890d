import type { AnswerCommand } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { answerTo, lastHead, registerPrincipal, releaseOf } from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  ALICE,
  BOB,
  hash,
  HOME,
  idOf,
  NS,
  openWorld,
  proposal,
  ruleOf,
  RULES,
  START_MS,
  type World,
} from '../support/world.ts';

const MAIL = proposal({ tool: 'mail.send' });
const DEPLOY = proposal({ tool: 'deploy' });

function asked(proposed = MAIL): World {
  const world = openWorld();
  expect(world.run(proposed)).toMatchObject({ verdict: 'ESCALATE' });
  return world;
}

const statusOf = (world: World, proposed = MAIL) => world.state.tickets.get(proposed.ticket)?.status;

describe('approve and deny', () => {
  it('approve completes a ticket when one person is enough', () => {
    const world = asked();
    expect(world.run(answerTo(world, MAIL, ALICE, { proof_of_person: 'p1' }))).toMatchObject({
      kind: 'done',
    });
    expect(lastHead(world)).toMatchObject({ kind: 'approval', state: 'approved', proof_of_person: 'p1' });
    expect(statusOf(world)).toBe('approved');
  });

  it.each<{ code: string; reason: string; by?: string; change?: Partial<AnswerCommand> }>([
    { code: 'UNAUTHENTICATED', reason: 'nobody knows the credential', by: idOf('prn', 'no') },
    { code: 'INSUFFICIENT_AUTHORITY', reason: 'the agent itself answers', by: AGENT },
    { code: 'TICKET_UNKNOWN', reason: 'a person of another namespace answers', by: ADMIN },
    { code: 'TICKET_UNKNOWN', reason: 'there is no such ticket', change: { ticket: idOf('tkt', 'no') } },
    {
      code: 'BINDING_DIFFERS',
      reason: 'the answer is for something else',
      change: { binding: hash('other') },
    },
    { code: 'PROOF_OF_PERSON_TOO_WEAK', reason: 'the proof is too weak', change: { proof_of_person: 'p0' } },
  ])('approve refuses with $code when $reason', ({ code, by = ALICE, change = {} }) => {
    const world = asked();
    expect(world.run(answerTo(world, MAIL, by, change))).toMatchObject({ kind: 'refused', code });
    expect(statusOf(world)).toBe('open');
    expect(world.state.tickets.get(MAIL.ticket)?.approvals).toEqual([]);
  });

  it('approve refuses with SEPARATION_OF_DUTIES when the one who proposed answers', () => {
    const world = openWorld();
    const scopes = ['propose', 'approve'] as const;
    registerPrincipal(world, BOB, { kind: 'human', scopes });
    const proposed = { ...MAIL, by: BOB };
    world.run(proposed);
    expect(world.run(answerTo(world, proposed, BOB))).toMatchObject({ code: 'SEPARATION_OF_DUTIES' });
    expect(world.run(answerTo(world, proposed, ALICE))).toMatchObject({ kind: 'done' });
  });

  it('approve refuses with SEPARATION_OF_DUTIES when an agent got the scope past registration', () => {
    const world = asked();
    const agent = idOf('prn', 'second');
    registerPrincipal(world, agent, {});
    const before = world.state.principals.get(agent);
    if (before === undefined) throw new TypeError('not registered');
    const definition = { ...before.definition, scopes: ['approve' as const] };
    world.state.principals.set(agent, { ...before, definition });
    expect(world.run(answerTo(world, MAIL, agent))).toMatchObject({ code: 'SEPARATION_OF_DUTIES' });
  });

  it('approve refuses with TICKET_EXPIRED when its hour is over', () => {
    const world = asked();
    world.now_ms += 3_600_000;
    expect(world.run(answerTo(world, MAIL, ALICE))).toMatchObject({ code: 'TICKET_EXPIRED' });
  });

  it('the deadline of a rule shortens the life of its ticket', () => {
    const rule = ruleOf({ id: 'soon', tools: ['files.read'], verdict: 'ESCALATE', deadline_s: 60 });
    const world = openWorld([...RULES, rule]);
    expect(world.run(proposal())).toMatchObject({ ticket: { expires_at: START_MS + 60_000 } });
    world.now_ms += 60_000;
    expect(world.run(answerTo(world, proposal(), ALICE))).toMatchObject({ code: 'TICKET_EXPIRED' });
  });

  it('deny closes a ticket, open or approved, for good', () => {
    const world = asked();
    world.run(answerTo(world, MAIL, ALICE));
    expect(world.run(answerTo(world, MAIL, BOB, { kind: 'deny', proof_of_person: 'p0' }))).toMatchObject({
      kind: 'done',
    });
    expect(statusOf(world)).toBe('denied');
    expect(world.run(answerTo(world, MAIL, BOB))).toMatchObject({ code: 'TICKET_CLOSED' });
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ code: 'TICKET_CLOSED' });
  });

  it('approve and deny refuse with TICKET_CLOSED when it was released', () => {
    const world = asked();
    world.run(answerTo(world, MAIL, ALICE));
    world.run(releaseOf(world, MAIL));
    expect(world.run(answerTo(world, MAIL, BOB))).toMatchObject({ code: 'TICKET_CLOSED' });
    expect(world.run(answerTo(world, MAIL, BOB, { kind: 'deny' }))).toMatchObject({ kind: 'repeat' });
    expect(statusOf(world)).toBe('released');
  });
});

describe('approve, quorum', () => {
  it('approve needs as many different people as the rule asks for, each with its proof', () => {
    const world = asked(DEPLOY);
    expect(world.run(answerTo(world, DEPLOY, ALICE, { proof_of_person: 'p1' }))).toMatchObject({
      code: 'PROOF_OF_PERSON_TOO_WEAK',
    });
    expect(world.run(answerTo(world, DEPLOY, ALICE))).toMatchObject({ kind: 'done' });
    expect(lastHead(world)).toMatchObject({ state: 'open' });
    expect(world.run(answerTo(world, DEPLOY, ALICE))).toMatchObject({ code: 'ALREADY_ANSWERED' });
    expect(world.run(releaseOf(world, DEPLOY))).toMatchObject({ code: 'TICKET_NOT_APPROVED' });
    expect(world.run(answerTo(world, DEPLOY, BOB, { proof_of_person: 'p3' }))).toMatchObject({
      kind: 'done',
    });
    expect(statusOf(world, DEPLOY)).toBe('approved');
  });

  it('approve counts for a code only who is strong enough for it', () => {
    const needy = ruleOf({
      id: 'needy',
      tools: ['mail.send'],
      verdict: 'ESCALATE',
      code: 'LOW_CONFIDENCE',
      needs: 'p3',
    });
    const world = openWorld([...RULES, needy]);
    world.run(MAIL);
    expect(world.run(answerTo(world, MAIL, ALICE, { proof_of_person: 'p1' }))).toMatchObject({
      kind: 'done',
    });
    expect(statusOf(world)).toBe('open');
    world.run(answerTo(world, MAIL, BOB, { proof_of_person: 'p3' }));
    expect(statusOf(world)).toBe('approved');
  });

  it('approve asks for the strongest proof and the largest quorum when one code has several reasons', () => {
    const strict = ruleOf({
      id: 'strict',
      tools: ['mail.send'],
      verdict: 'ESCALATE',
      needs: 'p3',
      quorum: 2,
    });
    const world = openWorld([...RULES, strict]);
    expect(world.run(MAIL)).toMatchObject({ ticket: { lifts: ['RULE_ESCALATE'] } });
    const proof_of_person = 'p3';
    world.run(answerTo(world, MAIL, ALICE, { proof_of_person }));
    expect(statusOf(world)).toBe('open');
    world.run(answerTo(world, MAIL, BOB, { proof_of_person }));
    expect(statusOf(world)).toBe('approved');
    expect(world.run(releaseOf(world, MAIL))).toMatchObject({ verdict: 'ALLOW' });
  });
});

describe('promise 11', () => {
  const governing = (by: string) =>
    [
      { kind: 'freeze', id: idOf('frz', 'x'), by, scope: { scope: 'all' } },
      { kind: 'thaw', id: idOf('frz', 'x'), by, scope: { scope: 'all' }, proof_of_person: 'p4' },
      { kind: 'erase', id: idOf('ers', 'x'), by, ns: NS, subject: { kind: 'namespace' } },
      { kind: 'register_namespace', id: NS, by, ns: NS, budgets: [] },
      {
        kind: 'register_principal',
        by,
        ns: NS,
        principal: idOf('prn', 'new'),
        definition: DEFINITION,
        sealed: '{}',
      },
      { kind: 'disable_principal', by, ns: NS, principal: ALICE },
      {
        kind: 'register_tool',
        id: idOf('tol', 'x'),
        by,
        ns: NS,
        tool: MAIL.tool,
        definition: hash('x'),
        effects: [],
        sealed: '{}',
      },
      {
        kind: 'register_policy',
        id: idOf('pol', 'x'),
        by,
        ns: NS,
        policy: hash('x'),
        slices: [],
        sealed: '{}',
      },
      { kind: 'rotate_key', id: idOf('key', 'x'), by, key: hash('x'), change: 'add', purpose: 'checkpoint' },
      { kind: 'approve', by, ticket: MAIL.ticket, binding: hash('x'), proof_of_person: 'p4', sealed: '{}' },
      { kind: 'deny', by, ticket: MAIL.ticket, binding: hash('x'), proof_of_person: 'p4', sealed: '{}' },
    ] as const;
  const DEFINITION = {
    kind: 'agent',
    scopes: [],
    effects: [],
    risk_cap: 0,
    wall: 0,
    executor: null,
    root: null,
    cnf: null,
    expires_at: null,
    limits: { actions_per_minute: 0, open_writs: 0, pending_tickets: 0 },
  } as const;

  it.each(governing(AGENT).map((command) => ({ kind: command.kind, command })))(
    "an agent's credential never passes $kind",
    ({ command }) => {
      const world = asked();
      expect(world.run(command)).toMatchObject({ kind: 'refused', code: 'INSUFFICIENT_AUTHORITY' });
      expect(lastHead(world)).toMatchObject({ kind: 'refusal', code: 'INSUFFICIENT_AUTHORITY' });
    },
  );

  it.each(['agent', 'executor', 'runner', 'service', 'witness'] as const)(
    'no %s is ever given a scope that only people hold',
    (kind) => {
      const world = asked();
      for (const scope of ['approve', 'thaw', 'govern', 'erase', 'operate'] as const) {
        const answer = registerPrincipal(world, idOf('prn', scope), { kind, scopes: ['propose', scope] });
        expect('code' in answer && answer.code).toBe('INVALID_COMMAND');
        expect(world.state.principals.has(idOf('prn', scope))).toBe(false);
      }
    },
  );

  it.each(governing(idOf('prn', 'stranger')).map((command) => ({ kind: command.kind, command })))(
    'a person with every scope in one namespace never passes $kind in another',
    ({ command }) => {
      const world = asked();
      const other = idOf('ns', 'other');
      world.run({ kind: 'register_namespace', id: other, by: ADMIN, ns: other, budgets: [] });
      const scopes = ['approve', 'freeze', 'thaw', 'govern', 'erase', 'operate'] as const;
      expect(
        registerPrincipal(world, idOf('prn', 'stranger'), { kind: 'admin', scopes }, other),
      ).toMatchObject({
        kind: 'done',
      });
      const code = 'ticket' in command ? 'TICKET_UNKNOWN' : 'INSUFFICIENT_AUTHORITY';
      expect(world.run(command)).toMatchObject({ kind: 'refused', code });
    },
  );

  it('a person governs its own namespace, and only the operators of the cell make new ones', () => {
    const world = asked();
    const carol = idOf('prn', 'carol');
    registerPrincipal(world, carol, { kind: 'admin', scopes: ['govern', 'freeze', 'thaw'] });
    expect(world.run({ kind: 'register_namespace', id: NS, by: carol, ns: NS, budgets: [] })).toMatchObject({
      kind: 'done',
    });
    const other = idOf('ns', 'other');
    const made = world.run({ kind: 'register_namespace', id: other, by: carol, ns: other, budgets: [] });
    expect(made).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
    const scope = { scope: 'namespace', ns: HOME } as const;
    expect(world.run({ kind: 'freeze', id: idOf('frz', '1'), by: carol, scope })).toMatchObject({
      code: 'INSUFFICIENT_AUTHORITY',
    });
  });
});
