import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitArgs, commitPart, decodeBase64url, openPart, sha256Base64url } from '@writ/proof';
import { eraseAction } from '../../../src/cell/erase.ts';
import { createDoorWorld, type DoorWorld, type Got } from './world.ts';

let world: DoorWorld;
beforeAll(async () => {
  world = await createDoorWorld();
});
afterAll(() => world.destroy());

type Head = {
  readonly id: string;
  readonly ns: string;
  readonly args: string;
  readonly verdict: string;
  readonly parts: { readonly sealed: string };
};
type Shown = {
  readonly id: string;
  readonly nonce: string | null;
  readonly sealed: string;
  readonly approvals: number;
  readonly principals: readonly { readonly principal: string; readonly definition?: object }[];
  readonly reasons: readonly { readonly code: string; readonly rule?: string }[];
  readonly proven: { readonly head: string };
  readonly ticket: { readonly id: string; readonly binding: string; readonly action: string };
  readonly answer: { readonly ticket: { readonly id: string } };
};

const shown = ({ json }: Got): Shown => json as unknown as Shown; // one of the answers of these tests
const headOf = (got: Got): Head => JSON.parse(shown(got).proven.head) as Head; // a head of our own cell

const MAIL = { tool: 'mail.send', args: { text: 'hello' } };
const propose = (body: object): Promise<Got> => world.ask('POST', '/api/v1/actions', { body });
const as = (key: keyof DoorWorld['keys'], path: string, method = 'GET', body?: object): Promise<Got> =>
  world.ask(method, path, { key: world.keys[key], ...(body === undefined ? {} : { body }) });

describe('getTicket', () => {
  it('shows whoever may approve the sealed part that the binding stands for, with the decision', async () => {
    const asked = shown(await propose(MAIL));
    const got = await as('person', `/api/v1/tickets/${asked.answer.ticket.id}`);
    expect(got.status).toBe(200);
    const { ticket, sealed, approvals } = shown(got);
    expect(ticket).toMatchObject({ id: asked.answer.ticket.id, action: asked.id, status: 'open' });
    expect(approvals).toBe(0);
    expect(commitPart(sha256Base64url, 'sealed', sealed)).toBe(ticket.binding);
    expect(JSON.parse(openPart(sealed).json)).toMatchObject({ input: { args: MAIL.args } });
    expect(headOf(got)).toMatchObject({ id: asked.id, parts: { sealed: ticket.binding }, ticket: ticket.id });
  });

  it('shows it to no agent, to nobody of another namespace, and nothing that is not there', async () => {
    const { answer } = shown(await propose(MAIL));
    const path = `/api/v1/tickets/${answer.ticket.id}`;
    expect((await as('agent', path)).json).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
    expect((await as('operator', path)).json).toMatchObject({ code: 'TICKET_UNKNOWN' });
    const none = await as('person', `/api/v1/tickets/tkt_${'0'.repeat(26)}`);
    expect(none.json).toMatchObject({ code: 'TICKET_UNKNOWN', status: 404 });
  });
});

describe('getDecision', () => {
  it('shows the executor why, as an agent may see it, and what opens the writ', async () => {
    const { id } = shown(await propose(MAIL));
    const got = await as('agent', `/api/v1/actions/${id}/decision`);
    expect(got.status).toBe(200);
    const { reasons, nonce } = shown(got);
    expect(reasons.map(({ code }) => code)).toContain('RULE_ESCALATE');
    expect(got.text).not.toContain('ask-mail');
    expect(headOf(got).args).toBe(commitArgs(decodeBase64url(nonce ?? ''), MAIL.args));
  });

  it('shows an operator rules and no nonce', async () => {
    const { id } = shown(await propose(MAIL));
    const got = await as('admin', `/api/v1/actions/${id}/decision`);
    expect(shown(got).nonce).toBeNull();
    expect(got.text).toContain('ask-mail');
  });

  it('is found by nobody else, and not for what is none', async () => {
    const { id } = shown(await propose(MAIL));
    expect((await as('person', `/api/v1/actions/${id}/decision`)).status).toBe(404);
    expect((await as('operator', `/api/v1/actions/${id}/decision`)).status).toBe(404);
    expect((await as('admin', `/api/v1/actions/act_${'0'.repeat(26)}/decision`)).status).toBe(404);
    expect((await as('admin', '/api/v1/actions/x/decision')).status).toBe(404);
  });

  it('says nothing of reasons that were erased, and still proves the verdict', async () => {
    const { id } = shown(await propose({ tool: 'files.read', args: { path: 'erase me' } }));
    const { settings, cell, ns } = world;
    await eraseAction(cell, { by: settings.operator, ns, index: indexOf(await decision(id)) });
    const got = await decision(id);
    expect(shown(got).reasons).toBeNull();
    expect(headOf(got)).toMatchObject({ id, verdict: 'ALLOW' });
  });

  const decision = (id: string): Promise<Got> => as('admin', `/api/v1/actions/${id}/decision`);
  const indexOf = (got: Got): number => (shown(got).proven as unknown as { readonly index: number }).index;
});

describe('the namespace that is asked in', () => {
  const tool = {
    v: 1,
    name: 'notes.read',
    description: 'reads a note',
    parameters: { type: 'object', properties: {} },
    effects: ['READ_REPO'],
  };

  it('is any for who belongs to the cell itself', async () => {
    const added = await as('operator', `/api/v1/tools?ns=${world.ns}`, 'POST', tool);
    expect(added.status).toBe(200);
    expect((await as('agent', '/api/v1/tools')).text).toContain('notes.read');
    const listed = shown(await as('operator', `/api/v1/principals?ns=${world.ns}`));
    const agent = listed.principals.find(({ principal }) => principal === world.agent);
    expect(agent?.definition).toMatchObject({ kind: 'agent', limits: expect.any(Object) });
    const keys = `/api/v1/principals/${world.agent}/credentials`;
    expect((await as('operator', keys)).status).toBe(404);
    expect((await as('operator', `${keys}?ns=${world.ns}`)).status).toBe(200);
  });

  it('is no other for anyone else, and none that is not there', async () => {
    const { home } = world.settings;
    for (const [method, path, body] of [
      ['POST', '/api/v1/tools', tool],
      ['GET', '/api/v1/principals', undefined],
      ['POST', '/api/v1/freezes', { scope: { scope: 'namespace' } }],
    ] as const) {
      const got = await as('admin', `${path}?ns=${home}`, method, body);
      expect(got.json).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY', status: 403 });
    }
    const nowhere = await as('operator', `/api/v1/tools?ns=ns_${'0'.repeat(26)}`, 'POST', tool);
    expect(nowhere.json).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is what a freeze of a namespace covers', async () => {
    const scope = { scope: { scope: 'namespace' } };
    expect((await as('operator', `/api/v1/freezes?ns=${world.ns}`, 'POST', scope)).status).toBe(200);
    expect((await propose({ tool: 'files.read', args: { path: 'a' } })).json).toMatchObject({
      code: 'LOCKED',
    });
  });
});

describe('getStatus', () => {
  it('counts for whoever operates the cell, and for nobody else', async () => {
    const got = await as('operator', '/api/v1/status');
    expect(got.json).toMatchObject({ term: expect.any(Number), namespaces: 2, failed: [] });
    expect((await as('agent', '/api/v1/status')).status).toBe(403);
    expect((await as('person', '/api/v1/status')).status).toBe(403);
  });
});
