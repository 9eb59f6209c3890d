import { idOf } from '../../client/address-book.ts';
import { CliFailure } from '../../program/failure.ts';
import type { GovernDesk } from '../desk.ts';
import type { ShownPrincipal } from '../shown.ts';

export const OPERATOR_NAME = 'operator';

/** Whom a handle or an id names; `operator` is who governs this cell, as `writ principal list` shows it. */
export async function principalOf(desk: GovernDesk, name: string): Promise<ShownPrincipal> {
  const isOperator = name === OPERATOR_NAME && !desk.book.principals.some((known) => known.name === name);
  const id = isOperator ? (await desk.operator()).id : idOf(desk.book, name);
  const owner = (await desk.principals()).find((one) => one.id === id);
  if (owner !== undefined) return owner;
  throw new CliFailure('NAME_UNKNOWN', 'no such principal: see writ principal list');
}
