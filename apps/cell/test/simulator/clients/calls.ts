import type { Answer, Command } from '@writ/contract';
import { codeOf, type Process } from '../process.ts';
import type { Owner } from '../scheduler.ts';
import type { World } from '../world.ts';

/** What comes back: an answer, or that there is none, which says nothing about what happened. */
export type Reply = Answer | { readonly kind: 'none'; readonly code: string };

/** A client is gone without a word when its owner is killed: it never comes back from a wait. */
export function openClient(world: World, name: string): Owner {
  const owner: Owner = { name, alive: true };
  world.clients.add(owner);
  return owner;
}

/** Sends a command to a cell that runs, and waits for what it says. It is made when it arrives. */
export async function call(
  world: World,
  client: Owner,
  make: (process: Process | null) => Command,
): Promise<Reply> {
  await world.scheduler.wait(client, 'sends');
  const process = reach(world);
  const reply = await ask(process, make(process));
  await world.scheduler.wait(client, 'receives');
  return reply;
}

/** Only the door's side of the call: nobody waits for the client. */
async function ask(process: Process | null, command: Command): Promise<Reply> {
  if (process === null) return { kind: 'none', code: 'UNAVAILABLE' };
  try {
    return (await process.submit(command)).answer;
  } catch (cause) {
    return { kind: 'none', code: codeOf(cause) };
  }
}

/** Either cell while two believe that they are the one. */
function reach({ machines, choices }: World): Process | null {
  const running = machines.flatMap(({ process }) => (process === null ? [] : [process]));
  return running.length === 0 ? null : choices.pick(running);
}

/** The sealed part as a door reads it: what the cell's state names, if it is on the disk already. */
export function recordedPart(
  world: World,
  place: { readonly index: number; readonly commitment: string } | null,
): string | null {
  if (place === null || world.choices.chance(20)) return null;
  return world.disk.readSealed(place.index, place.commitment);
}

/** The state that a door looks things up in; none while the cell reopens. */
export function stateOf(process: Process | null): ReturnType<NonNullable<Process['cell']>['state']> | null {
  try {
    return process?.cell?.state() ?? null;
  } catch {
    return null;
  }
}

export const RETRIES_MAX = 4;

export function isLost(reply: Reply): boolean {
  return reply.kind === 'none' || (reply.kind === 'refused' && reply.code === 'UNAVAILABLE');
}
