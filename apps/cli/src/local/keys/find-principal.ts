import type { PrincipalDefinition } from '@writ/contract';
import { CliFailure } from '../../program/failure.ts';
import { idOf } from '../address-book.ts';
import type { Store } from '../store.ts';

export type Owner = { readonly id: string; readonly ns: string; readonly definition: PrincipalDefinition };

/** Whom a handle or an id names; `operator` is who governs this cell, as `writ principal list` shows it. */
export function principalOf({ cell, book }: Store, name: string): Owner {
  const isOperator = name === 'operator' && !book.principals.some((known) => known.name === name);
  const id = isOperator ? cell.settings.operator : idOf(book, name);
  const owner = cell.running.state().principals.get(id);
  if (owner !== undefined) return owner;
  throw new CliFailure('NAME_UNKNOWN', 'no such principal: see writ principal list');
}
