import type { Rule } from '@writ/policy';
import { describe, expect, it } from 'vitest';
import { codesOf, registerPrincipal } from '../support/acts.ts';
import { AGENT, openWorld, proposal, registerPolicy, ruleOf, RULES } from '../support/world.ts';

const withRules = (...rules: readonly Rule[]) => openWorld([...RULES, ...rules]);

describe('gate 6', () => {
  it('rules refuses with NO_POLICY when none is in force', () => {
    const world = openWorld();
    const space = [...world.state.namespaces.values()].find((one) => one.policy !== null);
    if (space !== undefined) world.state.namespaces.set(space.id, { ...space, policy: null });
    expect(world.run(proposal())).toMatchObject({ verdict: 'BLOCK', code: 'NO_POLICY' });
  });

  it('rules refuses with INTERNAL when the policy in force is not at hand', () => {
    const world = openWorld();
    Object.assign(world.library, { policy: () => null });
    expect(world.run(proposal())).toMatchObject({ verdict: 'BLOCK', code: 'INTERNAL' });
  });

  it('rules refuses with NO_RULE when no rule allows the tool', () => {
    const world = openWorld();
    registerPolicy(world, [ruleOf({ id: 'other', tools: ['files.write'], verdict: 'ALLOW' })]);
    const answer = world.run(proposal());
    expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'NO_RULE' });
    expect(codesOf(answer)).toEqual(['NO_RULE']);
  });

  it('rules refuses with RULE_BLOCK when any rule blocks, and names the rule', () => {
    const world = withRules(ruleOf({ id: 'never', tools: ['files.read'], verdict: 'BLOCK' }));
    const answer = world.run(proposal());
    expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'RULE_BLOCK' });
    expect(answer.kind === 'judged' && answer.reasons.find((one) => one.verdict === 'BLOCK')).toMatchObject({
      gate: 6,
      rule: 'never',
      class: 'final',
    });
  });

  it('rules asks a person with RULE_ESCALATE, with the proof and the quorum of the rule', () => {
    const answer = openWorld().run(proposal({ tool: 'deploy' }));
    expect(answer).toMatchObject({ verdict: 'ESCALATE', code: 'RULE_ESCALATE' });
    expect(answer.kind === 'judged' && answer.reasons.at(-1)).toMatchObject({
      lift: { needs: 'p2', quorum: 2, deadline_s: null, escalate_to: null },
    });
  });

  it('rules asks the agent with RULE_EVIDENCE, and opens no ticket', () => {
    const answer = openWorld().run(proposal({ tool: 'prove' }));
    expect(answer).toMatchObject({ verdict: 'NEED_EVIDENCE', code: 'RULE_EVIDENCE', ticket: null });
    expect(answer).toMatchObject({ expires_at: null, obligations: [] });
  });

  it('rules refuses with RULE_ERROR when a condition cannot be evaluated', () => {
    const world = withRules(
      ruleOf({ id: 'odd', tools: ['files.read'], verdict: 'ALLOW', when: 'has(args.path) && args.path > 1' }),
    );
    expect(world.run(proposal())).toMatchObject({ verdict: 'BLOCK', code: 'RULE_ERROR' });
  });

  it('rules refuses with INTERNAL when a rule gives a code that is not listed', () => {
    const world = withRules(ruleOf({ id: 'own', tools: ['files.read'], verdict: 'ALLOW', code: 'MINE' }));
    expect(world.run(proposal())).toMatchObject({ verdict: 'BLOCK', code: 'INTERNAL' });
  });

  it('rules gives a listed code of its own when a rule names one', () => {
    const opaque = { id: 'opaque', tools: ['files.read'], verdict: 'BLOCK', code: 'OPAQUE' } as const;
    expect(withRules(ruleOf(opaque)).run(proposal())).toMatchObject({ verdict: 'BLOCK', code: 'OPAQUE' });
  });

  it('rules unites the obligations of all rules that match, sorted, each once', () => {
    const ask = (id: string, ...obligations: string[]) =>
      ruleOf({ id, tools: ['files.read'], verdict: 'ALLOW', obligations });
    const world = withRules(ask('one', 'run_fenced', 'no_network'), ask('two', 'no_network', 'notify'));
    expect(world.run(proposal())).toMatchObject({ obligations: ['no_network', 'notify', 'run_fenced'] });
  });

  it.each([
    'has(session.allowed) && session.allowed == 1 && has(session.refused) && session.refused == 1',
    'principal.kind == "agent" && principal.wall == 2',
    'has(session.actions_last_minute) && session.actions_last_minute == 2',
  ])('rules see what was recalled: %s', (when) => {
    const world = withRules(ruleOf({ id: 'seen', tools: ['files.read'], verdict: 'BLOCK', when }));
    expect(world.run(proposal({ name: 'first' }))).toMatchObject(
      when.startsWith('principal') ? { code: 'RULE_BLOCK' } : { code: 'ALLOWED' },
    );
    world.run(proposal({ name: 'refused', tool: 'unknown' }));
    expect(world.run(proposal({ name: 'third' }))).toMatchObject({ code: 'RULE_BLOCK' });
  });

  it('rules never see the effects or the risk that an agent may have: only those of the action', () => {
    const when = 'risk > 100000 || "DEPLOY" in effects';
    const world = withRules(ruleOf({ id: 'seen', tools: ['files.read'], verdict: 'BLOCK', when }));
    registerPrincipal(world, AGENT, { effects: ['READ_REPO', 'DEPLOY'] });
    expect(world.run(proposal())).toMatchObject({ verdict: 'ALLOW' });
    expect(world.run(proposal({ name: 'b', understanding: { risk: 100_001 } }))).toMatchObject({
      code: 'RULE_BLOCK',
    });
  });
});
