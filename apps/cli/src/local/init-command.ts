import {
  authenticateKey,
  type Cell,
  initCell,
  registerNamespace,
  registerPrincipal,
  resolveHome,
} from '@writ/cell';
import type { PrincipalDefinition } from '@writ/contract';
import { type ClientHome, clientHome } from '../client/client-home.ts';
import { keepKeyOf, readKeyOf } from '../client/kept-keys.ts';
import { pinLog } from '../client/trust.ts';
import type { Place, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { good, plain } from '../terminal/line.ts';
import { type AddressBook, readBook, writeBook } from '../client/address-book.ts';
import { mustBeDone } from '../desk/answers.ts';
import { OPERATOR_NAME } from '../desk/keys/find-principal.ts';
import { handOver, wholeKey } from '../desk/keys/hand-over.ts';
import { keysIn } from './desk/govern.ts';
import { followLog, openLocal } from './store.ts';

const NAME = /^[a-z0-9][a-z0-9.-]{0,62}$/;

/** The person at this terminal: answers tickets, freezes and thaws, and proposes nothing. */
const PERSON: PrincipalDefinition = {
  kind: 'human',
  scopes: ['approve', 'explain', 'freeze', 'read', 'thaw'],
  effects: [],
  risk_cap: 0,
  wall: 0,
  executor: null,
  root: null,
  cnf: null,
  expires_at: null,
  limits: { actions_per_minute: 0, open_writs: 0, pending_tickets: 0 },
};

export type Initialised = { readonly origin: string; readonly vkey: string; readonly ns: string };

/**
 * Cell, namespace and person. What a crash interrupted is finished by the next call, and what was restored
 * where no client had been is taken up: its namespace with all that is declared there.
 */
export async function initialise(
  place: Place,
  name: string,
  wanted: string | null = null,
): Promise<Initialised> {
  if (!NAME.test(name)) throw new CliFailure('USAGE', 'a name is lower-case letters, digits, . and -');
  const client = clientHome(place.environment, place.user_home);
  const home = resolveHome(place.environment, place.user_home);
  try {
    await initCell(home, { name, now_ms: Date.now() });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'STORE_EXISTS';
    if (!exists || (await readBook(client)) !== null) throw error;
  }
  const cell = await openLocal(place);
  try {
    const { operator, origin, vkey } = cell.settings;
    await pinLog(client, origin, vkey);
    await followLog(cell, client);
    const ns = namespaceHere(cell, wanted) ?? (await makeNamespace(cell));
    const request = { by: operator, ns, principal: null, name: 'me', definition: PERSON };
    const person = await registerPrincipal(cell, request);
    mustBeDone(person);
    await keepKeyIn(cell, client, 'me', person.principal);
    await keepKeyIn(cell, client, OPERATOR_NAME, operator);
    await followLog(cell, client);
    // Last: whoever finds a book finds all that it stands for.
    const principals = [{ name: 'me', id: person.principal, kind: 'human' }, ...programsIn(cell, ns)];
    await writeBook(client, { origin, ns, principals });
    return { origin, vkey, ns };
  } finally {
    await cell.close();
  }
}

/**
 * The key of a principal, where this client has none that is good: what an interrupted call left is used, so
 * that trying again does not use up how many there may be.
 */
async function keepKeyIn(cell: Cell, client: ClientHome, handle: string, id: string): Promise<void> {
  const owner = cell.running.state().principals.get(id);
  if (owner === undefined || (await holdsKeyOf(cell, client, handle, id))) return;
  const { ns, definition } = owner;
  const keys = keysIn({ cell, ns });
  const asked = wholeKey({ id, ns, scopes: definition.scopes }, keys.now_ms());
  mustBeDone(await handOver(keys, asked, await keepKeyOf(client, handle)));
}

async function holdsKeyOf(cell: Cell, client: ClientHome, handle: string, id: string): Promise<boolean> {
  const key = await readKeyOf(client, handle).catch(() => null);
  if (key === null) return false;
  const authenticated = authenticateKey(cell, key);
  return authenticated.kind !== 'refused' && authenticated.principal === id;
}

/** The one that is there already, besides that of the cell itself; null in a cell that was just made. */
function namespaceHere({ settings, running }: Cell, wanted: string | null): string | null {
  const spaces = [...running.state().namespaces.values()];
  const living = spaces.filter(({ id, erased }) => !erased && id !== settings.home).map(({ id }) => id);
  if (wanted !== null) {
    if (living.includes(wanted)) return wanted;
    throw new CliFailure('USAGE', 'no such namespace is in the cell here');
  }
  if (living.length > 1) {
    throw new CliFailure('USAGE', `say which with --namespace: the cell here has ${living.join(', ')}`);
  }
  return living[0] ?? null;
}

async function makeNamespace(cell: Cell): Promise<string> {
  const space = await registerNamespace(cell, { by: cell.settings.operator, ns: null, budgets: [] });
  mustBeDone(space);
  return space.ns;
}

/**
 * Handles for the programs that are registered: their names are sealed. Other people get none, so that nobody
 * acts as one of them by leaving a name out.
 */
function programsIn({ running }: Cell, ns: string): AddressBook['principals'] {
  const counts = new Map<string, number>();
  return [...running.state().principals.values()]
    .filter(
      (principal) => principal.ns === ns && !principal.disabled && PROGRAMS.has(principal.definition.kind),
    )
    .map(({ id, definition: { kind } }) => {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      return { name: `${kind}-${count}`, id, kind };
    });
}

const PROGRAMS: ReadonlySet<string> = new Set(['agent', 'executor', 'runner', 'service']);

export const run: Run = async (call) => {
  const { origin, vkey, ns } = await initialise(call, call.text('name') ?? 'local', call.text('namespace'));
  return {
    exit: 0,
    lines: [
      good(`a cell is ready: ${origin}`),
      plain(`its public key: ${vkey}`),
      plain(`its namespace: ${ns}; the person at this terminal is "me"`),
      plain(`keys of both for 90 days lie in ${clientHome(call.environment, call.user_home).keys}`),
      plain('next: writ tool add FILE, writ policy set FILE, writ principal add agent NAME'),
    ],
    json: { exit: 0, origin, vkey, namespace: ns },
  };
};
