import type { Scope } from '@writ/contract';
import { checkAnswerOf } from '@writ/contract/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerCredential } from '../../../src/cell/credentials.ts';
import { eraseAction } from '../../../src/cell/erase.ts';
import { registerNamespace, registerPolicy, registerPrincipal } from '../../../src/cell/govern.ts';
import { AGENT, POLICY } from '../../cell/world.ts';
import { createDoorWorld, type DoorWorld, type Got } from './world.ts';

const READ = { tool: 'files.read', args: { path: 'notes.txt' } };
const MAIL = { tool: 'mail.send', args: { text: 'hello' } };
const PATH = '/api/v1/actions/explain';
/** What only an operator may see of the policy. */
const MORE = `  - id: night-shift
    tools: [files.read]
    effects: { any: [DEPLOY] }
    verdict: BLOCK
    examples: [{ effects: [DEPLOY], expect: BLOCK }]
  - id: whom-to-ask
    tools: [mail.send]
    verdict: ESCALATE
    quorum: 2
    escalate_to: the-owners
    reason: because the owners said so
    when: has(args.text) && args.text == 'never'
    examples: [{ args: { text: never }, effects: [SEND_NOTIFICATION], expect: ESCALATE }]
`;

let world: DoorWorld;
let agent: string;
let principal: string;

beforeAll(async () => {
  world = await createDoorWorld();
  const { cell, ns, settings } = world;
  const set = await registerPolicy(cell, { by: settings.operator, ns, text: POLICY + MORE });
  if (set.kind === 'refused') throw new Error(JSON.stringify(set.problems));
  [agent, principal] = await curious('curious', ns);
});
afterAll(() => world.destroy());

/** An agent that may explain, with a key that may. */
async function curious(name: string, ns: string): Promise<readonly [string, string]> {
  const by = world.settings.operator;
  const scopes: readonly Scope[] = ['propose', 'commit', 'explain'];
  const definition = { ...AGENT, scopes };
  const made = await registerPrincipal(world.cell, { by, ns, principal: null, name, definition });
  const asked = { by, ns, principal: made.principal, scopes, expires_at: Date.now() + 3_600_000 };
  const { access_key } = await registerCredential(world.cell, asked);
  return [access_key ?? '', made.principal];
}

const explain = (body: object, key = agent): Promise<Got> => world.ask('POST', PATH, { key, body });
const propose = (body: object, key = agent): Promise<Got> =>
  world.ask('POST', '/api/v1/actions', { key, body });

// What was answered, as the tests expect it.
type Judged = {
  readonly id: string;
  readonly answer: { readonly verdict: string; readonly code: string; readonly gates: readonly object[] };
};
const judged = ({ json }: Got): Judged => json as unknown as Judged;

describe('explainAction', () => {
  it('wants a scope of its own, of the key and of its principal', async () => {
    expect(await explain({ candidate: READ }, world.keys.agent)).toMatchObject({
      status: 403,
      json: { code: 'INSUFFICIENT_AUTHORITY' },
    });
  });

  it('shows the ten gates, the meaning, and that nothing stands in the way', async () => {
    const got = await explain({ candidate: READ });
    expect(got.status).toBe(200);
    expect(checkAnswerOf('explainAction', got.json)).toMatchObject({ kind: 'valid' });
    expect(got.json).toMatchObject({
      recorded: null,
      verdict: 'ALLOW',
      outlook: 'allowed',
      understanding: { effects: ['READ_REPO'], outside: [] },
    });
    expect(got.json['gates']).toHaveLength(10);
  });

  it('says of what was refused early which gates did not run', async () => {
    const { json } = await explain({ candidate: { ...READ, tool: 'no.such' } });
    expect(json).toMatchObject({ code: 'UNKNOWN_TOOL', outlook: 'final' });
    expect((json['gates'] as unknown as readonly object[])[6]).toMatchObject({
      not_evaluated: 'refused_before',
    });
  });

  it('shows an agent no rule, no approver and no threshold', async () => {
    const got = await explain({ candidate: MAIL });
    expect(got.json).toMatchObject({ verdict: 'ESCALATE', outlook: 'liftable' });
    expect(got.json).not.toHaveProperty('rules');
    for (const secret of ['"rule"', '"lift"', '"risk"', 'ask-mail', 'the-owners', 'night', 'quorum'])
      expect(got.text).not.toContain(secret);
  });

  it('shows an operator each rule of the tool, matched or not and why, and who could lift', async () => {
    const got = await explain({ candidate: MAIL, as: principal }, world.keys.admin);
    expect(checkAnswerOf('explainAction', got.json)).toMatchObject({ kind: 'valid' });
    expect(got.json['rules']).toMatchObject([
      { rule: 'mail', outcome: 'matched', verdict: 'ALLOW' },
      { rule: 'ask-mail', outcome: 'matched', verdict: 'ESCALATE' },
      {
        rule: 'whom-to-ask',
        outcome: 'condition_false',
        when: expect.any(String),
        reason: expect.any(String),
      },
    ]);
    expect(got.json['gates'] as unknown).toContainEqual(
      expect.objectContaining({
        name: 'rules',
        reasons: expect.arrayContaining([
          expect.objectContaining({ rule: 'ask-mail', lift: expect.objectContaining({ needs: 'p2' }) }),
        ]),
      }),
    );
    const read = await explain({ candidate: READ, as: principal }, world.keys.admin);
    expect(read.json['rules']).toContainEqual(
      expect.objectContaining({
        rule: 'night-shift',
        outcome: 'effects_differ',
        effects: { any: ['DEPLOY'] },
      }),
    );
  });

  it.each([READ, MAIL, { ...READ, tool: 'no.such' }, { ...READ, declared: { effects: ['DEPLOY'] } }])(
    'agrees with what is then proposed: $tool',
    async (candidate) => {
      const told = (await explain({ candidate })).json as unknown as Judged['answer'];
      const { id, answer } = judged(await propose(candidate));
      expect(answer).toMatchObject({ verdict: told.verdict, code: told.code });
      // And with what is told of the record afterwards.
      const again = (await explain({ id })).json as unknown as Judged['answer'];
      expect(again.gates).toEqual(told.gates);
      expect(again).toMatchObject({ verdict: told.verdict, code: told.code, recorded: { id } });
    },
  );

  it('records who asks, and nothing of what was asked', async () => {
    await explain({ candidate: READ });
    const { size } = world.cell.running.state();
    await explain({ candidate: MAIL });
    expect(world.cell.running.state().size).toBe(size);
    expect(world.cell.running.state().questions.get(principal)).toMatchObject({ id: expect.any(String) });
  });

  it('is refused to whoever asks without end, also when every question fails', async () => {
    const [key] = await curious('endless', world.ns);
    const statuses: number[] = [];
    for (let n = 0; n < 61; n += 1)
      statuses.push((await explain({ id: `act_${'0'.repeat(26)}` }, key)).status);
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([404]));
    expect(statuses[60]).toBe(429);
  });

  it('answers nothing about another namespace, nor for another principal', async () => {
    const { cell, settings } = world;
    const { ns } = await registerNamespace(cell, { by: settings.operator, ns: null, budgets: [] });
    const [stranger, other] = await curious('stranger', ns);
    const { id } = judged(await propose(READ));
    expect((await explain({ id }, stranger)).json).toMatchObject({ code: 'NOT_FOUND' });
    expect((await explain({ candidate: READ }, stranger)).json).toMatchObject({ code: 'UNKNOWN_TOOL' });
    expect((await explain({ candidate: READ, as: other }, world.keys.admin)).json).toMatchObject({
      code: 'NOT_FOUND',
    });
    const asOther = { candidate: READ, as: world.agent };
    expect((await explain(asOther)).json).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
    const elsewhere = await world.ask('POST', `${PATH}?ns=${ns}`, { key: agent, body: { id } });
    expect(elsewhere.json).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
  });

  it('lets the operators of the cell explain a record of any namespace that they name', async () => {
    const { id } = judged(await propose(READ));
    const asked = { key: world.keys.operator, body: { id } };
    expect((await world.ask('POST', `${PATH}?ns=${world.ns}`, asked)).json).toMatchObject({
      recorded: { id },
    });
    expect((await world.ask('POST', PATH, asked)).json).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('tells nothing of an action whose content was erased', async () => {
    const got = await propose(READ);
    const { id } = judged(got);
    const { index } = got.json['proven'] as unknown as { readonly index: number };
    const { settings, ns } = world;
    await eraseAction(world.cell, { by: settings.operator, ns, index });
    expect((await explain({ id })).json).toMatchObject({ code: 'NOT_FOUND', detail: 'erased' });
  });

  it.each([
    ['both', { candidate: READ, id: `act_${'0'.repeat(26)}` }],
    ['neither', {}],
    ['a claim', { candidate: { ...READ, claim: { attempt: 'a', target: null } } }],
  ])('takes no body of %s', async (_what, body) => {
    expect((await explain(body)).json).toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
