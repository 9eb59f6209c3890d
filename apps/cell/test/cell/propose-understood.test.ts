import { type ProposalToUnderstand, proposeUnderstood } from '@writ/cell';
import type { Answer, JsonObject } from '@writ/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CellWorld, createWorld, proposalOf } from './world.ts';

describe('proposeUnderstood', () => {
  let world: CellWorld;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.destroy());

  async function ask(args: JsonObject, change: Partial<ProposalToUnderstand> = {}): Promise<Answer> {
    const { understanding: _untold, ...plain } = proposalOf(world, args);
    return (await proposeUnderstood(world.cell, { ...plain, declared: null, ...change })).answer;
  }

  function action(tool: string): ProposalToUnderstand['action'] {
    return { tool, args: {}, why: '', claims: [], evidence: [] };
  }

  it('proposeUnderstood() allows what the cell itself understands to be harmless', async () => {
    expect(await ask({ path: 'a' })).toMatchObject({ kind: 'judged', verdict: 'ALLOW' });
  });

  it.each([
    ['an effect', { effects: ['SEND_NOTIFICATION'] }, 'BLOCK', 'EFFECT_OUT_OF_SCOPE'],
    ['a risk', { risk: 900_000 }, 'ESCALATE', 'RISK_OVER_CAP'],
    ['a cost that has no budget', { costs: [{ unit: 'usd', amount: 1 }] }, 'BLOCK', 'BUDGET_EXCEEDED'],
    ['a finding', { findings: [{ code: 'self_protect', where: '' }] }, 'BLOCK', 'SELF_PROTECT'],
  ] as const)(
    'proposeUnderstood() believes a caller that declares %s',
    async (_what, declared, verdict, code) => {
      expect(await ask({ path: `declared ${code}` }, { declared })).toMatchObject({ verdict, code });
    },
  );

  it('proposeUnderstood() believes nobody who declares less', async () => {
    const declared = { effects: [], findings: [], risk: 0 };
    const answer = await ask({}, { action: action('mail.send'), declared });
    expect(answer).toMatchObject({ verdict: 'ESCALATE' });
    const codes = answer.kind === 'judged' ? answer.reasons.map(({ code }) => code) : [];
    expect(codes).toContain('IRREVERSIBLE');
  });

  it('proposeUnderstood() refuses what names a directory of the cell itself', async () => {
    const answer = await ask({ path: `${world.directory}/state/cell/journal.sqlite` });
    expect(answer).toMatchObject({ verdict: 'BLOCK' });
    const codes = answer.kind === 'judged' ? answer.reasons.map(({ code }) => code) : [];
    expect(codes).toContain('SELF_PROTECT');
  });

  it('proposeUnderstood() refuses a tool that nobody declared', async () => {
    expect(await ask({}, { action: action('files.write') })).toMatchObject({ code: 'UNKNOWN_TOOL' });
  });

  it('proposeUnderstood() repeats its answer under a key, and takes no other declaration', async () => {
    const idempotency = { key: 'a key', sent_at: Date.now() };
    const first = await ask({ path: 'once' }, { idempotency });
    expect(await ask({ path: 'once' }, { idempotency })).toMatchObject({
      kind: 'repeat',
      index: first.index,
    });
    expect(await ask({ path: 'once' }, { idempotency, declared: { risk: 1 } })).toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    });
  });
});
