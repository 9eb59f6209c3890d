import type { Finding, PrincipalDefinition } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { codesOf, registerPrincipal } from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  idOf,
  NS,
  openWorld,
  proposal,
  registerTool,
  RULES,
  ruleOf,
  START_MS,
  commitOf,
} from '../support/world.ts';

type Case = { readonly code: string; readonly change: Partial<PrincipalDefinition> };

describe('gate 2', () => {
  it.each<Case>([
    { code: 'INSUFFICIENT_AUTHORITY', change: { scopes: ['commit', 'outcome'] } },
    { code: 'PRINCIPAL_EXPIRED', change: { expires_at: START_MS } },
    { code: 'EFFECT_OUT_OF_SCOPE', change: { effects: ['WRITE_PATCH'] } },
  ])('authority refuses with $code when the profile says $change', ({ code, change }) => {
    const world = openWorld();
    registerPrincipal(world, AGENT, change);
    const answer = world.run(proposal());
    expect(answer).toMatchObject({ verdict: 'BLOCK', code });
    expect(codesOf(answer)).toEqual([code]);
  });

  it('authority asks for every effect of the tool where code may run that nobody has read', () => {
    const world = openWorld([...RULES, ruleOf({ id: 'any', tools: ['shell'], verdict: 'ALLOW' })]);
    registerTool(world, 'shell', ['EXECUTE_CODE', 'DEPLOY']);
    registerPrincipal(world, AGENT, { effects: ['EXECUTE_CODE'] });
    const running = (name: string, findings: readonly Finding[]) =>
      proposal({
        name,
        tool: 'shell',
        understanding: { effects: ['EXECUTE_CODE'], findings, reversibility: 'reversible' },
      });
    expect(codesOf(world.run(running('known', [])))).not.toContain('EFFECT_OUT_OF_SCOPE');
    for (const code of ['opaque', 'unfamiliar'] as const) {
      expect(codesOf(world.run(running(code, [{ code, where: '' }])))).toContain('EFFECT_OUT_OF_SCOPE');
    }
  });

  it('authority accepts a credential until the moment at which it expires', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { expires_at: START_MS + 1 });
    expect(world.run(proposal())).toMatchObject({ verdict: 'ALLOW' });
    world.now_ms += 1;
    expect(world.run(proposal({ name: 'b' }))).toMatchObject({ code: 'PRINCIPAL_EXPIRED' });
  });

  it('authority refuses with PRINCIPAL_DISABLED when the credential was disabled', () => {
    const world = openWorld();
    world.run({ kind: 'disable_principal', by: ADMIN, ns: NS, principal: AGENT });
    const answer = world.run(proposal());
    expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'PRINCIPAL_DISABLED' });
  });

  it('authority refuses the children when the root of their delegation is disabled or expired', () => {
    const world = openWorld();
    const child = idOf('prn', 'child');
    registerPrincipal(world, child, { root: AGENT });
    const before = proposal({ name: 'before', change: { by: child } });
    expect(world.run(before)).toMatchObject({ verdict: 'ALLOW' });
    world.run({ kind: 'disable_principal', by: ADMIN, ns: NS, principal: AGENT });
    const answer = world.run({ ...commitOf(world, before), by: child });
    expect(answer).toMatchObject({ code: 'STATE_DRIFT', drift: [{ kind: 'principal', id: AGENT }] });
    expect(world.run(proposal({ name: 'a', change: { by: child } }))).toMatchObject({
      verdict: 'BLOCK',
      code: 'PRINCIPAL_DISABLED',
    });
    registerPrincipal(world, AGENT, { expires_at: world.now_ms });
    expect(world.run(proposal({ name: 'b', change: { by: child } }))).toMatchObject({
      verdict: 'BLOCK',
      code: 'PRINCIPAL_EXPIRED',
    });
  });

  it('authority refuses with EFFECT_OUT_OF_SCOPE when the tool does not declare the effect', () => {
    const world = openWorld();
    registerTool(world, 'files.read', ['READ_CONFIG']);
    expect(world.run(proposal())).toMatchObject({ verdict: 'BLOCK', code: 'EFFECT_OUT_OF_SCOPE' });
  });

  it('authority asks a person with RISK_OVER_CAP when the risk is over the cap and not at it', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { risk_cap: 500_000 });
    expect(world.run(proposal({ name: 'at', understanding: { risk: 500_000 } }))).toMatchObject({
      verdict: 'ALLOW',
    });
    const over = world.run(proposal({ name: 'over', understanding: { risk: 500_001 } }));
    expect(over).toMatchObject({ verdict: 'ESCALATE', code: 'RISK_OVER_CAP' });
  });

  it.each([null, 'none', {}])('authority never takes the risk %j for a small one', (risk) => {
    const world = openWorld();
    const proposed = proposal({ understanding: { risk: risk as unknown as number } });
    expect(world.run(proposed)).not.toMatchObject({ verdict: 'ALLOW' });
  });

  it('authority gives both reasons when effects and risk are over', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { risk_cap: 0, effects: [] });
    const answer = world.run(proposal());
    expect(codesOf(answer)).toEqual(['EFFECT_OUT_OF_SCOPE', 'RISK_OVER_CAP']);
    expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'EFFECT_OUT_OF_SCOPE', ticket: null });
  });

  it('authority refuses without a record when nobody knows the credential', () => {
    const world = openWorld();
    const { length } = world.records;
    const answer = world.run(proposal({ change: { by: idOf('prn', 'nobody') } }));
    expect(answer).toMatchObject({ kind: 'refused', index: null, code: 'UNAUTHENTICATED' });
    expect(world.records).toHaveLength(length);
  });
});
