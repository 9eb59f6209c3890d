import { clientHome } from '../client/client-home.ts';
import { readMemory } from '../client/memory.ts';
import { endLog, pinLog } from '../client/trust.ts';
import type { Place, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { good } from '../terminal/line.ts';
import { readBook, writeBook } from '../client/address-book.ts';
import { openLocal } from './store.ts';

/**
 * Makes this client follow the log that a recovery began. The old one ends where it was last seen: if its
 * store came back, nothing that it signs from then on would be believed.
 */
export async function acceptLog(place: Place, origin: string, vkey: string): Promise<void> {
  const client = clientHome(place.environment, place.user_home);
  const book = await readBook(client);
  if (book === null) throw new CliFailure('SETUP_UNFINISHED', 'there is no setup to go on from: writ init');
  if (book.origin === origin) return;
  const seen = (await readMemory(client)).checkpoints.get(book.origin);
  await pinLog(client, origin, vkey);
  await endLog(client, book.origin, seen?.size ?? 0n);
  await writeBook(client, { ...book, origin });
}

export const run: Run = async (call) => {
  const [origin = ''] = call.operands;
  const cell = await openLocal(call);
  const { settings } = cell;
  await cell.close();
  if (settings.origin !== origin) {
    throw new CliFailure('LOG_EXCHANGED', `the cell here shows ${settings.origin}`, 1);
  }
  await acceptLog(call, origin, settings.vkey);
  return { exit: 0, lines: [good(`this client now follows ${origin}`)], json: { exit: 0, origin } };
};
