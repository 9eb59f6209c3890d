import { ask, memberOf, parsed, type Question, type Way } from './ask.ts';

/** A door that answered as a cell does, and the Host that it answers to. */
export type LiveDoor = { readonly way: Way; readonly host: string; readonly name: string };

/** The doors that a cell of this machine has, as far as they answer. */
export async function findLiveDoors(port: number, socket: string): Promise<readonly LiveDoor[]> {
  const doors = [
    doorOf({ kind: 'port', address: '127.0.0.1', port }),
    doorOf({ kind: 'port', address: '::1', port }),
    doorOf({ kind: 'socket', path: socket }),
  ];
  const live = await Promise.all(doors.map(isLive));
  return doors.filter((_, at) => live[at]);
}

export function doorOf(way: Way): LiveDoor {
  if (way.kind === 'socket') return { way, host: 'localhost', name: 'the socket' };
  return { way, host: `localhost:${way.port}`, name: `${way.address} port ${way.port}` };
}

/** A request that every cell answers, whoever asks. */
export const HEALTH: Pick<Question, 'method' | 'path'> = { method: 'GET', path: '/health' };

async function isLive({ way, host }: LiveDoor): Promise<boolean> {
  const answer = await ask(way, { ...HEALTH, headers: [['host', host]] });
  return answer?.status === 200 && memberOf(parsed(answer.body), 'status') === 'alive';
}
