import { dirname } from 'node:path';
import { broke, type Finding, held, notMeasured, OUT_OF_SIGHT, SIGN, OWNER } from './finding.ts';
import {
  isOpenToOthers,
  listBelow,
  mayReplace,
  type Reach,
  reachForMaking,
  reachForWriting,
} from './reach.ts';
import { WHERE } from './read-keys.ts';
import { nextUserOf, type Target, type User, type Vantage } from './vantage.ts';

/**
 * Opens log, parts, settings and anchor so that they could be written, tries to make a file beside them, and
 * to put another directory in their place.
 */
export async function editState({ user, target, doors }: Vantage): Promise<Finding> {
  const { files, directories } = await listBelow(target.state_directories);
  const tries = [
    ...[...new Set([...target.state, ...files])].map((path) => ({ path, attempt: reachForWriting })),
    ...directories.map((path) => ({ path, attempt: reachForMaking })),
  ];
  const reached = new Map<string, Reach>();
  for (const { path, attempt } of tries) reached.set(path, await attempt(path, user));
  const there = [...reached.keys()].filter((path) => reached.get(path) !== 'absent');
  const taken = there.filter((path) => reached.get(path) !== 'closed');
  const [first] = taken;
  const moved = await firstMovable(target, user);
  if (first !== undefined || moved !== null) {
    const written = `${taken.length} of ${there.length} files and directories of the state can be written`;
    const way = first ?? `${moved ?? ''} can be moved away and another put in its place`;
    const loose = await firstOpenDirectory(target, directories);
    const next = loose === null ? nextUserOf(user) : `chmod 700 ${loose}`;
    return broke(SIGN, `${written}: ${way} (nothing was)`, next);
  }
  if (there.length > 0)
    return held(OWNER, 'nothing of the state could be opened for writing or put elsewhere');
  if (doors.length > 0) return held(OUT_OF_SIGHT, 'the cell answers, and nothing of its state is in sight');
  return notMeasured(`no state is in ${target.state_directories.join(', ')}`, WHERE);
}

/** A directory above that lets this user rename what lies in it. */
async function firstMovable({ roots }: Target, user: User): Promise<string | null> {
  for (const root of roots) {
    if ((await reachForMaking(root, user)) === 'absent') continue;
    for (let at = root; dirname(at) !== at; at = dirname(at)) if (await mayReplace(at, user)) return at;
  }
  return null;
}

/** Everything below is kept by the modes of these. */
async function firstOpenDirectory({ roots }: Target, directories: readonly string[]): Promise<string | null> {
  for (const path of [...roots, ...directories]) if (await isOpenToOthers(path)) return path;
  return null;
}
