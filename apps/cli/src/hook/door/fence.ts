import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Scene } from '@writ/contract';
import type { DoorContext } from './context.ts';
import type { Shell } from './observe-call.ts';

/** Where systems put bubblewrap. Never by a search path: that is whoever's who set it. */
const PLACES = ['/usr/bin/bwrap', '/bin/bwrap', '/usr/local/bin/bwrap'] as const;
const TRIAL_MS_MAX = 2000;

/** A bubblewrap that works for this user: many systems have it and forbid what it needs. */
export async function findFence(places: readonly string[] = PLACES): Promise<string | null> {
  for (const place of places) {
    const words = ['--bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--unshare-pid', '/bin/true'];
    const works = await access(place)
      .then(() => promisify(execFile)(place, words, { timeout: TRIAL_MS_MAX }))
      .then(
        () => true,
        () => false,
      );
    if (works) return place;
  }
  return null;
}

/** What is started: the shell itself, or the fence with the shell in it. */
export type Fenced = {
  readonly executable: string;
  readonly real: string;
  /** Null for the fence, whose file nobody hashed: it is the system's own. */
  readonly digest: string | null;
  readonly args: readonly string[];
};

/**
 * The shell as it was observed; where there is a fence, inside it: without the places of Writ, with processes
 * of its own that end with it. Null where an obligation wants a fence and there is none.
 */
export function fenced(
  { fence, places }: Pick<DoorContext, 'fence' | 'places'>,
  { program, digest, scene }: Shell & { readonly scene: Scene },
  { words, obligations }: { readonly words: readonly string[]; readonly obligations: readonly string[] },
): Fenced | null {
  const wanted = obligations.filter((one) => one === 'run_fenced' || one === 'no_network');
  if (fence === null) {
    if (wanted.length > 0) return null;
    return { executable: program.path, real: program.real, digest, args: words };
  }
  const { directory, roots } = scene;
  const closed = wanted.includes('run_fenced');
  const writable = closed ? [...roots, directory].flatMap((root) => ['--bind', root, root]) : [];
  const base = '--die-with-parent --unshare-pid --unshare-ipc'.split(' ');
  const whole = [closed ? '--ro-bind' : '--bind', '/', '/', '--dev', '/dev', '--proc', '/proc'];
  // Neither the keys of this client nor the socket on which they mean something.
  const hidden = ['--tmpfs', dirname(places.directory), '--tmpfs', dirname(places.socket)];
  const args = [
    ...base,
    ...(wanted.includes('no_network') ? ['--unshare-net'] : []),
    ...whole,
    ...(closed ? ['--tmpfs', '/tmp'] : []),
    ...writable,
    ...hidden,
    '--chdir',
    directory,
    '--',
    program.real,
    ...words,
  ];
  return { executable: fence, real: fence, digest: null, args };
}
