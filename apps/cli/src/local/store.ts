import { performance } from 'node:perf_hooks';
import { type Cell, type CellOptions, openCell, proveConsistency, resolveHome } from '@writ/cell';
import { openTrustedCheckpoint, type RememberedCheckpoint } from '@writ/proof';
import { type ClientHome, clientHome, openClientHome } from '../client/client-home.ts';
import { checkAdvance, keepCheckpoint, readMemory } from '../client/memory.ts';
import { pinnedTrust } from '../client/trust.ts';
import type { Place } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { findServer } from '../remote/find-server.ts';
import { type AddressBook, readBook } from '../client/address-book.ts';

/** The local cell while a command works with it. */
export type Store = {
  readonly cell: Cell;
  readonly client: ClientHome;
  readonly book: AddressBook;
};

/** What a command may want of the start itself. */
export type Start = Partial<Pick<CellOptions, 'accept_clock' | 'report'>>;

const CLOCK = { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() };

/**
 * Opens the local cell for one command. As every client does, it checks before and after that the log
 * continues the largest checkpoint it has seen, and remembers the newest before it says anything.
 */
export async function withStore<T>(
  place: Place,
  work: (store: Store) => Promise<T>,
  start: Start = {},
): Promise<T> {
  const client = clientHome(place.environment, place.user_home);
  const cell = await openLocal(place, start);
  try {
    await openClientHome(client);
    const book = await readBook(client);
    if (book === null)
      throw new CliFailure(
        'SETUP_UNFINISHED',
        'this client has no setup for the cell here, or it was interrupted: writ init',
      );
    checkOrigin(cell, book);
    await followLog(cell, client);
    const result = await work({ cell, client, book });
    await followLog(cell, client);
    return result;
  } finally {
    await cell.close();
  }
}

export async function openLocal({ environment, user_home }: Place, start: Start = {}): Promise<Cell> {
  try {
    return await openCell(resolveHome(environment, user_home), { clock: CLOCK, report: () => {}, ...start });
  } catch (error) {
    const isLocked = error instanceof Error && 'code' in error && error.code === 'STORE_LOCKED';
    if (!isLocked || (await findServer(environment, user_home)) === null) throw error;
    const advice = 'this command opens the store itself: stop writ serve, and start it again afterwards';
    throw new CliFailure('STORE_LOCKED', `the cell here is being served; ${advice}`);
  }
}

/** A recovery begins another log, and whoever recovered knows. Otherwise the cell was exchanged. */
function checkOrigin({ settings: { origin } }: Cell, book: AddressBook): void {
  if (origin === book.origin) return;
  const advice = `if it was recovered, writ trust accept ${origin}`;
  throw new CliFailure('LOG_EXCHANGED', `the cell here is no longer that of ${book.origin}: ${advice}`, 1);
}

/** Asks the log to prove that it continues what was seen, and remembers where it is now. */
export async function followLog(cell: Cell, client: ClientHome): Promise<RememberedCheckpoint> {
  const { origin, vkey } = cell.settings;
  const trust = await pinnedTrust(client, origin, vkey);
  const memory = await readMemory(client);
  const seen = memory.checkpoints.get(origin);
  const newest = cell.running.head().frontier.size;
  const from = seen === undefined || seen.size > BigInt(newest) ? 0 : Number(seen.size);
  const { checkpoint: note, hashes } = await proveConsistency(cell, from);
  const shown = { ...openTrustedCheckpoint(note, trust), note };
  checkAdvance(memory, shown, hashes);
  await keepCheckpoint(client, shown);
  return shown;
}
