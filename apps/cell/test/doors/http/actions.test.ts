import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeUtf8, parseVerifierKey, verifyTlogProof } from '@writ/proof';
import { registerCredential } from '../../../src/cell/credentials.ts';
import { registerPrincipal } from '../../../src/cell/govern.ts';
import { PERSON } from '../../cell/world.ts';
import { createDoorWorld, type DoorWorld, type Got } from './world.ts';

let world: DoorWorld;
beforeAll(async () => {
  world = await createDoorWorld();
});
afterAll(() => world.destroy());

const READ = { tool: 'files.read', args: { path: 'src/main.ts' }, session: 'one' };

type Proven = { readonly index: number; readonly head: string; readonly proof: string };
type Judged = {
  readonly id: string;
  readonly nonce: string;
  readonly proven: Proven;
  readonly answer: { readonly verdict: string; readonly reasons: readonly object[] };
};

const judgedOf = ({ json }: Got): Judged => json as unknown as Judged; // the answer of a proposal

function propose(body: object = READ, headers: Record<string, string> = {}): Promise<Got> {
  return world.ask('POST', '/api/v1/actions', { body, headers });
}

describe('redactValue', () => {
  it('gives what was found as tokens, at any depth, and records nothing', async () => {
    const size = world.cell.running.durableSize();
    const value = { lines: ['mail a@example.com', 'nothing here'], count: 2 };
    const got = await world.ask('POST', '/api/v1/redactions', { body: { value } });
    expect(got.json).toEqual({
      value: { lines: ['mail email#1', 'nothing here'], count: 2 },
      found: expect.any(Number),
    });
    expect(world.cell.running.durableSize()).toBe(size);
  });

  it('refuses what is too long to be searched', async () => {
    const got = await world.ask('POST', '/api/v1/redactions', { body: { value: 'a '.repeat(40_000) } });
    expect(got).toMatchObject({ status: 413 });
  });
});

describe('proposeAction', () => {
  it('answers an allowed action with a head that the log contains', async () => {
    const got = await propose();
    expect(got).toMatchObject({ status: 200 });
    const { id, proven, answer } = judgedOf(got);
    expect(answer.verdict).toBe('ALLOW');
    expect(Number(got.headers['writ-index'])).toBe(proven.index + 1);
    const { origin, vkey } = world.settings;
    verifyTlogProof(encodeUtf8(proven.proof), encodeUtf8(proven.head), {
      origin,
      keys: [parseVerifierKey(vkey)],
    });
    expect(JSON.parse(proven.head)).toMatchObject({ kind: 'decision', id, verdict: 'ALLOW' });
  });

  it('answers a blocked action with a problem that holds the same proof', async () => {
    const got = await propose({ ...READ, tool: 'files.write' });
    expect(got.status).toBe(422);
    expect(got.headers['content-type']).toBe('application/problem+json');
    expect(got.json).toMatchObject({ code: 'UNKNOWN_TOOL', status: 422, answer: { verdict: 'BLOCK' } });
    expect(JSON.parse(judgedOf(got).proven.head)).toMatchObject({ verdict: 'BLOCK' });
  });

  it('answers what a person must see with 202 and a ticket', async () => {
    const got = await propose({ tool: 'mail.send', args: { text: 'hello' } });
    expect(got).toMatchObject({ status: 202 });
    expect(got.json).toMatchObject({
      answer: { verdict: 'ESCALATE', ticket: { expires_at: expect.any(Number) } },
    });
    expect(got.text).not.toContain('ask-mail');
  });

  it('takes what is declared as a reason to be stricter, never milder', async () => {
    const got = await propose({ ...READ, declared: { effects: ['DEPLOY'] } });
    expect(got.json).toMatchObject({ code: 'EFFECT_OUT_OF_SCOPE' });
    const mild = await propose({ tool: 'mail.send', args: {}, declared: { effects: [], risk: 0 } });
    expect(mild.status).toBe(202);
  });

  it('answers the same key with the same record, and another body with 422', async () => {
    const key = uuidV7(Date.now());
    const first = judgedOf(await propose(READ, { 'idempotency-key': key }));
    const again = await propose(READ, { 'idempotency-key': key });
    expect(again.json).toMatchObject({ answer: { kind: 'repeat', id: first.id } });
    const other = await propose({ ...READ, args: { path: 'other' } }, { 'idempotency-key': key });
    expect(other.json).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH', status: 422 });
  });

  it.each([
    ['of an hour ago', 422, uuidV7(Date.now() - 3_600_000)],
    ['that is no UUIDv7', 400, 'abc'],
    ['of version 4', 400, '6ba7b810-9dad-41d1-80b4-00c04fd430c8'],
  ])('refuses a key %s', async (_, status, key) => {
    expect((await propose(READ, { 'idempotency-key': key })).status).toBe(status);
  });
});

describe('commitAction', () => {
  it('spends a permission once, on the exact arguments, and takes the outcome of its executor', async () => {
    const { id } = judgedOf(await propose());
    const commit = (args: object, attempt = 'first') =>
      world.ask('POST', `/api/v1/actions/${id}/commit`, { body: { attempt, args } });
    expect((await commit({ path: 'src/main.tx' })).json).toMatchObject({ code: 'ARGUMENTS_DIFFER' });
    const spent = await commit(READ.args);
    expect(spent.json).toMatchObject({ answer: { kind: 'spent', id } });
    expect(JSON.parse(judgedOf(spent).proven.head)).toMatchObject({ kind: 'commit', id });
    expect((await commit(READ.args)).json).toMatchObject({ answer: { kind: 'repeat', id } });
    expect((await commit(READ.args, 'second')).json).toMatchObject({ code: 'ALREADY_SPENT', status: 409 });
    const outcome = { status: 'succeeded', attested_by: 'agent' };
    const done = await world.ask('POST', `/api/v1/actions/${id}/outcome`, { body: outcome });
    expect(done.json).toMatchObject({ answer: { kind: 'done', id } });
    const seen = await world.ask('GET', `/api/v1/actions/${id}`);
    expect(seen.json).toMatchObject({ id, status: 'finished', verdict: 'ALLOW' });
  });

  it('spends once of a hundred that come at the same time', async () => {
    const { id } = judgedOf(await propose());
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        world.ask('POST', `/api/v1/actions/${id}/commit`, { body: { attempt: `a${n}`, args: READ.args } }),
      ),
    );
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 409)).toHaveLength(99);
  });
});

describe('proposeActions', () => {
  it('answers each in order, one failure beside the others', async () => {
    const proposals = [
      { key: null, proposal: READ },
      { key: 'abc', proposal: READ },
      { proposal: { ...READ, tool: 'files.write' } },
    ];
    const got = await world.ask('POST', '/api/v1/actions/batch', { body: { proposals } });
    expect(got).toMatchObject({ status: 200 });
    expect(got.json).toMatchObject({
      answers: [
        { status: 200, code: 'ALLOWED' },
        { status: 400, code: 'REQUEST_INVALID', proposed: null },
        { status: 422, code: 'UNKNOWN_TOOL' },
      ],
    });
  });
});

describe('weighActions', () => {
  const weigh = (candidates: readonly object[]) =>
    world.ask('POST', '/api/v1/actions/admissible', { body: { candidates } });

  it('answers as a proposal would be, and records no more than that somebody asks', async () => {
    await weigh([READ]);
    const before = world.cell.running.durableSize();
    const got = await weigh([READ, { ...READ, tool: 'files.write' }, { tool: 'mail.send', args: {} }]);
    expect(got.json).toMatchObject({
      answers: [
        { verdict: 'ALLOW', code: 'ALLOWED' },
        { verdict: 'BLOCK', code: 'UNKNOWN_TOOL' },
        { verdict: 'ESCALATE' },
      ],
    });
    expect(got.text).not.toContain('act_');
    expect(world.cell.running.durableSize()).toBe(before);
  });

  it('takes no claim', async () => {
    const got = await weigh([{ ...READ, claim: { attempt: 'a', target: null } }]);
    expect(got.json).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('is refused to whoever asks without end', async () => {
    const many = Array.from({ length: 64 }, () => READ);
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await weigh(many)).status);
    expect(statuses).toContain(429);
  });
});

describe('listActions', () => {
  it('is for readers, and shows what was answered before when asked to', async () => {
    const { id, proven } = judgedOf(await propose());
    expect((await world.ask('GET', '/api/v1/actions')).status).toBe(403);
    const path = `/api/v1/actions?limit=5&min_index=${proven.index}`;
    const got = await world.ask('GET', path, { key: world.keys.admin });
    expect(got).toMatchObject({ status: 200 });
    expect(got.text).toContain(id);
  });
});

function uuidV7(at_ms: number): string {
  const hex = at_ms.toString(16).padStart(12, '0');
  const rest = crypto.randomUUID().slice(19);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${rest.slice(1, 4)}-${rest}`;
}

describe('a key that may only propose, of an agent that may spend', () => {
  const claiming = { ...READ, claim: { attempt: 'first', target: null } };
  const proposer = async (): Promise<string> => {
    const { ns, agent, settings } = world;
    const expires_at = Date.now() + 60_000;
    const request = { by: settings.operator, ns, principal: agent, scopes: ['propose'], expires_at } as const;
    const { access_key } = await registerCredential(world.cell, request);
    return access_key ?? '';
  };

  it('spends nothing by a claim in its proposal', async () => {
    const before = world.cell.running.durableSize();
    const got = await world.ask('POST', '/api/v1/actions', { key: await proposer(), body: claiming });
    expect(got.json).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY', status: 403 });
    // Its own registration alone.
    expect(world.cell.running.durableSize()).toBe(before + 1);
  });

  it('spends nothing by a claim in a batch, whose other proposals are judged', async () => {
    const body = { proposals: [{ proposal: claiming }, { proposal: READ }] };
    const { json } = await world.ask('POST', '/api/v1/actions/batch', { key: await proposer(), body });
    expect(json).toMatchObject({
      answers: [
        { code: 'INSUFFICIENT_AUTHORITY', status: 403, proposed: null },
        { code: 'ALLOWED', status: 200 },
      ],
    });
  });

  it('spends nothing by a claim in a release', async () => {
    const path = '/api/v1/tickets/tkt_00000000000000000000000000/release';
    const got = await world.ask('POST', path, { key: await proposer(), body: { claim: claiming.claim } });
    expect(got.json).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY', status: 403 });
  });
});

describe('a key that may only report, of a person who may approve', () => {
  it('resolves nothing that another one ran', async () => {
    const { cell, ns, settings } = world;
    const by = settings.operator;
    const definition = { ...PERSON, scopes: ['approve', 'outcome'] } as const;
    const { principal } = await registerPrincipal(cell, { by, ns, principal: null, name: 'x', definition });
    const keyOf = async (scopes: readonly ('approve' | 'outcome')[]): Promise<string> => {
      const request = { by, ns, principal, scopes, expires_at: Date.now() + 60_000 };
      return (await registerCredential(cell, request)).access_key ?? '';
    };
    const { id } = judgedOf(await propose({ ...READ, claim: { attempt: 'first', target: null } }));
    const path = `/api/v1/actions/${id}/outcome`;
    const lost = { status: 'unknown', attested_by: 'agent' };
    expect((await world.ask('POST', path, { body: lost })).status).toBe(200);
    const body = { status: 'succeeded', attested_by: 'person' };
    const narrow = await world.ask('POST', path, { key: await keyOf(['outcome']), body });
    expect(narrow.json).toMatchObject({ code: 'EXECUTOR_DIFFERS' });
    const wide = await world.ask('POST', path, { key: await keyOf(['approve', 'outcome']), body });
    expect(wide.status).toBe(200);
  });
});

describe('a cell that stopped', () => {
  it('answers no dry run', async () => {
    const stopped = await createDoorWorld();
    stopped.cell.running.halt(new Error('found'));
    const got = await stopped.ask('POST', '/api/v1/actions/admissible', { body: { candidates: [READ] } });
    expect(got.json).toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    await stopped.destroy();
  });
});
