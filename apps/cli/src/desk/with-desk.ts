import type { Environment } from '../program/command.ts';
import type { Desk } from './desk.ts';

export type Place = { readonly environment: Environment; readonly user_home: string };

/** Opens the store for one command. */
export async function withDesk<T>(place: Place, work: (desk: Desk) => Promise<T>): Promise<T> {
  const { withLocalDesk } = await import('../local/desk/with-local-desk.ts');
  return withLocalDesk(place, work);
}
