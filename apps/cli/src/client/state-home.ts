import { isAbsolute, join, normalize } from 'node:path';
import type { Environment } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';

/** Where the cell of this installation answers while it is served: the same rules as the cell's own. */
export function socketPath(environment: Environment, user_home: string): string {
  return join(stateHome(environment, user_home), 'run', 'writ.sock');
}

export function stateHome(environment: Environment, user_home: string): string {
  const override = environment['WRIT_HOME'] ?? '';
  if (override !== '') return join(absolute('WRIT_HOME', override), 'state');
  const state = environment['XDG_STATE_HOME'] ?? '';
  if (state !== '') return join(absolute('XDG_STATE_HOME', state), 'writ');
  return join(absolute('the home directory', user_home), '.local', 'state', 'writ');
}

export function absolute(name: string, path: string): string {
  if (!isAbsolute(path)) throw new CliFailure('HOME_PATH_RELATIVE', `${name} must be an absolute path`);
  return normalize(path);
}
