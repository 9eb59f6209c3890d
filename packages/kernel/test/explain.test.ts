import { explain, explainRecorded, type Explanation } from '@writ/kernel';
import { encodeUtf8, parseHead } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { registerPrincipal } from './support/acts.ts';
import {
  AGENT,
  ENGINE,
  hash,
  openWorld,
  proposal,
  RULES,
  ruleOf,
  sealedOf,
  type World,
} from './support/world.ts';

const MORE = [
  ...RULES,
  ruleOf({ id: 'night', tools: ['files.read'], verdict: 'BLOCK', when: 'risk > 900000' }),
  ruleOf({ id: 'deploying', tools: ['*'], verdict: 'ESCALATE', effects: { any: ['DEPLOY'] } }),
  ruleOf({ id: 'broken', tools: ['pay'], verdict: 'ALLOW', when: 'has(args.path) && args.path > 1' }),
  ruleOf({ id: 'watched', tools: ['files.read'], verdict: 'BLOCK', mode: 'shadow' }),
];

function told(world: World, asked: Parameters<typeof proposal>[0]): Explanation {
  return explain(world.state, proposal(asked), world.stamp(), world.library);
}

const outcomes = ({ rules }: Explanation) => rules.map(({ rule, outcome }) => `${rule.id} ${outcome}`);

describe('explain()', () => {
  it('tells of every rule of the tool whether it matched, and why not', () => {
    const world = openWorld(MORE);
    expect(outcomes(told(world, { tool: 'files.read' }))).toEqual([
      'read matched',
      'night condition_false',
      'deploying effects_differ',
      'watched matched',
    ]);
    const failed = told(world, { tool: 'pay' });
    expect(outcomes(failed)).toContain('broken failed');
    expect(failed.rules.find(({ rule }) => rule.id === 'broken')?.fault).not.toBe(null);
    expect(failed.answer).toMatchObject({ verdict: 'BLOCK', code: 'RULE_ERROR' });
  });

  it('names the effects that the profile does not have', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { effects: ['READ_REPO'] });
    const { answer, outside } = told(world, { tool: 'files.write' });
    expect(answer).toMatchObject({ code: 'EFFECT_OUT_OF_SCOPE' });
    expect(outside).toEqual(['WRITE_PATCH']);
  });

  it('shows the gates of a refusal that would be folded into the one before', () => {
    const world = openWorld();
    const refused = { tool: 'files.write', understanding: { effects: ['DELETE'] as const } };
    world.run(proposal(refused));
    expect(world.run(proposal({ ...refused, change: { id: proposal({ name: 'b' }).id } }))).toMatchObject({
      kind: 'repeat',
      folded: true,
    });
    const { answer } = told(world, refused);
    expect(answer).toMatchObject({ kind: 'judged', code: 'EFFECT_OUT_OF_SCOPE' });
    expect(answer.kind === 'judged' && answer.gates).toHaveLength(10);
  });

  it('tells nothing that a gate which did not run would have read', () => {
    const { answer, rules, outside } = told(openWorld(), {
      judged: { check: 'undeclared' },
      understanding: { effects: ['DELETE'] },
    });
    expect(answer).toMatchObject({ code: 'SCHEMA_MISMATCH' });
    expect([rules, outside]).toEqual([[], []]);
  });
});

describe('explainRecorded()', () => {
  function recorded(world: World, sealed = sealedOf(world, proposal().id)) {
    const head = parseHead(encodeUtf8(world.records.at(-1)?.head ?? ''));
    if (head.kind !== 'decision') throw new Error('no decision');
    return { head, sealed, decision: null, index: world.records.length - 1 };
  }

  it('tells of a record what was told of the proposal, whatever holds now', () => {
    const world = openWorld(MORE);
    const before = told(world, { tool: 'files.read' });
    world.run(proposal({ tool: 'files.read' }));
    const record = recorded(world);
    registerPrincipal(world, AGENT, { effects: [] });
    const again = explainRecorded(record, ENGINE, world.library);
    expect(again).toEqual({ kind: 'explained', explanation: before });
  });

  it('tells nothing of what was erased, of another engine, or of a part that was changed', () => {
    const world = openWorld();
    world.run(proposal());
    const erased = explainRecorded({ ...recorded(world), sealed: null }, ENGINE, world.library);
    expect(erased).toEqual({ kind: 'undecidable', code: 'ERASED' });
    const other = explainRecorded(recorded(world), hash('other'), world.library);
    expect(other).toEqual({ kind: 'undecidable', code: 'ENGINE' });
    const sealed = sealedOf(world, proposal().id)?.replace('notes.md', 'other.md') ?? null;
    expect(explainRecorded(recorded(world, sealed), ENGINE, world.library)).toMatchObject({
      kind: 'differs',
    });
  });
});
