import type { SceneItem } from '@writ/contract';
import { openPart, printJson } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { freeze, lastHead, registerPrincipal, thaw } from '../support/acts.ts';
import {
  AGENT,
  hash,
  HOME,
  NS,
  openWorld,
  proposal,
  type Proposal,
  registerPolicy,
  registerTool,
  RULES,
  RUNNER,
  ruleOf,
  tagOf,
  type World,
} from '../support/world.ts';

const item = (digest: string, used: boolean): SceneItem => ({ kind: 'path', name: '/w/x', digest, used });
const sceneWith = (...items: readonly SceneItem[]) => ({ directory: '/w', roots: [], shell: null, items });

function stateHashOf(change: Proposal = {}, prepare: (world: World) => unknown = () => {}): unknown {
  const world = openWorld();
  prepare(world);
  world.run(proposal(change));
  return lastHead(world)['state_hash'];
}

const SAME: readonly (readonly [string, Proposal, (world: World) => unknown])[] = [
  ['the session is another', { change: { session: tagOf('other') } }, () => {}],
  ['the shape is another', { change: { shape: tagOf('other') } }, () => {}],
  ['time passed', {}, (world) => (world.now_ms += 1000)],
  [
    'an item that nothing relied on is there',
    { judged: { scene: sceneWith(item(hash('x'), false)) } },
    () => {},
  ],
  ['others did something', {}, (world) => world.run(proposal({ name: 'b', tool: 'unknown' }))],
  ['another namespace was frozen', {}, (world) => freeze(world, { scope: 'namespace', ns: HOME })],
  ['another principal is new', {}, (world) => registerPrincipal(world, RUNNER, {})],
  [
    'rules about another tool are new',
    {},
    (world) => registerPolicy(world, [...RULES, ruleOf({ id: 'x', tools: ['deploy'], verdict: 'BLOCK' })]),
  ],
];

const OTHER: readonly (readonly [string, Proposal, (world: World) => unknown])[] = [
  ['the arguments are others', { change: { args: hash('other') } }, () => {}],
  ['the action is another', { change: { same: tagOf('other') } }, () => {}],
  ['the tool is another', { tool: 'files.write' }, () => {}],
  [
    'an item that a finding relied on is there',
    { judged: { scene: sceneWith(item(hash('x'), true)) } },
    () => {},
  ],
  ['a claim was looked up', { judged: { claims: [{ fact: 'f', value: 1, confidence: 1e6 }] } }, () => {}],
  ['the profile was registered again', {}, (world) => registerPrincipal(world, AGENT, {})],
  ['the tool was registered again', {}, (world) => registerTool(world, 'files.read', ['READ_REPO'])],
  [
    'rules about the tool are new',
    {},
    (world) =>
      registerPolicy(world, [...RULES, ruleOf({ id: 'x', tools: ['files.read'], verdict: 'ALLOW' })]),
  ],
  [
    'it was frozen and thawed',
    {},
    (world) => {
      freeze(world, { scope: 'namespace', ns: NS });
      thaw(world, { scope: 'namespace', ns: NS });
    },
  ],
];

describe('the state hash', () => {
  it.each(SAME)('hashState() is the same when only %s', (_reason, change, prepare) => {
    expect(stateHashOf(change, prepare)).toBe(stateHashOf());
  });

  it.each(OTHER)('hashState() differs when %s', (_reason, change, prepare) => {
    expect(stateHashOf(change, prepare)).not.toBe(stateHashOf());
  });

  it('hashState() differs when an item that a finding relied on is another', () => {
    const of = (name: string) => stateHashOf({ judged: { scene: sceneWith(item(hash(name), true)) } });
    expect(of('x')).not.toBe(of('y'));
  });

  it('hashState() is SHA-256 of a label and the RFC 8785 text of action, dependencies and namespace', () => {
    const world = openWorld();
    world.run(proposal({ judged: { scene: sceneWith(item(hash('x'), true)) } }));
    const sealed = JSON.parse(openPart(world.records.at(-1)?.sealed ?? '').json) as {
      readonly recall: readonly { digest: string | null; id: string; kind: string; version: number }[];
    };
    const pinned = new Set(['freeze', 'principal', 'tool', 'policy', 'fact']);
    const dependencies = sealed.recall
      .filter((one) => pinned.has(one.kind))
      .map(({ digest, id, kind, version }) => ({ digest, id, kind, version }));
    dependencies.push({ digest: hash('x'), id: 'path:/w/x', kind: 'scene', version: 0 });
    dependencies.sort((left, right) => (`${left.kind} ${left.id}` < `${right.kind} ${right.id}` ? -1 : 1));
    const { args, same, tool } = proposal();
    const text = printJson({ v: 1, action: { tool, same, args }, namespace: NS, dependencies });
    expect(lastHead(world)['state_hash']).toBe(hash(`writ/state/v1\n${text}`));
    expect(dependencies.map((one) => one.kind)).toEqual(['freeze', 'policy', 'principal', 'scene', 'tool']);
  });
});
