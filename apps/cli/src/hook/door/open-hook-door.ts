import { chmod, mkdir, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { dirname } from 'node:path';
import type { Place } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { openCellLink } from './cell-link.ts';
import type { DoorContext } from './context.ts';
import { findFence } from './fence.ts';
import { openPermits } from './permits.ts';
import { type HookPlaces, hookPlaces } from './places.ts';
import { serveConnection } from './serve-connection.ts';
import { serveHttp } from './serve-http.ts';
import { readHookSettings } from './settings.ts';
import { openStanding } from './standing.ts';

export type HookDoor = {
  readonly places: HookPlaces;
  /** Resolves when somebody asked it to end. */
  readonly stopped: Promise<void>;
  close(): Promise<void>;
};

/** Opens the door of the hooks; null where another one of this home is open already. */
export async function openHookDoor(place: Place): Promise<HookDoor | null> {
  const places = hookPlaces(place);
  const settings = await readHookSettings(places);
  if (settings === null)
    throw new CliFailure('HOOK_MISSING', 'no hook is installed: writ install claude-code');
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const context: DoorContext = {
    place,
    places,
    settings,
    link: openCellLink(place, settings.tools),
    permits: openPermits(),
    standing: await openStanding(places),
    fence: await findFence(),
    sessions: new Set(),
  };
  const server = await listenAlone(context, stop);
  if (server === null) return null;
  const http = settings.way === 'http' ? await openHttp(context, server) : null;
  return {
    places,
    stopped,
    async close() {
      http?.close();
      server.close();
      await context.standing.flush().catch(() => {});
    },
  };
}

async function openHttp(context: DoorContext, server: Server): ReturnType<typeof serveHttp> {
  try {
    return await serveHttp(context);
  } catch (error) {
    server.close();
    const { port } = context.settings;
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const advice = 'writ install claude-code takes another one';
    throw isTaken
      ? new CliFailure('PORT_TAKEN', `another program listens on port ${port}: ${advice}`)
      : error;
  }
}

/**
 * The name of the socket is taken by who listens. One that a killed door left answers nobody, and is removed
 * under the name of a second socket, so that of two that find it only one does.
 */
async function listenAlone(context: DoorContext, stop: () => void): Promise<Server | null> {
  const { socket, lock } = context.places;
  await mkdir(dirname(socket), { recursive: true, mode: 0o700 });
  await chmod(dirname(socket), 0o700);
  const open = (): Promise<Server | null> =>
    listen(socket, (connection) => {
      serveConnection(context, connection, stop).catch(() => connection.destroy());
    });
  const opened = await open();
  if (opened !== null || (await answers(socket))) return opened;
  const cleaning = await listen(lock, () => {});
  if (cleaning === null) {
    if (!(await answers(lock))) await unlink(lock).catch(() => {});
    return null;
  }
  try {
    if (!(await answers(socket))) await unlink(socket).catch(() => {});
    return await open();
  } finally {
    cleaning.close();
  }
}

/** Null where the name is taken. */
function listen(path: string, serve: Parameters<typeof createServer>[1]): Promise<Server | null> {
  const server = createServer({ allowHalfOpen: true }, serve);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}

export function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const trial = connect(path);
    trial.once('connect', () => {
      trial.destroy();
      resolve(true);
    });
    trial.once('error', () => resolve(false));
  });
}
