import { createSocket } from 'node:dgram';
import { broke, type Finding, held, SIGN, OWNER } from './finding.ts';

/** Addresses for documentation (RFC 5737, RFC 3849): nobody is there. */
const ELSEWHERE = [
  { type: 'udp4', address: '198.51.100.1' },
  { type: 'udp6', address: '2001:db8::1' },
] as const;
const PORT = 9;

/**
 * Asks the system for a way to the world that does not pass an egress proxy. Connecting a datagram socket
 * looks up the route and sends nothing; a firewall that would drop what follows is not seen, and counts for
 * nothing.
 */
export async function leaveDirectly(): Promise<Finding> {
  for (const { type, address } of ELSEWHERE) {
    if (!(await hasRoute(type, address))) continue;
    const next = 'run what agents start in a fence without a network of its own, but for an egress proxy';
    return broke(
      SIGN,
      'the network can be reached without a proxy: what is refused here can be done there',
      next,
    );
  }
  return held(OWNER, 'no route leads out of here');
}

function hasRoute(type: 'udp4' | 'udp6', address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(type);
    const end = (found: boolean): void => {
      socket.close();
      resolve(found);
    };
    socket.once('error', () => end(false));
    socket.once('connect', () => end(true));
    socket.connect(PORT, address);
  });
}
