import { lstat } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import process from 'node:process';
import { socketPath } from '../client/state-home.ts';
import type { Environment } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';

const OPEN_TO_OTHERS = 0o077;

/**
 * The socket on which the cell of this home answers; null when nobody does, also where a server that was
 * killed left its socket. A key is shown only to a server of this very user: the directory says whose it is.
 */
export async function findServer(environment: Environment, user_home: string): Promise<string | null> {
  const path = socketPath(environment, user_home);
  const [directory, socket] = await Promise.all([found(dirname(path)), found(path)]);
  if (directory === null || socket === null) return null;
  if (isOfOthers(directory) || socket.uid !== directory.uid || !socket.isSocket()) {
    const advice = 'see who made it, and remove it';
    throw new CliFailure('SOCKET_PERMISSIONS', `${path} is not a socket of this user alone: ${advice}`);
  }
  return (await answers(path)) ? path : null;
}

type Found = Awaited<ReturnType<typeof lstat>>;

async function found(path: string): Promise<Found | null> {
  try {
    return await lstat(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Windows has neither owner nor mode here; its profile directories are private. */
function isOfOthers({ uid, mode }: Found): boolean {
  if (process.geteuid === undefined) return false;
  return Number(uid) !== process.geteuid() || (Number(mode) & OPEN_TO_OTHERS) !== 0;
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const trial = connect(path);
    trial.once('connect', () => {
      trial.destroy();
      resolve(true);
    });
    trial.once('error', (error) => {
      const code = codeOf(error);
      if (code === 'ECONNREFUSED' || code === 'ENOENT') resolve(false);
      else reject(error);
    });
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
