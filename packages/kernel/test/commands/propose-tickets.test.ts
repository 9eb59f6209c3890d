import { describe, expect, it } from 'vitest';
import { answerTo, lastHead, registerPrincipal, releaseOf, tick } from '../support/acts.ts';
import { AGENT, ALICE, idOf, openWorld, proposal, START_MS, tagOf } from '../support/world.ts';

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
