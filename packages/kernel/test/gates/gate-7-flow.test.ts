import type { Effect } from '@writ/contract';
import { COMBINATIONS } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { answerTo, codesOf, registerPrincipal, releaseOf } from '../support/acts.ts';
import {
  AGENT,
  ALICE,
  commitOf,
  idOf,
  openWorld,
  proposal,
  registerTool,
  RULES,
  ruleOf,
  tagOf,
  type World,
} from '../support/world.ts';

/** A world in which one tool may have every effect. */
function anyWorld(): World {
  const world = openWorld([...RULES, ruleOf({ id: 'any', tools: ['any'], verdict: 'ALLOW' })]);
  const effects = [...new Set(COMBINATIONS.flatMap((one) => one.effects))];
  registerTool(world, 'any', effects);
  registerPrincipal(world, AGENT, { effects });
  return world;
}

const doing = (name: string, ...effects: readonly Effect[]) =>
  proposal({ name, tool: 'any', understanding: { effects } });

describe('gate 7', () => {
  it.each(COMBINATIONS.map(({ effects, verdict }) => ({ first: effects[0], second: effects[1], verdict })))(
    'flow gives $verdict when $second comes after $first, and asks when they come otherwise',
    ({ first, second, verdict }) => {
      const code = 'TOXIC_COMBINATION';
      expect(anyWorld().run(doing('both', first, second))).toMatchObject({ verdict: 'ESCALATE', code });
      const after = anyWorld();
      expect(after.run(doing('one', first))).toMatchObject({ verdict: 'ALLOW' });
      expect(after.run(doing('two', second))).toMatchObject({ verdict, code });
      expect(after.run(doing('both', first, second))).toMatchObject({ verdict, code });
      const before = anyWorld();
      expect(before.run(doing('one', second))).toMatchObject({ verdict: 'ALLOW' });
      expect(before.run(doing('two', first))).toMatchObject({ verdict: 'ESCALATE', code });
    },
  );

  it('flow leaves nothing to lift when the combination is a BLOCK', () => {
    const world = anyWorld();
    world.run(doing('one', 'READ_SECRETS'));
    const answer = world.run(doing('two', 'UPLOAD'));
    expect(answer.kind === 'judged' && answer.reasons.find((one) => one.gate === 7)).toMatchObject({
      class: 'final',
      lift: null,
    });
  });

  it('flow leaves nothing to lift when a secret is seen to leave', () => {
    const findings = [{ code: 'secret_leaves', where: '' } as const];
    const answer = openWorld().run(proposal({ understanding: { findings } }));
    expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'TAINTED_FLOW' });
    expect(answer.kind === 'judged' && answer.reasons.find((one) => one.gate === 7)).toMatchObject({
      class: 'final',
      lift: null,
    });
  });

  it('flow forgets an effect when its window has passed', () => {
    const world = anyWorld();
    world.run(doing('one', 'READ_SECRETS'));
    world.now_ms += 300_000;
    expect(world.run(doing('at', 'DOWNLOAD'))).toMatchObject({ code: 'TOXIC_COMBINATION' });
    world.now_ms += 1;
    expect(world.run(doing('after', 'DOWNLOAD'))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('flow sees what a child of the same root did in another session', () => {
    const world = anyWorld();
    const child = idOf('prn', 'child');
    registerPrincipal(world, child, { root: AGENT, effects: ['DOWNLOAD'] });
    world.run(doing('one', 'READ_SECRETS'));
    const answer = world.run({ ...doing('two', 'DOWNLOAD'), by: child, session: tagOf('fresh') });
    expect(answer).toMatchObject({ code: 'TOXIC_COMBINATION' });
  });

  it('flow counts no effects of an action that was not allowed', () => {
    const world = anyWorld();
    expect(world.run({ ...doing('one', 'READ_SECRETS'), tool: tagOf('tool/none') })).toMatchObject({
      code: 'UNKNOWN_TOOL',
    });
    expect(world.run(doing('two', 'DOWNLOAD'))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('flow lets the commit pass that people allowed, and asks again for the next use', () => {
    const world = anyWorld();
    const both = doing('both', 'READ_SECRETS', 'DOWNLOAD');
    world.run(both);
    world.run(answerTo(world, both, ALICE));
    expect(world.run(releaseOf(world, both))).toMatchObject({ verdict: 'ALLOW' });
    expect(world.run(commitOf(world, both))).toMatchObject({ kind: 'spent' });
    expect(world.run(doing('again', 'DOWNLOAD'))).toMatchObject({ code: 'TOXIC_COMBINATION' });
    expect(world.run(doing('source', 'READ_SECRETS'))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('flow asks a person with TAINTED_FLOW when a tainted value reaches a sink', () => {
    const findings = [{ code: 'tainted_sink', where: 'args.to' } as const];
    const answer = openWorld().run(proposal({ understanding: { findings } }));
    expect(answer).toMatchObject({ verdict: 'ESCALATE', code: 'TAINTED_FLOW' });
    expect(codesOf(answer)).toEqual(['TAINTED_FLOW']);
  });
});
