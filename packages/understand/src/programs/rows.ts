import {
  harmless,
  listed,
  named,
  options,
  type Program,
  type Programs,
  RISK_DESTROYS,
  type Use,
} from './program.ts';

/** What rows of many families do. */
export const LOOKS: Partial<Program> = { effects: ['COMPUTE', 'READ_REPO'] };
/** Looks at the host rather than at the work. */
export const LOOKS_AT_HOST: Partial<Program> = { effects: ['COMPUTE', 'READ_CONFIG'] };
export const WRITES: Partial<Program> = { effects: ['WRITE_PATCH'] };
/** Asks the service that its own configuration names. */
export const ASKS: Partial<Program> = {
  effects: ['READ_CONFIG', 'NETWORK_CALL'],
  reversibility: 'reversible',
};
export const FETCHES: Partial<Program> = {
  effects: ['NETWORK_CALL', 'DOWNLOAD'],
  reversibility: 'reversible',
};
export const ASKS_SECRETS: Partial<Program> = {
  effects: ['READ_SECRETS', 'NETWORK_CALL'],
  reversibility: 'reversible',
};
export const CHANGES_CLOUD: Partial<Program> = { effects: ['NETWORK_CALL', 'CHANGE_CLOUD'] };
export const DESTROYS_CLOUD: Partial<Program> = {
  effects: ['NETWORK_CALL', 'DELETE', 'CHANGE_CLOUD'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
};
export const DEPLOYS: Partial<Program> = {
  effects: ['DEPLOY', 'NETWORK_CALL', 'UPLOAD', 'CHANGE_CLOUD'],
};
export const RUNS_WORKSPACE: Partial<Program> = {
  effects: ['READ_REPO', 'RUN_WORKSPACE_CODE'],
  reversibility: 'reversible',
};
export const TESTS: Partial<Program> = {
  effects: ['READ_REPO', 'RUN_TESTS', 'RUN_WORKSPACE_CODE'],
  reversibility: 'reversible',
};
export const BUILDS: Partial<Program> = {
  effects: ['READ_REPO', 'BUILD_ARTIFACT', 'RUN_WORKSPACE_CODE'],
  reversibility: 'reversible',
};
/** Writes sources anew that a formatter, a generator or a lock file owns. */
export const FORMATS: Partial<Program> = {
  effects: ['READ_REPO', 'WRITE_PATCH', 'RUN_WORKSPACE_CODE'],
  reversibility: 'reversible',
};
/** What is installed may run at once, and nobody wrote down before what it is. */
export const INSTALLS: Partial<Program> = {
  effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH', 'EXECUTE_CODE', 'INSTALL'],
  findings: ['install_scripts'],
};
/** What a lock file names by digest. */
export const INSTALLS_LOCKED: Partial<Program> = {
  effects: ['NETWORK_CALL', 'DOWNLOAD', 'RUN_WORKSPACE_CODE', 'INSTALL'],
  reversibility: 'reversible',
};
/** What managers of packages do beside installing. */
export const REMOVES: Partial<Program> = { effects: ['DELETE', 'WRITE_PATCH'], reversibility: 'reversible' };
export const LISTS: Partial<Program> = { effects: ['COMPUTE', 'READ_CONFIG'] };
export const SETS: Partial<Program> = { effects: ['WRITE_OUTSIDE', 'PERSIST'] };
export const CLEANS: Partial<Program> = { effects: ['DELETE'], reversibility: 'reversible' };
export const ADDS_ON_HOST: Partial<Program> = {
  ...INSTALLS,
  effects: [...(INSTALLS.effects ?? []), 'WRITE_OUTSIDE'],
};
/** For the whole host, with the rights of its owner. */
export const INSTALLS_ON_HOST: Partial<Program> = {
  effects: ['NETWORK_CALL', 'DOWNLOAD', 'EXECUTE_CODE', 'INSTALL', 'WRITE_OUTSIDE', 'CONTROL_SYSTEM'],
  findings: ['install_scripts'],
};
export const REMOVES_FROM_HOST: Partial<Program> = {
  effects: ['DELETE', 'EXECUTE_CODE', 'WRITE_OUTSIDE', 'CONTROL_SYSTEM'],
};
/** What was published cannot be called back. */
export const PUBLISHES: Partial<Program> = {
  effects: ['READ_REPO', 'NETWORK_CALL', 'UPLOAD', 'RUN_WORKSPACE_CODE', 'PUBLISH'],
  reversibility: 'irreversible',
};
/** Runs what it fetches now. */
export const RUNS_REMOTE: Partial<Program> = {
  effects: ['NETWORK_CALL', 'DOWNLOAD', 'EXECUTE_CODE'],
  findings: ['remote_code'],
};
export const CONTROLS: Partial<Program> = { effects: ['CONTROL_SYSTEM'] };
export const DESTROYS_DATA: Partial<Program> = {
  effects: ['CHANGE_DATA', 'DESTROY_DATA'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
};

/** Programs whose options need no list. */
export function plain(names: string, use: Use, change: Partial<Program> = {}): Programs {
  return named(names, harmless(use, change));
}

/** Programs of which only these options are known. */
export function known(names: string, use: Use, list: string, change: Partial<Program> = {}): Programs {
  return named(names, listed(use, options(list), change));
}

/** Programs that run what lies in the workspace, whatever their options are. */
export function working(names: string, change: Partial<Program>, list = ''): Programs {
  return named(names, harmless('inside', { unlisted: 'workspace', options: options(list), ...change }));
}

/** The first operand is used so, all others so. */
export function firstThen(first: Use, others: Use): Program['operands'] {
  return (at) => (at === 0 ? first : others);
}

/** The last of several operands is used so, all others so. */
export function lastAfter(last: Use, others: Use): Program['operands'] {
  return (at, count) => (at === count - 1 && count > 1 ? last : others);
}
