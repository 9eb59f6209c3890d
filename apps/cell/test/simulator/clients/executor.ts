import type { Command, OutcomeCommand } from '@writ/contract';
import { type Agent, UNIT } from '../cast.ts';
import type { Process } from '../process.ts';
import type { Owner } from '../scheduler.ts';
import type { World } from '../world.ts';
import { call, isLost, openClient, recordedPart, type Reply, RETRIES_MAX, stateOf } from './calls.ts';

export type Work = { readonly id: string; readonly args: string };

/** One executor mostly; sometimes two that race, with the same attempt or with attempts of their own. */
export function runExecutors(world: World, agent: Agent, work: Work): void {
  const { choices, mint } = world;
  const first = mint.tag();
  const attempts = choices.weigh([
    ['one', 6],
    ['two', 2],
    ['twice', 2],
    ['none', 1],
  ]);
  const name = `executor ${mint.name()}`;
  if (attempts === 'none') return;
  void execute(world, agent, work, first, name);
  if (attempts === 'two') void execute(world, agent, work, mint.tag(), `${name} too`);
  if (attempts === 'twice') void execute(world, agent, work, first, `${name} again`);
}

async function execute(world: World, agent: Agent, work: Work, attempt: string, name: string): Promise<void> {
  const client = openClient(world, name);
  const wrong = world.choices.chance(40);
  const make = (process: Process | null): Command => {
    const writ = stateOf(process)?.permitted.get(work.id);
    const place = writ === undefined ? null : { index: writ.index, commitment: writ.sealed };
    return {
      kind: 'commit',
      by: wrong ? agent.id : agent.executor,
      id: work.id,
      spend: { attempt, target: 'https://target.test' },
      args: wrong ? `${work.args.slice(0, -1)}A` : work.args,
      recorded: recordedPart(world, place),
      scene: [],
    };
  };
  const reply = await insist(world, client, make);
  const started = reply.kind === 'spent' || (reply.kind === 'repeat' && reply.code === 'ALLOWED');
  if (!started) return;
  await world.scheduler.wait(client, 'runs');
  await report(world, client, agent, work);
}

/** What was run is reported until it is taken; an unknown outcome is resolved once. */
async function report(world: World, client: Owner, agent: Agent, work: Work): Promise<void> {
  const status = world.choices.pick(['succeeded', 'succeeded', 'failed', 'unknown'] as const);
  await insist(world, client, () => outcomeOf(world, agent, work, status));
  if (status === 'unknown') await insist(world, client, () => outcomeOf(world, agent, work, 'failed'));
}

function outcomeOf(
  world: World,
  agent: Agent,
  work: Work,
  status: OutcomeCommand['status'],
): Extract<Command, { kind: 'outcome' }> {
  return {
    kind: 'outcome',
    by: agent.executor,
    id: work.id,
    status,
    attested_by: agent.executor === agent.id ? 'agent' : 'runner',
    unwrapped: false,
    produced: [],
    spent: [{ unit: UNIT, amount: 100 * world.choices.draw(30) }],
    sealed: '{}',
  };
}

export async function insist(
  world: World,
  client: Owner,
  make: (process: Process | null) => Command,
): Promise<Reply> {
  let reply = await call(world, client, make);
  for (let at = 1; at < RETRIES_MAX && isLost(reply); at += 1) {
    await world.scheduler.wait(client, 'tries again');
    reply = await call(world, client, make);
  }
  return reply;
}
