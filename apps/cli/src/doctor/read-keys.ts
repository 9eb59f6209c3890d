import { broke, type Finding, held, notMeasured, OUT_OF_SIGHT, SIGN, OWNER } from './finding.ts';
import { isOpenToOthers, listBelow, type Reach, reachForReading } from './reach.ts';
import { nextUserOf, type Vantage } from './vantage.ts';

/** Reads a byte of every key that can be found: whoever reads the log's key can sign any log. */
export async function readKeys({ user, target, doors }: Vantage): Promise<Finding> {
  const { files } = await listBelow(target.secret_directories);
  const paths = [...new Set([...target.secrets, ...files])];
  const reached = new Map<string, Reach>();
  for (const path of paths) reached.set(path, await reachForReading(path, user));
  const there = paths.filter((path) => reached.get(path) !== 'absent');
  const taken = there.filter((path) => reached.get(path) !== 'closed');
  const [first] = taken;
  if (first !== undefined) {
    const loose = await firstOpen(taken);
    const how =
      reached.get(first) === 'owned' ? 'it is closed now, but this user owns it' : 'a byte was read';
    const detail = `${taken.length} of ${there.length} key and client files can be read: ${first} (${how})`;
    if (loose === null) return broke(SIGN, detail, nextUserOf(user));
    return broke(SIGN, `${detail}; ${loose} is open to other users`, `chmod 600 ${loose}`);
  }
  if (there.length > 0) return held(OWNER, 'no key could be opened, and none belongs to this user');
  if (doors.length > 0) return held(OUT_OF_SIGHT, 'the cell answers, and no key of it is in sight');
  return notMeasured(`no key is in ${target.secret_directories.join(', ')}`, WHERE);
}

async function firstOpen(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if (await isOpenToOthers(path)) return path;
  return null;
}

export const WHERE = 'name the home of the installation with WRIT_HOME, or make one: writ init';
