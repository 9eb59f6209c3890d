import { beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld, proposal } from '../furnished.ts';
import { SETUP_MS, type World } from '../run-writ.ts';

let world: World;

beforeAll(async () => {
  world = await furnishedWorld();
}, SETUP_MS);

async function escalate(path: string): Promise<string> {
  world.file('ask.json', proposal('site.publish', path, ['WRITE_PATCH']));
  const { exit, value } = await world.json('propose', 'ask.json');
  expect({ exit, verdict: value.answer.verdict }).toEqual({ exit: 1, verdict: 'ESCALATE' });
  return value.answer.ticket.id;
}

describe('a ticket', () => {
  it('is approved by a person, released once and then spent', async () => {
    const ticket = await escalate('one.html');
    expect((await world.json('release', ticket)).value.answer.code).toBe('TICKET_NOT_APPROVED');
    expect((await world.json('approve', ticket)).value).toMatchObject({ exit: 2, code: 'PERSON_NEEDED' });
    const agent = await world.json('approve', ticket, '--unattended', '--as', 'bot');
    expect(agent).toMatchObject({ exit: 1, value: { answer: { code: 'INSUFFICIENT_AUTHORITY' } } });
    const approved = await world.json('approve', ticket, '--unattended', '--note', 'seen');
    expect(approved).toMatchObject({ exit: 0, value: { proof_of_person: 'p0' } });
    const released = await world.json('release', ticket, '--out', 'one.writ');
    expect(released).toMatchObject({ exit: 0, value: { answer: { verdict: 'ALLOW' } } });
    expect((await world.json('release', ticket)).value.answer.code).toBe('ALREADY_RELEASED');
    expect((await world.quick('commit', 'one.writ', 'ask.json')).exit).toBe(0);
  });

  it('that was denied is not released', async () => {
    const ticket = await escalate('two.html');
    expect((await world.quick('deny', ticket, '--unattended')).exit).toBe(0);
    expect((await world.json('release', ticket)).value.answer.code).toBe('TICKET_CLOSED');
  });

  it('shows what it asks about, with nothing that a terminal obeys', async () => {
    await escalate('three\u001b[2J\u202e.html');
    const { exit, out } = await world.quick('tickets');
    expect(exit).toBe(0);
    expect(out).toContain('  tool      "site.publish"\n');
    expect(out).toContain('{"path":"three\\u001b[2J\\u{202e}.html"}');
    expect(out).not.toMatch(/[^\n -~]/);
  });

  it('that nobody opened is unknown', async () => {
    const { exit, value } = await world.json('approve', `tkt_${'0'.repeat(26)}`, '--unattended');
    expect({ exit, code: value.code }).toEqual({ exit: 1, code: 'TICKET_UNKNOWN' });
  });
});

describe('a freeze', () => {
  it('of a session stops the agent whose session it is, in that one', async () => {
    const frozen = await world.json('freeze', 'session', 'night', '--of', 'bot');
    expect(frozen).toMatchObject({ exit: 0, value: { answer: { kind: 'done' } } });
    const again = await world.json('freeze', 'session', 'night');
    expect(again).toMatchObject({
      exit: 0,
      value: { answer: { kind: 'repeat', index: frozen.value.answer.index } },
    });
    const stopped = await world.json('propose', 'other.json', '--session', 'night');
    expect(stopped.value.answer).toMatchObject({ verdict: 'BLOCK', code: 'LOCKED' });
    expect((await world.json('propose', 'read.json')).value.answer).toMatchObject({ verdict: 'ALLOW' });
  });

  it('refuses at once, and is not thawed without a person', async () => {
    expect((await world.quick('freeze')).exit).toBe(0);
    expect((await world.json('propose', 'read.json')).value.answer).toMatchObject({
      verdict: 'BLOCK',
      code: 'LOCKED',
    });
    expect((await world.json('thaw')).value.code).toBe('PERSON_NEEDED');
    const thawed = await world.json('thaw', 'all', '--unattended');
    expect(thawed).toMatchObject({ exit: 1, value: { answer: { code: 'PROOF_OF_PERSON_TOO_WEAK' } } });
    expect((await world.json('status')).value.frozen).toContain('all');
  });
});
