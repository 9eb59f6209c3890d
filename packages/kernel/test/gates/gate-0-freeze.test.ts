import type { FreezeScope } from '@writ/contract';
import { judge } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { codesOf, freeze, registerPrincipal, thaw } from '../support/acts.ts';
import { inputWith } from '../support/judging.ts';
import {
  ADMIN,
  AGENT,
  commitOf,
  HOME,
  idOf,
  NS,
  openWorld,
  proposal,
  RUNNER,
  tagOf,
} from '../support/world.ts';

const COVERING: readonly FreezeScope[] = [
  { scope: 'all' },
  { scope: 'namespace', ns: NS },
  { scope: 'session', ns: NS, session: tagOf('session') },
  { scope: 'principal', principal: AGENT },
  { scope: 'effect', ns: NS, effect: 'READ_REPO' },
];

const OTHER: readonly FreezeScope[] = [
  { scope: 'namespace', ns: HOME },
  { scope: 'session', ns: NS, session: tagOf('another') },
  { scope: 'session', ns: HOME, session: tagOf('session') },
  { scope: 'principal', principal: ADMIN },
  { scope: 'effect', ns: NS, effect: 'DEPLOY' },
  { scope: 'effect', ns: HOME, effect: 'READ_REPO' },
];

describe('gate 0', () => {
  it('freeze refuses code that nobody has read when any effect is frozen', () => {
    const world = openWorld();
    freeze(world, { scope: 'effect', ns: NS, effect: 'DEPLOY' });
    const unread = (code: 'opaque' | 'lexical_only') =>
      proposal({
        name: code,
        understanding: { effects: ['EXECUTE_CODE'], findings: [{ code, where: '' }] },
      });
    expect(codesOf(world.run(unread('opaque')))).toContain('LOCKED');
    expect(codesOf(world.run(unread('lexical_only')))).not.toContain('LOCKED');
  });

  it.each(COVERING)(
    'freeze refuses with LOCKED when $scope is frozen, and the rest is not evaluated',
    (scope) => {
      const world = openWorld();
      freeze(world, scope);
      const answer = world.run(proposal());
      expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'LOCKED', expires_at: null });
      expect(codesOf(answer)).toEqual(['LOCKED']);
      const gates = answer.kind === 'judged' ? answer.gates : [];
      expect(gates.map((gate) => gate.not_evaluated)).toEqual([
        null,
        ...Array.from({ length: 9 }, () => 'refused_before'),
      ]);
    },
  );

  it.each(COVERING)('freeze lets go when $scope is thawed', (scope) => {
    const world = openWorld();
    freeze(world, scope);
    thaw(world, scope);
    expect(world.run(proposal())).toMatchObject({ verdict: 'ALLOW' });
  });

  it.each(OTHER)('freeze does not cover when another $scope is frozen', (scope) => {
    const world = openWorld();
    expect(freeze(world, scope)).toMatchObject({ kind: 'done' });
    expect(world.run(proposal())).toMatchObject({ verdict: 'ALLOW' });
  });

  it('freeze covers when the root of the delegation is frozen', () => {
    const world = openWorld();
    const child = idOf('prn', 'child');
    registerPrincipal(world, child, { root: AGENT });
    freeze(world, { scope: 'principal', principal: AGENT });
    expect(world.run(proposal({ change: { by: child } }))).toMatchObject({ code: 'LOCKED' });
  });

  it('freeze covers when the executor is frozen, before and after the decision', () => {
    const world = openWorld();
    registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['commit', 'outcome'] });
    registerPrincipal(world, AGENT, { executor: RUNNER });
    const proposed = proposal();
    expect(world.run(proposed)).toMatchObject({ verdict: 'ALLOW' });
    freeze(world, { scope: 'principal', principal: RUNNER });
    expect(world.run({ ...commitOf(world, proposed), by: RUNNER })).toMatchObject({ code: 'LOCKED' });
    expect(world.run(proposal({ name: 'b' }))).toMatchObject({ code: 'LOCKED' });
  });

  it('freeze gives no verdict when the namespace was erased: nothing could be sealed', () => {
    const world = openWorld();
    const subject = { kind: 'namespace' } as const;
    world.run({ kind: 'erase', id: idOf('ers', '1'), by: ADMIN, ns: NS, subject });
    expect(world.run(proposal())).toMatchObject({ kind: 'refused', code: 'NAMESPACE_ERASED' });
  });

  // Proposals are refused before and erasure closes what is open, so the gate is asked itself.
  it.each([null, { erased: true, pending_tickets: 0 }])(
    'freeze refuses with NAMESPACE_ERASED when recall says %j of the namespace',
    (namespace) => {
      const world = openWorld();
      world.run(proposal());
      expect(judge(inputWith(world, { namespace }))).toMatchObject({
        verdict: 'BLOCK',
        code: 'NAMESPACE_ERASED',
      });
    },
  );
});
