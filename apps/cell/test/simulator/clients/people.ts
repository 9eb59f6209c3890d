import type { Command, TicketView } from '@writ/contract';
import { type Agent, PEOPLE, personOf } from '../cast.ts';
import type { Process } from '../process.ts';
import type { World } from '../world.ts';
import { openClient, recordedPart, stateOf } from './calls.ts';
import { insist, runExecutors } from './executor.ts';

export type Asked = TicketView & { readonly args: string };

/**
 * People answer a ticket beside each other, and the agent asks for its release, perhaps too early or twice.
 */
export function askPeople(world: World, agent: Agent, asked: Asked): void {
  for (const person of PEOPLE) if (world.choices.chance(750)) void answer(world, agent, asked, person);
  void release(world, agent, asked);
  if (world.choices.chance(300)) void release(world, agent, asked);
}

async function answer(world: World, agent: Agent, asked: Asked, person: string): Promise<void> {
  const client = openClient(world, `${person} ${world.mint.name()}`);
  const proof_of_person = world.choices.pick(['p2', 'p3', 'p1', 'p0'] as const);
  const kind = world.choices.chance(150) ? 'deny' : 'approve';
  await insist(world, client, (process) => ({
    kind,
    by: personOf(agent.ns, person),
    ticket: asked.id,
    // Whoever joins a ticket that another proposal opened is shown that one.
    binding: asked.binding ?? stateOf(process)?.tickets.get(asked.id)?.binding ?? asked.args,
    proof_of_person,
    sealed: '{}',
  }));
}

async function release(world: World, agent: Agent, asked: Asked): Promise<void> {
  const client = openClient(world, `release ${world.mint.name()}`);
  const claims = agent.executor === agent.id && world.choices.chance(250);
  const claim = claims ? { attempt: world.mint.tag(), target: null } : null;
  const make = (process: Process | null): Command => {
    const ticket = stateOf(process)?.tickets.get(asked.id);
    const place = ticket === undefined ? null : { index: ticket.index, commitment: ticket.binding };
    return {
      kind: 'release',
      by: agent.id,
      ticket: asked.id,
      recorded: recordedPart(world, place),
      scene: [],
      claim,
    };
  };
  for (let at = 0; at < 3; at += 1) {
    await world.scheduler.wait(client, 'waits for people');
    const reply = await insist(world, client, make);
    if (reply.kind === 'spent' || (reply.kind === 'judged' && reply.verdict === 'ALLOW')) {
      runExecutors(world, agent, { id: reply.id, args: asked.args });
    }
    // A release whose answer was lost shows in the state of the action.
    if (reply.kind === 'refused' && reply.code === 'ALREADY_RELEASED') {
      runExecutors(world, agent, { id: asked.action, args: asked.args });
    }
    if (reply.kind === 'judged' || reply.kind === 'spent' || reply.kind === 'none') return;
  }
}
