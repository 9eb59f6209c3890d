import { accessSync, closeSync, constants, fsyncSync, lstatSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { JournalFailure } from '../failure.ts';

/** Only the owner of the cell reads its journal. SQLite gives the log beside it the same mode. */
const FILE_MODE = 0o600;

/** Refuses what cannot be written, creates the file if it is missing, and makes its name durable. */
export function prepareFile(file: string): void {
  const folder = dirname(file);
  guardWritable(folder, statSync(folder).mode);
  if (guardRegular(file)) return;
  const descriptor = openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, FILE_MODE);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  syncFolder(folder);
}

/** Whether the file exists; a link, or anything but a plain file, is refused: its log would lie elsewhere. */
function guardRegular(file: string): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (!found.isFile() || found.nlink !== 1) {
    throw new JournalFailure('JOURNAL_INVALID', 'the path of the journal is a link or not a plain file');
  }
  guardWritable(file, found.mode);
  return true;
}

/** The mode is looked at by itself, because the access check lets root pass. */
function guardWritable(path: string, mode: number): void {
  if ((mode & 0o222) === 0) throw new JournalFailure('JOURNAL_READ_ONLY', `${path} is marked read-only`);
  accessSync(path, constants.W_OK);
}

/** A new name is durable only when its folder has been synced. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Keeps every other instance out, in this process or another, until the connection closes or the process
 * ends: the operating system releases the lock then, so there is nothing to clean up after a crash.
 */
export function takeLock(file: string): DatabaseSync {
  const path = `${file}.lock`;
  closeSync(openSync(path, constants.O_CREAT | constants.O_RDWR, FILE_MODE));
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = OFF');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (thrown) {
    lock.close();
    throw thrown;
  }
}
