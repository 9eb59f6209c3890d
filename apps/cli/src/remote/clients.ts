import { setTimeout } from 'node:timers/promises';
import type { Digest, Trust } from '@writ/proof';
import { type Client, ClientFailure, openClient, type Transport } from '@writ/sdk';
import type { AddressBook } from '../client/address-book.ts';
import type { ClientHome } from '../client/client-home.ts';
import { keyFileOf, readKeyOf } from '../client/kept-keys.ts';
import { keepCheckpoint, readMemory } from '../client/memory.ts';
import { CliFailure } from '../program/failure.ts';
import { newId } from './new-id.ts';

/** What all clients of one command share. */
export type Connection = {
  readonly home: ClientHome;
  readonly book: AddressBook;
  readonly trust: Trust;
  readonly transport: Transport;
};

/** Clients of a served cell, each opened once, with the key that is kept of its handle. */
export type Clients = {
  /** Of a handle; `executor` is who its records name, and `tools` what they are about. */
  open(handle: string, as: As): Promise<Client>;
  /** Whether a key is kept of it. */
  holds(handle: string): Promise<boolean>;
};

export type As = {
  readonly executor?: string;
  readonly tools?: ReadonlyMap<string, Digest>;
};

export function openClients(connection: Connection): Clients {
  const { home } = connection;
  const opened = new Map<string, Promise<Client>>();
  return {
    open(handle, as) {
      // Who acts for an executor says so: that is another client than the one that reads.
      const name = `${handle}/${as.executor ?? ''}/${as.tools === undefined ? '' : 'acts'}`;
      const known = opened.get(name) ?? openOne(connection, handle, as);
      opened.set(name, known);
      return known;
    },
    holds: async (handle) => (await readKeyOf(home, handle)) !== null,
  };
}

async function openOne(connection: Connection, handle: string, { executor, tools }: As): Promise<Client> {
  const { home, book, trust, transport } = connection;
  const key = await readKeyOf(home, handle);
  if (key === null) {
    throw new CliFailure('NO_KEY', `this client keeps no key of "${handle}": writ key add ${handle} --keep`);
  }
  const whom = executor === undefined ? {} : { executor };
  try {
    return await openClient({
      transport,
      key,
      trust,
      origin: book.origin,
      ...whom,
      tools: tools ?? new Map(),
      memory: {
        largest: async (origin) => (await readMemory(home)).checkpoints.get(origin) ?? null,
        remember: (checkpoint) => keepCheckpoint(home, checkpoint),
      },
      newId,
      now_ms: () => Date.now(),
      wait: (wait_ms) => setTimeout(wait_ms),
    });
  } catch (error) {
    throw isNotAccepted(error) ? notAccepted(home, handle) : error;
  }
}

function isNotAccepted(error: unknown): boolean {
  return error instanceof ClientFailure && error.code === 'UNAUTHENTICATED';
}

function notAccepted(home: ClientHome, handle: string): CliFailure {
  const advice = `writ key add ${handle} --keep makes another`;
  const of_operator = handle === 'operator' ? ', when the server is stopped' : '';
  const detail = `the key in ${keyFileOf(home, handle)} is not good any more: ${advice}${of_operator}`;
  return new CliFailure('UNAUTHENTICATED', detail, 1);
}
