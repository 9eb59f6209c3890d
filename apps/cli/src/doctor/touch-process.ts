import { open, readFile } from 'node:fs/promises';
import process from 'node:process';
import { findHolders, findListeners } from './find-process.ts';
import { broke, type Finding, held, notMeasured, OUT_OF_SIGHT, SIGN, START_CELL, OWNER } from './finding.ts';
import { nextUserOf, type Vantage } from './vantage.ts';

/** Whether the cell's process can be stopped, or its memory and environment be read. No signal is sent. */
export async function touchProcess({ user, target, doors }: Vantage): Promise<Finding> {
  if (doors.length === 0) return notMeasured('no cell answers', START_CELL);
  const listeners = await findListeners(target.port);
  const seen = listeners.length > 0 ? await findHolders(listeners, user) : await namedProcess(target.holder);
  for (const id of seen) {
    const ways = await waysInto(id);
    if (ways.length > 0)
      return broke(SIGN, `process ${id} of the cell: ${ways.join(', ')}`, nextUserOf(user));
  }
  if (seen.length > 0) return held(OWNER, "the cell's process can be neither signalled nor looked into");
  if (process.platform === 'linux')
    return held(OUT_OF_SIGHT, 'the cell answers, and its process is not in sight');
  return notMeasured('which process is the cell cannot be seen', 'run this on the machine of the cell');
}

/** A signal of number 0 is checked and not sent; of the two files nothing is read. */
async function waysInto(id: number): Promise<readonly string[]> {
  const ways: string[] = [];
  try {
    process.kill(id, 0);
    ways.push('it can be signalled');
  } catch {
    // Not this user's, or gone.
  }
  for (const name of ['mem', 'environ']) {
    const path = `/proc/${id}/${name}`;
    // The system asks for the right when it is opened; what is read of it does not matter.
    if (await opens(path)) ways.push(`${path} opens`);
  }
  return ways;
}

async function opens(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r');
    await file.close();
    return true;
  } catch {
    return false;
  }
}

/** The cell leaves its number beside the lock of its store: for people, and for systems without /proc. */
async function namedProcess(holder: string): Promise<readonly number[]> {
  const text = (await readFile(holder, 'latin1').catch(() => '')).trim();
  return /^[1-9][0-9]{0,9}$/.test(text) ? [Number(text)] : [];
}
