import { type Wall, WALLS } from '@writ/contract';
import { OPERATIONS } from '@writ/contract/api';
import { ask, memberOf, parsed } from './ask.ts';
import type { LiveDoor } from './live-doors.ts';

/** Namespaces with more principals than that have to say the wall with --claimed. */
const PAGES_MAX = 64;
const ROWS = 500;

/**
 * The wall that is recorded for the principal of the key. The cell tells it to whoever may read the list of
 * principals, which few agents may; null when it does not tell.
 */
export async function readRecordedWall(door: LiveDoor, key: string): Promise<Wall | null> {
  const own = memberOf(await get(door, key, OPERATIONS.whoAmI.path), 'principal');
  if (typeof own !== 'string') return null;
  let after = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const path = `${OPERATIONS.listPrincipals.path}?limit=${ROWS}${after}`;
    const list = await get(door, key, path);
    const rows = memberOf(list, 'principals');
    if (!Array.isArray(rows)) return null;
    const row: unknown = rows.find((one) => memberOf(one, 'principal') === own);
    if (row !== undefined) return WALLS.find((wall) => wall === memberOf(row, 'wall')) ?? null;
    const next = memberOf(list, 'next');
    if (typeof next !== 'string') return null;
    after = `&after=${encodeURIComponent(next)}`;
  }
  return null;
}

async function get({ way, host }: LiveDoor, key: string, path: string): Promise<unknown> {
  const headers = [['host', host] as const, ['authorization', `Bearer ${key}`] as const];
  const answer = await ask(way, { method: 'GET', path, headers });
  return answer?.status === 200 ? parsed(answer.body) : null;
}
