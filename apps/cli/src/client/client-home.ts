import { existsSync, realpathSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Environment } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { absolute } from './state-home.ts';

/**
 * What this user's client keeps: whom it trusts, the largest checkpoints it has seen, and the access keys
 * with which it speaks. No key of the cell is here.
 */
export type ClientHome = {
  readonly directory: string;
  readonly memory: string;
  readonly trust: string;
  readonly names: string;
  /** A directory: one file for the access key of each principal, by its handle. */
  readonly keys: string;
};

/** `client` in the configuration directory: the same rules as for the cell, without needing the cell. */
export function clientHome(environment: Environment, user_home: string): ClientHome {
  const directory = join(configurationOf(environment, user_home), 'client');
  refuseWorkTree(directory);
  return {
    directory,
    memory: join(directory, 'memory.json'),
    trust: join(directory, 'trust.json'),
    names: join(directory, 'names.json'),
    keys: join(directory, 'keys'),
  };
}

/** Makes the directory for its owner alone. */
export async function openClientHome({ directory }: ClientHome): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { mode } = await stat(directory);
  // Whoever may write here can make the client forget what it has seen.
  if (process.platform !== 'win32' && (mode & 0o022) !== 0) {
    throw new CliFailure('STATE_PERMISSIONS', `${directory} may be written by others: chmod 700`);
  }
}

function configurationOf(environment: Environment, user_home: string): string {
  const override = environment['WRIT_HOME'] ?? '';
  if (override !== '') return join(absolute('WRIT_HOME', override), 'config');
  const config = environment['XDG_CONFIG_HOME'] ?? '';
  if (config !== '') return join(absolute('XDG_CONFIG_HOME', config), 'writ');
  return join(absolute('the home directory', user_home), '.config', 'writ');
}

/** Whoever may edit a repository must not thereby edit what its reader trusts. */
export function refuseWorkTree(path: string): void {
  for (const way of [path, resolved(path)]) {
    for (let at = way; ; at = dirname(at)) {
      if (existsSync(join(at, '.git'))) {
        const advice = 'set WRIT_HOME to a directory outside every git work tree';
        throw new CliFailure('STATE_IN_WORKSPACE', `${path} lies in the git work tree ${at}: ${advice}`);
      }
      if (dirname(at) === at) break;
    }
  }
}

/** The real place of the part of a path that is there already. */
function resolved(path: string): string {
  for (let at = path; ; at = dirname(at)) {
    try {
      return realpathSync(at);
    } catch {
      if (dirname(at) === at) return path;
    }
  }
}
