import { dirname, join } from 'node:path';
import { clientHome } from '../../client/client-home.ts';
import { socketPath } from '../../client/state-home.ts';
import type { Place } from '../../program/command.ts';

/** Where the door of the hooks keeps what it needs, and where it answers. */
export type HookPlaces = {
  /** For its owner alone: settings with the key of the door, and the programs that hosts start. */
  readonly directory: string;
  readonly settings: string;
  /** What a host starts for an event. */
  readonly ask: string;
  /** What a host starts in the place of a command. */
  readonly exec: string;
  /** The settings of the host as they were, until they are put back. */
  readonly before: string;
  readonly socket: string;
  readonly lock: string;
  /** What was seen: counts of days, the last canary. */
  readonly standing: string;
  readonly log: string;
};

export function hookPlaces({ environment, user_home }: Place): HookPlaces {
  const directory = join(clientHome(environment, user_home).directory, 'hook');
  const run = dirname(socketPath(environment, user_home));
  return {
    directory,
    settings: join(directory, 'claude-code.json'),
    ask: join(directory, 'ask.mjs'),
    exec: join(directory, 'exec.mjs'),
    before: join(directory, 'host-settings.json'),
    socket: join(run, 'hook.sock'),
    lock: join(run, 'hook.lock'),
    standing: join(directory, 'standing.json'),
    log: join(directory, 'hook.log'),
  };
}
