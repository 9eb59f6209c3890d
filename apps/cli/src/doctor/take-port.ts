import { createServer, type ListenOptions } from 'node:net';
import { dirname } from 'node:path';
import { broke, type Finding, held, notMeasured, OUT_OF_SIGHT, SIGN, START_CELL, OWNER } from './finding.ts';
import { isOpenToOthers, reachForMaking } from './reach.ts';
import { nextUserOf, type Vantage } from './vantage.ts';

const ADDRESSES: readonly string[] = ['127.0.0.1', '::1', '0.0.0.0', '::'];

/**
 * Listens where clients of the cell ask, beside it, and lets go at once. The socket is left alone: who may
 * make a file in its directory may put another one in its place.
 */
export async function takePort({ user, target, doors }: Vantage): Promise<Finding> {
  if (doors.length === 0) return notMeasured('no cell answers', START_CELL);
  const { port, socket } = target;
  const isOnPort = doors.some(({ way }) => way.kind === 'port');
  if (isOnPort) {
    for (const host of ADDRESSES) {
      for (const reusePort of [false, true]) {
        if (!(await canListen({ host, port, reusePort, exclusive: true, ipv6Only: host.includes(':') })))
          continue;
        const how = reusePort ? ', sharing the port' : '';
        const next = `let the cell listen there itself, or keep ${host} for it`;
        return broke(SIGN, `this user can listen on ${host} port ${port} beside the cell${how}`, next);
      }
    }
  }
  const directory = dirname(socket);
  const made = await reachForMaking(directory, user);
  if (made === 'opened' || made === 'owned') {
    const isLoose = await isOpenToOthers(directory);
    const next = isLoose ? `chmod 700 ${directory}` : nextUserOf(user);
    const whose = isLoose ? 'is open to other users' : 'can be written by this user';
    return broke(SIGN, `another socket can be put in the place of the cell's: ${directory} ${whose}`, next);
  }
  if (!isOnPort) return notMeasured(`the cell does not answer on port ${port}`, 'say --port');
  const detail = `nobody can listen on port ${port} beside the cell, and its socket cannot be replaced`;
  return held(made === 'closed' ? OWNER : OUT_OF_SIGHT, detail);
}

/** Whatever the system says but yes is a no: it was taken, or it is not there, or this user may not. */
function canListen(options: ListenOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(false));
    server.listen(options, () => server.close(() => resolve(true)));
  });
}
