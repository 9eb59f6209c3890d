import { lstatSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { HomeFailure, systemCode } from './failure.ts';
import { visitedDirectories } from './visited-directories.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `keys` holds signing keys, keystore, master keys and anchor: outside the store and outside its backups. */
export type Home = { readonly state: string; readonly config: string; readonly keys: string };

/**
 * Where this installation keeps its state. `WRIT_HOME` overrides both XDG directories. Nothing is created.
 * Throws `STATE_IN_WORKSPACE` if a directory lies in, or is reached through, a git work tree: whoever may
 * edit a repository must not thereby edit Writ's keys.
 */
export function resolveHome(environment: Environment, userHome: string): Home {
  const home = locateHome(environment, userHome);
  refuseWorkspace(home.state);
  refuseWorkspace(home.config);
  return home;
}

/** Where it would be: nothing is looked at, so that it can be asked about a home of another user. */
export function locateHome(environment: Environment, userHome: string): Home {
  const override = absolute('WRIT_HOME', environment['WRIT_HOME']);
  if (override !== undefined) return homeOf(join(override, 'state'), join(override, 'config'));
  const state = absolute('XDG_STATE_HOME', environment['XDG_STATE_HOME']);
  const config = absolute('XDG_CONFIG_HOME', environment['XDG_CONFIG_HOME']);
  const user = state !== undefined && config !== undefined ? '' : userDirectory(userHome);
  return homeOf(
    join(state ?? join(user, '.local', 'state'), 'writ'),
    join(config ?? join(user, '.config'), 'writ'),
  );
}

function homeOf(state: string, config: string): Home {
  return { state, config, keys: join(config, 'keys') };
}

function absolute(name: string, value: string | undefined): string | undefined {
  // The XDG specification treats an empty variable as unset.
  if (value === undefined || value === '') return undefined;
  if (!isAbsolute(value)) throw new HomeFailure('HOME_PATH_RELATIVE', `${name} must be an absolute path`);
  return normalize(value);
}

function userDirectory(userHome: string): string {
  if (!isAbsolute(userHome)) {
    throw new HomeFailure('HOME_UNRESOLVED', 'no home directory is known: set WRIT_HOME to an absolute path');
  }
  return normalize(userHome);
}

function refuseWorkspace(path: string): void {
  for (const directory of visitedDirectories(path)) {
    if (!hasGit(directory)) continue;
    const advice = 'set WRIT_HOME to a directory outside every git work tree';
    throw new HomeFailure('STATE_IN_WORKSPACE', `${path} lies in the git work tree ${directory}: ${advice}`);
  }
}

function hasGit(directory: string): boolean {
  try {
    // A file marks a linked work tree or a submodule, a link still names one: any kind of entry counts.
    lstatSync(join(directory, '.git'));
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw new HomeFailure('HOME_UNRESOLVED', `cannot look into ${directory}`, error);
  }
}
