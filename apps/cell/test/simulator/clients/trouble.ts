import { AGENTS } from '../cast.ts';
import { QUEUE_COMMANDS_MAX } from '../../../src/core/admission.ts';
import { WAITERS_MAX } from '../../../src/core/building.ts';
import { digestOf } from '../names.ts';
import type { World } from '../world.ts';
import { call, openClient } from './calls.ts';
import { draw } from './proposals.ts';

/**
 * Sends a command that the kernel cannot decide, and sends it again: it is quarantined, and nothing else is.
 */
export async function runPoisoner(world: World): Promise<void> {
  const client = openClient(world, `poisoner ${world.mint.name()}`);
  const agent = world.choices.pick(AGENTS);
  const minted = { id: world.mint.id('act'), ticket: world.mint.id('tkt') };
  const command = { ...draw(world, agent), idempotency: null, claim: null, ...minted };
  world.poison.add(command, world.choices.pick(['before', 'after'] as const));
  for (let at = 0; at < 4; at += 1) {
    await world.scheduler.wait(client, 'thinks');
    const reply = await call(world, client, () => command);
    const permits = reply.kind === 'judged' || reply.kind === 'spent';
    world.checks.check('a poisoned command is never answered as decided', !permits, () => reply.kind);
  }
}

/** Calls that a cell may hold at once: its queue, and three batches with those who wait for them. */
export const HELD_MAX: number = QUEUE_COMMANDS_MAX + 3 * (WAITERS_MAX + 1);
/** More than the batches at hand can take, so that some wait in the queue. */
export const BURST = 900;
export const FLOOD: number = QUEUE_COMMANDS_MAX + 4_000;

/**
 * Many calls at once, perhaps more than a cell will hold: what is over is refused. In a burst each makes a
 * record; in a flood they are the same refusal again and again, which makes none.
 */
export async function runFlood(world: World, calls: number): Promise<void> {
  const client = openClient(world, `flood ${world.mint.name()}`);
  await world.scheduler.wait(client, 'thinks');
  const process = world.machines[0].process;
  if (process === null || process.cell === null) return;
  const agent = world.choices.pick(AGENTS);
  const replies: Promise<unknown>[] = [];
  for (let at = 0; at < calls; at += 1) {
    const command = {
      kind: 'commit',
      by: agent.id,
      id: calls === FLOOD ? agent.id : world.mint.id('act'),
      spend: { attempt: world.mint.tag(), target: null },
      args: digestOf('none'),
      recorded: null,
      scene: [],
    } as const;
    replies.push(process.submit(command).catch(() => {}));
  }
  // A writer that fails now leaves many behind.
  world.faults.delicate = true;
  await world.scheduler.wait(client, 'looks');
  const held = process.outstanding.size;
  world.checks.check('queues are bounded', held <= HELD_MAX, () => `${held} calls are held`);
  await Promise.all(replies);
}
