import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import type { User } from './vantage.ts';

/** A listening socket as the system lists it: whose it is, and its number. */
export type Listener = { readonly uid: number; readonly inode: string };

const LISTENING = '0A';
const TABLES: readonly string[] = ['/proc/net/tcp', '/proc/net/tcp6'];

/** Who listens on a port of this machine; empty where the system does not say. */
export async function findListeners(port: number): Promise<readonly Listener[]> {
  const found: Listener[] = [];
  for (const table of TABLES) {
    const text = await readFile(table, 'latin1').catch(() => '');
    for (const row of text.split('\n').slice(1)) {
      // Number, local address, remote address, state, queues, timer, retransmits, user, timeout, inode.
      const [, local = '', , state, , , , uid = '', , inode = ''] = row.trim().split(/\s+/);
      const at = Number.parseInt(local.slice(local.indexOf(':') + 1), 16);
      if (state === LISTENING && at === port) found.push({ uid: Number(uid), inode });
    }
  }
  return found;
}

/**
 * Processes that hold one of the sockets, as far as this user may look. Where another user owns them, whose
 * descriptors cannot be seen, all processes of that user: one of them is it.
 */
export async function findHolders(listeners: readonly Listener[], { id }: User): Promise<readonly number[]> {
  const entries = await readdir('/proc').catch(() => []);
  const processes = entries.filter((name) => /^[0-9]+$/.test(name));
  const sockets = new Set(listeners.map(({ inode }) => `socket:[${inode}]`));
  const owners = new Set(listeners.map(({ uid }) => uid).filter((uid) => uid !== id));
  const [holders, others]: [number[], number[]] = [[], []];
  for (const name of processes) {
    if (await holdsOne(name, sockets)) holders.push(Number(name));
    else if (await belongsToOne(name, owners)) others.push(Number(name));
  }
  return holders.length > 0 ? holders : others;
}

async function holdsOne(name: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${name}/fd`).catch(() => []);
  for (const descriptor of descriptors) {
    const target = await readlink(`/proc/${name}/fd/${descriptor}`).catch(() => '');
    if (sockets.has(target)) return true;
  }
  return false;
}

async function belongsToOne(name: string, owners: ReadonlySet<number>): Promise<boolean> {
  const found = await stat(`/proc/${name}`).catch(() => null);
  return found !== null && owners.has(found.uid);
}
