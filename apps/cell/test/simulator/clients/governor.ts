import type { Command, FreezeScope } from '@writ/contract';
import {
  ADMIN,
  AGENTS,
  personOf,
  registerAgent,
  registerBudget,
  registerPolicy,
  registerTool,
  TENANTS,
  TOOLS,
} from '../cast.ts';
import { digestOf, tagOf } from '../names.ts';
import type { World } from '../world.ts';
import { simulatedParts } from '../parts.ts';
import type { Owner } from '../scheduler.ts';
import { openClient } from './calls.ts';
import { insist } from './executor.ts';

/** Some of them end by themselves while a world goes on. */
const LIFE_MS = 7_200_000;

/** Whoever changes what others rely on: freezes, thaws, tools, policies, principals, erasure, ticks. */
export async function runGovernor(world: World, acts: number): Promise<void> {
  const client = openClient(world, `governor ${world.mint.name()}`);
  for (let at = 0; at < acts; at += 1) {
    await world.scheduler.wait(client, 'thinks');
    const command = drawAct(world);
    const reply = await insist(world, client, () => command);
    if (reply.kind === 'done') await follow(world, client, command);
  }
}

/**
 * What is frozen is thawed again, who is disabled comes back, a credential is ended, and what is erased loses
 * its keys.
 */
async function follow(world: World, client: Owner, command: Command): Promise<void> {
  const { choices, disk, scheduler, faults, machines, mint } = world;
  if (command.kind === 'freeze') {
    const { scope } = command;
    await scheduler.wait(client, 'leaves it frozen');
    const id = mint.id('thw');
    await insist(world, client, () => ({ kind: 'thaw', id, by: ADMIN, scope, proof_of_person: 'p3' }));
  }
  if (command.kind === 'disable_principal') {
    const agent = AGENTS.find(({ id }) => id === command.principal);
    if (agent !== undefined) await insist(world, client, () => registerAgent(agent));
  }
  if (command.kind === 'register_credential') {
    await scheduler.wait(client, 'keeps the key');
    const { ns, id: credential } = command;
    const at = choices.pick([0, world.time.wall_ms() + LIFE_MS / 2]);
    await insist(world, client, () => ({ kind: 'end_credential', by: ADMIN, ns, credential, at }));
  }
  if (command.kind === 'erase') {
    const parts = simulatedParts(disk, scheduler, faults, machines[0].owner);
    const { ns, subject } = command;
    await (subject.kind === 'namespace' ? parts.eraseDomain(ns) : parts.erase([subject.index]));
  }
}

function drawAct(world: World): Command {
  const { choices, mint } = world;
  const ns = choices.pick(TENANTS);
  const kind = choices.weigh([
    ['tick', 8],
    ['freeze', 8],
    ['tool', 3],
    ['policy', 3],
    ['principal', 2],
    ['credential', 2],
    ['budget', 1],
    ['key', 1],
    ['erase_action', 2],
    ['erase', 1],
  ]);
  switch (kind) {
    case 'tick':
      return { kind: 'tick', id: mint.id('tck'), folded: [] };
    case 'freeze': {
      const by = choices.chance(500) ? ADMIN : personOf(ns, 'alice');
      return { kind: 'freeze', id: mint.id('frz'), by, scope: drawScope(world, ns) };
    }
    case 'tool':
      return registerTool(ns, choices.pick(TOOLS)[0], choices.draw(2));
    case 'policy':
      return registerPolicy(ns, choices.draw(2));
    case 'principal': {
      const agent = choices.pick(AGENTS);
      return { kind: 'disable_principal', by: ADMIN, ns: agent.ns, principal: agent.id };
    }
    case 'credential':
      return registerCredential(world);
    case 'budget':
      return registerBudget(ns);
    case 'key':
      return {
        kind: 'rotate_key',
        id: mint.id('key'),
        by: ADMIN,
        key: digestOf(mint.name()),
        change: 'add',
        purpose: 'bundle',
      };
    case 'erase_action':
      return {
        kind: 'erase',
        id: mint.id('ers'),
        by: ADMIN,
        ns,
        subject: { kind: 'action', index: choices.draw(60) },
      };
    case 'erase':
      return { kind: 'erase', id: mint.id('ers'), by: ADMIN, ns: TENANTS[1], subject: { kind: 'namespace' } };
    default:
      return kind satisfies never;
  }
}

function registerCredential({ choices, mint, time }: World): Command {
  const { id: principal, ns } = choices.pick(AGENTS);
  return {
    kind: 'register_credential',
    id: mint.id('key'),
    by: ADMIN,
    ns,
    principal,
    digest: digestOf(mint.name()),
    scopes: ['propose', 'commit'],
    expires_at: time.wall_ms() + LIFE_MS,
  };
}

function drawScope({ choices }: World, ns: string): FreezeScope {
  const agent = choices.pick(AGENTS);
  const kind = choices.pick(['namespace', 'principal', 'session', 'effect', 'all'] as const);
  switch (kind) {
    case 'all':
      return { scope: 'all' };
    case 'namespace':
      return { scope: 'namespace', ns };
    case 'principal':
      return { scope: 'principal', principal: agent.id };
    case 'session':
      return { scope: 'session', ns: agent.ns, session: tagOf(`session ${agent.id} ${choices.draw(3)}`) };
    case 'effect':
      return { scope: 'effect', ns, effect: choices.pick(TOOLS)[1][0] ?? 'READ_REPO' };
    default:
      return kind satisfies never;
  }
}
