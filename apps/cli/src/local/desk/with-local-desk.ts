import type { Desk } from '../../desk/desk.ts';
import type { Place } from '../../program/command.ts';
import { type Store, withStore } from '../store.ts';
import { actIn } from './act.ts';
import { answerIn } from './answer-tickets.ts';
import { governIn, keysIn } from './govern.ts';
import { readIn } from './read.ts';

/** The desk of the store that this process opens for one command. */
export function withLocalDesk<T>(place: Place, work: (desk: Desk) => Promise<T>): Promise<T> {
  return withStore(place, (store) => work(deskOf(store)));
}

function deskOf(store: Store): Desk {
  const { cell, client, book } = store;
  const { origin, vkey, operator, home } = cell.settings;
  return {
    way: 'store',
    origin,
    vkey,
    operator: () => Promise.resolve({ id: operator, ns: home }),
    client,
    book,
    ...actIn(store),
    ...answerIn(store),
    ...governIn(store),
    ...keysIn({ cell, ns: book.ns }),
    ...readIn(store),
  };
}
