import { join } from 'node:path';
import { type Cell, type CellOptions, openCell } from '../cell/open-cell.ts';
import { systemCode } from '../home/failure.ts';
import type { Home } from '../home/resolve-home.ts';
import { DoorFailure } from './failure.ts';
import type { Door } from './http/answer-request.ts';
import { describeApi } from './http/handlers/cell.ts';
import { openLeaving } from './http/leaving.ts';
import { HTTP_LIMITS } from './http/limits.ts';
import { openMetrics } from './http/metrics.ts';
import { type Listener, openDoor, type OpenDoor } from './http/open-door.ts';

export type ServeOptions = CellOptions & {
  /** On both loopback addresses; 0 takes any that is free. */
  readonly port: number;
  readonly version: string;
  readonly tls: Extract<Listener, { readonly kind: 'tls' }> | null;
  /** A failure that no code names: for operators, without any value from outside. */
  reportFailure(error: unknown): void;
};

export type Serving = {
  readonly cell: Cell;
  readonly port: number;
  readonly socket: string;
  readonly doors: readonly OpenDoor[];
  /** Answers what was taken, makes it durable, and lets go of the store. */
  close(): Promise<void>;
};

export const PORT_DEFAULT = 8787;
/** `sun_path` of Linux holds 108 bytes with the zero at its end; macOS holds four less. */
const SOCKET_PATH_BYTES_MAX = 103;

/** Where local clients of a cell find its socket. */
export function socketOf(home: Home): string {
  return join(home.state, 'run', 'writ.sock');
}

/** A cell with its doors: the lock of the store first, so that nothing listens beside another cell. */
export async function serve(home: Home, options: ServeOptions): Promise<Serving> {
  const socket = socketOf(home);
  if (Buffer.byteLength(socket) > SOCKET_PATH_BYTES_MAX) {
    const advice = 'set WRIT_HOME to a shorter path';
    throw new DoorFailure('SOCKET_PATH_LONG', `a socket cannot have the name ${socket}: ${advice}`);
  }
  const cell = await openCell(home, options);
  // Who asks first does not wait for a thread to start.
  cell.understanding.warm();
  const doors: OpenDoor[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(doors.map((door) => door.close()));
    await cell.close();
  };
  try {
    const port = await openDoors(doorOf(cell, options), { ...options, socket }, doors);
    return { cell, port, socket, doors, close };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

function doorOf(cell: Cell, { version, reportFailure }: ServeOptions): Door {
  const arriving = { bytes: 0, bytes_max: HTTP_LIMITS.arriving_bytes_max };
  const description = describeApi(version);
  const leaving = openLeaving();
  return { cell, metrics: openMetrics(), arriving, leaving, description, report: reportFailure };
}

async function openDoors(
  door: Door,
  { port, tls, socket }: Pick<ServeOptions, 'port' | 'tls'> & { readonly socket: string },
  doors: OpenDoor[],
): Promise<number> {
  const open = async (listener: Listener): Promise<number> => {
    const opened = await openDoor(door, listener).catch((cause: unknown) => refuseListener(listener, cause));
    doors.push(opened);
    return opened.port ?? 0;
  };
  const taken = await open({ kind: 'loopback', address: '127.0.0.1', port });
  // Not every machine has the other loopback; a port that is taken there is another program all the same.
  await open({ kind: 'loopback', address: '::1', port: taken }).catch((error: unknown) => {
    if (!(error instanceof DoorFailure) || error.code !== 'ADDRESS_UNUSABLE') throw error;
  });
  await open({ kind: 'socket', path: socket });
  if (tls !== null) await open(tls);
  return taken;
}

function refuseListener(listener: Listener, cause: unknown): never {
  const at = listener.kind === 'socket' ? listener.path : `${listener.address} port ${listener.port}`;
  switch (systemCode(cause)) {
    case 'EADDRINUSE':
      throw new DoorFailure('PORT_TAKEN', `another program listens on ${at}: choose another --port`, cause);
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EACCES':
      throw new DoorFailure('ADDRESS_UNUSABLE', `this user cannot listen on ${at}`, cause);
    default:
      throw cause;
  }
}
