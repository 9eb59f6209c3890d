import type { Place } from '../program/command.ts';
import { findServer } from '../remote/find-server.ts';
import type { Desk } from './desk.ts';

/**
 * Where this command asks: the cell that is served from this home, or else the store itself. The one place
 * that decides.
 */
export async function withDesk<T>(place: Place, work: (desk: Desk) => Promise<T>): Promise<T> {
  const socket = await findServer(place.environment, place.user_home);
  if (socket !== null) {
    const { withServer } = await import('../remote/with-server.ts');
    return withServer(place, socket, work);
  }
  const { withLocalDesk } = await import('../local/desk/with-local-desk.ts');
  return withLocalDesk(place, work);
}
