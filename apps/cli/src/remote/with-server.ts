import { loadTrust, type TrustFile } from '@writ/proof';
import { readBook } from '../client/address-book.ts';
import { clientHome, openClientHome } from '../client/client-home.ts';
import { readMemory } from '../client/memory.ts';
import { readTrustFile } from '../client/trust.ts';
import type { Desk } from '../desk/desk.ts';
import type { Place } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { actAt } from './act.ts';
import { valueOf } from './answers.ts';
import { openClients } from './clients.ts';
import { governAt, keysAt } from './govern.ts';
import { peopleAt } from './people.ts';
import { readAt } from './read.ts';
import { OPERATOR, type Session } from './session.ts';
import { openSocketTransport } from './socket-transport.ts';

/** The desk of the cell that answers on a socket, with the trust, the memory and the keys of this client. */
export async function withServer<T>(
  { environment, user_home }: Place,
  socket: string,
  work: (desk: Desk) => Promise<T>,
): Promise<T> {
  const home = clientHome(environment, user_home);
  await openClientHome(home);
  const book = await readBook(home);
  if (book === null) {
    throw new CliFailure('SETUP_UNFINISHED', 'this client has no setup: stop the server, then writ init');
  }
  // Damage is told in its own words, before anything is asked.
  await readMemory(home);
  const file = await readTrustFile(home);
  const trust = loadTrust(file);
  const transport = openSocketTransport(socket);
  const connection = { home, book, trust, transport };
  const session = sessionOf({ ...connection, clients: openClients(connection) });
  return work({
    way: 'server',
    origin: book.origin,
    vkey: pinnedKey(file, book.origin),
    operator: session.operator,
    client: home,
    book,
    ...actAt(session),
    ...peopleAt(session),
    ...governAt(session),
    ...keysAt(session),
    ...readAt(session),
  });
}

function sessionOf(base: Omit<Session, 'operator' | 'executorFor'>): Session {
  let operator: ReturnType<Session['operator']> | null = null;
  const askOperator = async (): ReturnType<Session['operator']> => {
    const client = await base.clients.open(OPERATOR, {});
    const { principal: id, ns } = valueOf(await client.call('whoAmI', {}));
    return { id, ns };
  };
  const session: Session = {
    ...base,
    operator() {
      operator ??= askOperator();
      return operator;
    },
    async executorFor(id) {
      if (!(await base.clients.holds(OPERATOR))) return id;
      const principals = await governAt(session).principals();
      return principals.find((one) => one.id === id)?.definition.executor ?? id;
    },
  };
  return session;
}

function pinnedKey({ logs }: TrustFile, origin: string): string {
  const key = logs.find((log) => log.origin === origin)?.keys.at(-1);
  if (key === undefined) throw new CliFailure('NO_TRUST', 'this client has pinned no key of that log');
  return key.vkey;
}
