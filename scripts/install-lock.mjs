// One installer at a time: two `npm ci` in one folder delete each other's files.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How long one look at the lock is apart from the next. */
const PAUSE_MS = 250;
/** An install takes a minute on a slow line; after this one waits for something that will not come. */
const PATIENCE_MS = 600_000;

const pause = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // it lives, under another user
  }
};

/**
 * Takes the lock, waiting for a living owner and taking over from a dead one; returns what gives it back.
 * The file appears whole, by link(2), so nobody reads an owner half written.
 */
export const lockInstaller = (folder) => {
  const lock = join(folder, '.writ-installing');
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, `${process.pid}\n`);
  try {
    for (let waited = 0; ; waited += PAUSE_MS) {
      try {
        linkSync(mine, lock);
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const owner = read(lock);
      if (owner === undefined) continue; // given back since
      if (!alive(Number.parseInt(owner, 10))) takeOver(lock, mine, owner);
      else if (waited === 0)
        process.stderr.write(`writ: waiting for the install by process ${owner.trim()}\n`);
      else if (waited >= PATIENCE_MS) throw new Error(`process ${owner.trim()} holds ${lock} too long`);
      else pause(PAUSE_MS);
    }
  } finally {
    rmSync(mine, { force: true });
  }
};

/**
 * Moves a dead owner's lock aside. The rename has one winner; if it caught a lock taken meanwhile by someone
 * alive, that one is put back.
 */
const takeOver = (lock, mine, owner) => {
  const aside = `${mine}.dead`;
  try {
    renameSync(lock, aside);
  } catch {
    return; // someone else was first
  }
  if (readFileSync(aside, 'utf8') !== owner) linkSync(aside, lock);
  rmSync(aside, { force: true });
};
