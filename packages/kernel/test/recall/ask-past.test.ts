import type { Answer, ProposeCommand } from '@writ/contract';
import { decideAgain, printSnapshot, restoreSnapshot } from '@writ/kernel';
import type { Rule } from '@writ/policy';
import { describe, expect, it } from 'vitest';
import { codesOf, outcomeOf, tick } from '../support/acts.ts';
import { judgementsOf } from '../support/judging.ts';
import {
  commitOf,
  ENGINE,
  EUR,
  openWorld,
  proposal,
  registerPolicy,
  ruleOf,
  RULES,
  tagOf,
  type World,
} from '../support/world.ts';

/** A cell whose rules block where the past is as `when` says. */
function worldWith(when: string, tools: readonly string[] = ['*']): World {
  const world = openWorld([]);
  const rules: readonly Rule[] = [
    ...RULES.filter(({ verdict }) => verdict === 'ALLOW'),
    ruleOf({ id: 'past', tools, when, verdict: 'BLOCK' }),
  ];
  expect(registerPolicy(world, rules).kind).toBe('done');
  return world;
}

let made = 0;

function fresh(tool: string, change: Partial<ProposeCommand> = {}): ProposeCommand {
  made += 1;
  return proposal({ name: `past ${made}`, tool, change });
}

const costing = (amount: number): Partial<ProposeCommand> => ({ costs: [{ unit: EUR, amount }] });
const touching = (...hosts: readonly string[]): Partial<ProposeCommand> => ({
  touched: hosts.map((host) => ({ kind: 'host', tag: tagOf(`host/${host}`) })),
});

/**
 * Every judgment says the same from what was sealed with it, and a restored state goes on like the live one.
 */
function expectAgain(world: World): void {
  const found = judgementsOf(world);
  for (const one of found) expect(decideAgain(one, ENGINE, world.library)).toEqual({ kind: 'same' });
  const text = printSnapshot(world.state);
  expect(printSnapshot(restoreSnapshot(text))).toBe(text);
}

const verdictOf = (answer: Answer): string => (answer.kind === 'judged' ? answer.verdict : answer.kind);

describe('askPast()', () => {
  it('counts what was permitted, and not the action itself when its writ is spent', () => {
    const world = worldWith("count('tool', 'files.read', 3600) >= 2", ['files.read']);
    const second = fresh('files.read');
    expect(verdictOf(world.run(fresh('files.read')))).toBe('ALLOW');
    expect(verdictOf(world.run(second))).toBe('ALLOW');
    expect(codesOf(world.run(fresh('files.read')))).toEqual(['RULE_BLOCK']);
    // Two were counted, itself among them.
    expect(world.run(commitOf(world, second)).kind).toBe('spent');
    expectAgain(world);
  });

  it('refuses the commit of what others have overtaken', () => {
    const world = worldWith("count('tool', 'files.read', 3600) >= 2", ['files.read', 'pay']);
    const mail = fresh('pay');
    expect(verdictOf(world.run(mail))).toBe('ALLOW');
    world.run(fresh('files.read'));
    world.run(fresh('files.read'));
    expect(codesOf(world.run(commitOf(world, mail)))).toEqual(['RULE_BLOCK']);
  });

  it('forgets with the window, never early and at most a slot late', () => {
    const world = worldWith("count('effect', 'READ_REPO', 600) > 0", ['pay']);
    const start = world.now_ms;
    world.run(fresh('files.read'));
    world.now_ms = start + 599_999;
    expect(codesOf(world.run(fresh('pay')))).toEqual(['RULE_BLOCK']);
    world.now_ms = start + 660_000;
    expect(verdictOf(world.run(fresh('pay')))).toBe('ALLOW');
    expectAgain(world);
  });

  it('counts hours beyond an hour, and nothing beyond a day', () => {
    const world = worldWith("count('verdict', 'ALLOW', 86400) > 0", ['pay']);
    const start = world.now_ms;
    world.run(fresh('files.read'));
    world.now_ms = start + 86_399_999;
    expect(codesOf(world.run(fresh('pay')))).toEqual(['RULE_BLOCK']);
    world.now_ms = start + 2 * 86_400_000 + 7_200_000;
    expect(verdictOf(world.run(fresh('pay')))).toBe('ALLOW');
  });

  it('remembers an effect, to the second, in every session of the same root', () => {
    const world = worldWith("formerly('effect', 'READ_REPO', 300)", ['pay']);
    world.run(fresh('files.read', { session: tagOf('one') }));
    world.now_ms += 299_999;
    expect(codesOf(world.run(fresh('pay', { session: tagOf('two') })))).toEqual(['RULE_BLOCK']);
    world.now_ms += 1;
    expect(verdictOf(world.run(fresh('pay', { session: tagOf('two') })))).toBe('ALLOW');
    expectAgain(world);
  });

  it('does not take the permission that is spent for an earlier one', () => {
    const world = worldWith("formerly('tool', tool, 3600)", ['pay']);
    const first = fresh('pay');
    expect(verdictOf(world.run(first))).toBe('ALLOW');
    world.now_ms += 5;
    expect(world.run(commitOf(world, first)).kind).toBe('spent');
    expect(codesOf(world.run(fresh('pay')))).toEqual(['RULE_BLOCK']);
    expectAgain(world);
  });

  it('knows what ran to its end, and not what was only permitted', () => {
    const world = worldWith("!formerly('done', 'files.read')", ['pay']);
    const read = fresh('files.read');
    world.run(read);
    world.run(commitOf(world, read));
    expect(codesOf(world.run(fresh('pay')))).toEqual(['RULE_BLOCK']);
    world.run(outcomeOf(read));
    world.now_ms += 11_000;
    expect(verdictOf(world.run(fresh('pay')))).toBe('ALLOW');
    expectAgain(world);
  });

  it('adds up what was spent and what is in flight, and gives back what expired', () => {
    const world = worldWith("sum('eur', 3600) >= 300", ['pay']);
    const paid = fresh('pay', costing(200));
    world.run(paid);
    expect(world.run(commitOf(world, paid)).kind).toBe('spent');
    const expired = fresh('pay', costing(150));
    expect(verdictOf(world.run(expired))).toBe('ALLOW');
    expect(codesOf(world.run(fresh('pay', costing(1))))).toEqual(['RULE_BLOCK']);
    world.now_ms += 31_000;
    tick(world);
    expect(verdictOf(world.run(fresh('pay', costing(1))))).toBe('ALLOW');
    world.run(outcomeOf(paid, { spent: [{ unit: EUR, amount: 199 }] }));
    expect(verdictOf(world.run(fresh('pay', costing(100))))).toBe('ALLOW');
    expect(codesOf(world.run(fresh('pay', costing(1))))).toEqual(['RULE_BLOCK']);
    expectAgain(world);
  });

  it('does not add the own reservation of the writ that is spent', () => {
    const world = worldWith("sum('eur', 3600) > 0", ['pay']);
    const paid = fresh('pay', costing(200));
    expect(verdictOf(world.run(paid))).toBe('ALLOW');
    expect(world.run(commitOf(world, paid)).kind).toBe('spent');
    expectAgain(world);
  });

  it('tells different hosts apart, without the one that is spent now', () => {
    const world = worldWith("distinct('host', 3600) >= 2", ['pay']);
    const first = fresh('pay', touching('a.test', 'b.test'));
    world.run(first);
    world.run(fresh('files.read', touching('a.test')));
    expect(world.run(commitOf(world, first)).kind).toBe('spent');
    expect(codesOf(world.run(fresh('pay')))).toEqual(['RULE_BLOCK']);
    expectAgain(world);
  });

  it('stays at 64 different ones, and forgets none that a rule names', () => {
    const world = worldWith("distinct('host', 3600) == 64 && formerly('host', 'evil.test')", ['pay']);
    world.run(fresh('files.read', touching('evil.test')));
    for (let nth = 0; nth < 10; nth += 1) {
      const hosts = Array.from({ length: 10 }, (_, at) => `host ${nth} ${at}`);
      world.run(fresh('files.read', touching(...hosts)));
    }
    expect(codesOf(world.run(fresh('pay')))).toEqual(['RULE_BLOCK']);
    expectAgain(world);
  });

  it('says a day where there was nothing', () => {
    const world = worldWith("since('code', 'RULE_BLOCK') == 86400 && since('host', 'a.test') == 86400");
    expect(codesOf(world.run(fresh('pay')))).toEqual(['RULE_BLOCK']);
    expect(verdictOf(world.run(fresh('pay')))).toBe('ALLOW');
    expectAgain(world);
  });

  it('refuses a policy whose names have no tags', () => {
    const world = openWorld([]);
    const rules = [ruleOf({ id: 'a', tools: ['*'], when: "formerly('tool', 'x')", verdict: 'BLOCK' })];
    const { digest: policy, slices } = world.addPolicy(rules);
    const { by, id, ns } = { by: world.state.principals.keys().next().value ?? '', id: 'pol_x', ns: '' };
    const answer = world.run({ kind: 'register_policy', id, by, ns, policy, slices, sealed: '{}' });
    expect(answer.kind).toBe('refused');
  });
});
