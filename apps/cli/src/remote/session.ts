import { ATTESTS_AS, type Attester, PRINCIPAL_KINDS } from '@writ/contract';
import type { Digest } from '@writ/proof';
import type { Client } from '@writ/sdk';
import { handleOf } from '../client/address-book.ts';
import { CliFailure } from '../program/failure.ts';
import { valueOf } from './answers.ts';
import type { Clients, Connection } from './clients.ts';

export const OPERATOR = 'operator';

/** One command on a served cell: the clients that it needs, each for one who acts. */
export type Session = Connection & {
  readonly clients: Clients;
  /** Who governs the cell, by the operator's key. */
  operator(): Promise<{ readonly id: string; readonly ns: string }>;
  /** Who runs what an agent proposes: itself, where this client cannot know another. */
  executorFor(id: string): Promise<string>;
};

export function operatorClient({ clients }: Session): Promise<Client> {
  return clients.open(OPERATOR, {});
}

/** The client of an id, for what it does itself. */
export function clientOf({ clients, book }: Session, id: string): Promise<Client> {
  return clients.open(handleOf(book, id), { executor: id });
}

/** Any person whose key is kept: who answers tickets may see them. */
export async function personClient({ clients, book }: Session): Promise<Client> {
  for (const { kind, name, id } of book.principals) {
    if (kind === 'human' && (await clients.holds(name))) return clients.open(name, { executor: id });
  }
  throw new CliFailure('NO_KEY', 'this client keeps no key of a person: writ key add me --keep');
}

/** The tools that a namespace declares, as the server says: by name, with what a record of each is about. */
export async function toolsOf(client: Client): Promise<ReadonlyMap<string, Digest>> {
  const { tools } = valueOf(await client.call('listTools', {}));
  return new Map(tools.map(({ name, digest }) => [name, digest]));
}

/** As what somebody tells how a run ended. */
export function attesterOf({ book }: Session, id: string): Attester {
  const kind = book.principals.find((known) => known.id === id)?.kind;
  const known = PRINCIPAL_KINDS.find((one) => one === kind);
  return (known === undefined ? null : ATTESTS_AS[known]) ?? 'agent';
}
