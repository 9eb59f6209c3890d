import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import type { Place } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { findServer } from '../../remote/find-server.ts';
import { hookPlaces } from './places.ts';

/** A cell opens in less than a second; a long log on a busy machine may take some. */
const STARTING_MS_MAX = 15_000;
const LOOK_INTERVAL_MS = 20;
/** The usual port first; whatever is free where another program has it, as only the socket is needed. */
const PORTS = [[], ['--port', '0']] as const;

/**
 * The socket of the cell of this home, which is started where none answers. It outlives this process. The
 * store has one owner, so of two that start a cell at once one ends by itself.
 */
export async function ensureCell(place: Place): Promise<string> {
  const { environment, user_home } = place;
  for (const port of PORTS) {
    const found = await findServer(environment, user_home);
    if (found !== null) return found;
    const socket = await startCell(place, port);
    if (socket !== null) return socket;
  }
  throw new CliFailure('CELL_UNSTARTED', `the cell does not start: ${hookPlaces(place).log} says why`);
}

async function startCell(place: Place, port: readonly string[]): Promise<string | null> {
  const child = await spawnApart(place, ['serve', ...port]);
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  for (let waited_ms = 0; waited_ms < STARTING_MS_MAX; waited_ms += LOOK_INTERVAL_MS) {
    const socket = await findServer(place.environment, place.user_home);
    if (socket !== null) return socket;
    if (ended) return null;
    await setTimeout(LOOK_INTERVAL_MS);
  }
  // It was started here, and nobody would look after it.
  child.kill('SIGKILL');
  return null;
}

/** This very program with other words, in a session of its own, with what it says in the log of the hooks. */
export async function spawnApart(place: Place, words: readonly string[]): Promise<ChildProcess> {
  const log = await open(hookPlaces(place).log, 'a', 0o600);
  try {
    const { argv, execArgv, execPath } = process;
    const child = spawn(execPath, [...execArgv, argv[1] ?? '', ...words], {
      cwd: '/',
      detached: true,
      env: { ...homeOf(place) },
      stdio: ['ignore', log.fd, log.fd],
    });
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

const NAMES_OF_HOMES = ['HOME', 'WRIT_HOME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'PATH', 'LANG', 'TMPDIR'];

/** Where its files are, and nothing else of whoever happened to start it. */
export function homeOf({ environment, user_home }: Place): Readonly<Record<string, string>> {
  const kept = NAMES_OF_HOMES.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), HOME: environment['HOME'] ?? user_home };
}
