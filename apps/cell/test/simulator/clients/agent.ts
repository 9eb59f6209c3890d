import type { Answer } from '@writ/contract';
import type { Agent } from '../cast.ts';
import type { Owner } from '../scheduler.ts';
import type { World } from '../world.ts';
import { call, isLost, openClient, type Reply, RETRIES_MAX } from './calls.ts';
import { runExecutors } from './executor.ts';
import { askPeople } from './people.ts';
import { draw, type Intention } from './proposals.ts';

/** An agent with one thing after another to do; it sends again what was not answered, under the same key. */
export async function runAgent(world: World, agent: Agent, name: string, actions: number): Promise<void> {
  const client = openClient(world, name);
  for (let at = 0; at < actions; at += 1) {
    await world.scheduler.wait(client, 'thinks');
    const intention = draw(world, agent);
    const reply = await propose(world, client, intention);
    if (world.choices.chance(150) && intention.idempotency !== null) await propose(world, client, intention);
    follow(world, agent, intention, reply);
  }
}

async function propose(world: World, client: Owner, intention: Intention): Promise<Reply> {
  let reply: Reply = { kind: 'none', code: 'UNAVAILABLE' };
  for (let at = 0; at < RETRIES_MAX && isLost(reply); at += 1) {
    const minted = { id: world.mint.id('act'), ticket: world.mint.id('tkt') };
    reply = await call(world, client, () => ({ ...intention, ...minted }));
    // Without a key it cannot be told whether it happened: it is not sent again.
    if (intention.idempotency === null) break;
    if (isLost(reply)) await world.scheduler.wait(client, 'tries again');
  }
  return reply;
}

/** What an answer leads to runs beside the agent. */
function follow(world: World, agent: Agent, intention: Intention, reply: Reply): void {
  const id = idOf(reply);
  if (id === null) return;
  if (reply.kind === 'judged' && reply.ticket !== null) {
    return askPeople(world, agent, { ...reply.ticket, args: intention.args });
  }
  const permitted = reply.kind === 'judged' && reply.verdict === 'ALLOW';
  if (permitted || reply.kind === 'repeat' || reply.kind === 'spent') {
    runExecutors(world, agent, { id, args: intention.args });
  }
}

function idOf(reply: Reply): string | null {
  return reply.kind === 'none' ? null : idOfAnswer(reply);
}

function idOfAnswer(answer: Answer): string | null {
  return answer.kind === 'refused' ? null : answer.id;
}
