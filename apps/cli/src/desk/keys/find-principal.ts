import { idOf } from '../../client/address-book.ts';
import { CliFailure } from '../../program/failure.ts';
import type { GovernDesk } from '../desk.ts';
import type { ShownPrincipal } from '../shown.ts';

export const OPERATOR_NAME = 'operator';

/**
 * The id of a handle or of itself; `operator` is who governs this cell, as `writ principal list` shows it.
 */
export function principalIdOf(
  { book, operator }: Pick<GovernDesk, 'book' | 'operator'>,
  name: string,
): string {
  const isOperator = name === OPERATOR_NAME && !book.principals.some((known) => known.name === name);
  return isOperator ? operator : idOf(book, name);
}

export async function principalOf(desk: GovernDesk, name: string): Promise<ShownPrincipal> {
  const id = principalIdOf(desk, name);
  const owner = (await desk.principals()).find((one) => one.id === id);
  if (owner !== undefined) return owner;
  throw new CliFailure('NAME_UNKNOWN', 'no such principal: see writ principal list');
}
