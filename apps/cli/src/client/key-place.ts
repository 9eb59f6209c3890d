import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isatty } from 'node:tty';
import { syncDirectory } from '../files/replace-file.ts';
import { CliFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';

/**
 * Where an access key goes, opened before there is one: a key that nobody can be given is better not made. It
 * is a new file of its owner, or the person's terminal itself; standard output is often kept somewhere.
 */
export type KeyPlace = {
  keep(access_key: string): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
};

export type OpenTerminal = () => Promise<FileHandle | null>;

export function openKeyPlace(
  out: string | null,
  openTerminal: OpenTerminal = openOwnTerminal,
): Promise<KeyPlace> {
  return out === null ? openTerminalPlace(openTerminal) : openFilePlace(out);
}

async function openFilePlace(path: string): Promise<KeyPlace> {
  const file = await createAlone(path);
  return {
    async keep(access_key) {
      try {
        await file.writeFile(`${access_key}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await syncDirectory(dirname(path));
    },
    async discard() {
      await file.close().catch(() => {});
      await unlink(path);
    },
  };
}

/**
 * A key that this client keeps. It may take the place of one under the same name, and then at once and as a
 * whole: a crash leaves the one before, or the new one.
 */
export async function openKeptPlace(path: string): Promise<KeyPlace> {
  const fresh = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  const place = await openFilePlace(fresh);
  return {
    async keep(access_key) {
      await place.keep(access_key);
      await rename(fresh, path);
      await syncDirectory(dirname(path));
    },
    discard: () => place.discard(),
  };
}

/** Never over what is there, and never through a link: an old key may still be in use. */
async function createAlone(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const why = exists ? 'is there already' : 'cannot be made';
    throw new CliFailure('OUTPUT_UNWRITABLE', `${quoteText(path)} ${why}: nothing was done`);
  }
}

async function openTerminalPlace(openTerminal: OpenTerminal): Promise<KeyPlace> {
  const terminal = await openTerminal();
  if (terminal === null)
    throw new CliFailure('USAGE', 'give --out FILE: there is no terminal to show the key on');
  return {
    async keep(access_key) {
      await terminal.writeFile(`${access_key}\n`);
      await terminal.close();
    },
    discard: () => terminal.close(),
  };
}

/** The terminal that controls this process, whatever its streams are connected with. */
async function openOwnTerminal(): Promise<FileHandle | null> {
  try {
    const terminal = await open('/dev/tty', constants.O_WRONLY | constants.O_NOCTTY);
    if (isatty(terminal.fd)) return terminal;
    await terminal.close();
    return null;
  } catch {
    return null;
  }
}
