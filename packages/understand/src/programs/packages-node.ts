import { BUILDING } from './building.ts';
import {
  listed,
  named,
  type Options,
  options,
  type Program,
  type Programs,
  tree,
  values,
} from './program.ts';
import {
  ASKS,
  BUILDS,
  DEPLOYS,
  DESTROYS_DATA,
  FETCHES,
  INSTALLS,
  INSTALLS_LOCKED,
  known,
  LOOKS,
  PUBLISHES,
  plain,
  RUNS_REMOTE,
  RUNS_WORKSPACE,
  TESTS,
  WRITES,
} from './rows.ts';

/** What the commands take. Which registry, shell or configuration is used changes what is meant. */
const COMMON: Options = {
  ...options(`-s -q -d -y -f -D -E -S -O -P -r -a -v -h -L -i --silent --quiet --verbose --json --long --yes
    --force
    --parseable --[no-]color --loglevel= --[no-]progress --offline --prefer-offline --prefer-dedupe
    --[no-]audit
    --[no-]fund -w=inside --workspace=inside --workspaces --include-workspace-root --filter=
    --recursive --if-present
    --save --save-dev --save-exact --save-optional --save-peer --save-prod --no-save --no-optional
    --production --omit=
    --include= --only= --legacy-peer-deps --strict-peer-deps --dry-run --ignore-scripts
    --frozen-lockfile --immutable
    --no-lockfile --package-lock-only --no-package-lock --depth= --all --tag= --access= --otp=
    --parallel --stream
    --aggregate-output --reporter= --timing --foreground-scripts --dev --exact --latest
    --interactive --no-bin-links
    --peer --engine-strict --since= --affected --no-git-checks --audit-level= --no-frozen-lockfile
    --check-files`),
  ...options('-C=place --prefix=place --cwd=place --dir=place'),
  ...options('-g --global'),
  ...values('--script-shell --node-options --userconfig --globalconfig --registry --cache', 'program'),
};
const row = (change: Partial<Program>): Program => listed('package', COMMON, change);
const ADDS_ON_HOST = row({ ...INSTALLS, effects: [...(INSTALLS.effects ?? []), 'WRITE_OUTSIDE'] });
const GLOBALLY = { names: ['-g', '--global'], program: ADDS_ON_HOST };
const ADDS_UNRUN = row({
  effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH', 'INSTALL'],
  reversibility: 'reversible',
});
const ADDS = row({
  ...INSTALLS,
  modes: [GLOBALLY, { names: ['--ignore-scripts', '--dry-run'], program: ADDS_UNRUN }],
});
const LOCKED = row({ ...INSTALLS_LOCKED, modes: [GLOBALLY] });
const REMOVES = row({
  effects: ['WRITE_PATCH', 'DELETE', 'RUN_WORKSPACE_CODE'],
  reversibility: 'reversible',
  modes: [GLOBALLY],
});
const LISTS = row({ ...LOOKS, operands: () => 'text' });
// Behind its name stand the words of the script.
const script = (change: Partial<Program>): Program =>
  row({ operands: () => 'text', style: 'first', ...change });
const TEST = script(TESTS);
const BUILD = script(BUILDS);
const RUN = script(RUNS_WORKSPACE);
const REMOTE = listed(
  'package',
  {
    ...COMMON,
    ...options('--no-install --bun'),
    ...values('-p --package', 'package'),
    ...values('-c --call --shell-mode', 'shell'),
  },
  { ...RUNS_REMOTE, style: 'first' },
);
/** What runs the scripts of many packages of a workspace. */
const RUNNERS: Programs = tree(
  'lerna nx turbo',
  {
    ...plain('ls list graph show affected changed', 'text', LOOKS),
    ...plain('publish release', 'text', PUBLISHES),
    ...known(
      'exec',
      'command',
      '--stream --parallel --no-bail --scope= --ignore= --since= --concurrency= --',
      { ...RUNS_WORKSPACE, style: 'first' },
    ),
  },
  COMMON,
  { other: RUN },
);
/** The usual tools of a workspace are no packages to be fetched: it has them, as a rule. */
const RUNS_PACKAGE: Program = { ...REMOTE, commands: { ...BUILDING, ...RUNNERS }, other: REMOTE };
/** Scripts whose names say that they reach beyond the workspace, or what they lose. */
const LEAVING = `deploy deploy:prod deploy:production deploy:staging deploy:dev deploy:preview publish
  publish:npm publish:all publish-packages release:publish ship upload`;
const DROPPING = `db:drop db:reset db:wipe db:purge db:truncate db:destroy database:drop database:reset
  db-drop db-reset prisma:reset migrate:reset migrate:fresh`;
const SCRIPT: Program = {
  ...RUN,
  bare: LISTS,
  commands: {
    ...named('test t unit test:unit test:e2e test:watch test:ci test:coverage coverage e2e', TEST),
    ...named('build build:prod build:dev compile bundle', BUILD),
    ...named(LEAVING, script({ ...DEPLOYS, effects: ['DEPLOY', 'NETWORK_CALL', 'RUN_WORKSPACE_CODE'] })),
    ...named(DROPPING, script({ ...DESTROYS_DATA, effects: ['DESTROY_DATA', 'RUN_WORKSPACE_CODE'] })),
  },
  other: RUN,
};
const COMMANDS: Programs = {
  '': LISTS,
  ...named('install i', { ...ADDS, bare: LOCKED }),
  ...named('add update up upgrade', ADDS),
  ...named('ci install-clean clean-install ic', LOCKED),
  ...named('run run-script', SCRIPT),
  ...named('test t tst install-test it', TEST),
  ...named('build', BUILD),
  ...named('start stop restart rebuild prepare dev lint format', RUN),
  ...named('exec x dlx', RUNS_PACKAGE),
  ...named('create', REMOTE),
  ...named('init innit', { ...REMOTE, bare: row(WRITES) }),
  ...named('uninstall remove rm r un unlink prune dedupe ddp', REMOVES),
  ...named('link ln', row({ effects: ['WRITE_PATCH', 'WRITE_OUTSIDE', 'RUN_WORKSPACE_CODE'] })),
  ...named(
    'publish',
    row({
      ...PUBLISHES,
      operands: () => 'inside',
      modes: [{ names: ['--dry-run'], program: row(RUNS_WORKSPACE) }],
    }),
  ),
  ...plain(`unpublish deprecate dist-tag owner access team token hook org`, 'text', {
    ...PUBLISHES,
    effects: ['NETWORK_CALL', 'PUBLISH'],
  }),
  ...plain(
    `ls list ll la outdated view info show explain why root prefix bin help search docs repo bugs
    home ping whoami fund query
    licenses env doctor`,
    'text',
    ASKS,
  ),
  ...tree('audit', { '': row(ASKS), ...named('fix', ADDS), ...plain('signatures', 'text', ASKS) }, COMMON),
  ...known('pack', 'inside', '--dry-run --json --pack-destination=write', BUILDS),
  ...known('version', 'text', `--no-git-tag-version --preid= -m= --message= --allow-same-version`, {
    effects: ['WRITE_PATCH', 'RUN_WORKSPACE_CODE'],
    bare: LISTS,
  }),
  ...plain('pkg shrinkwrap', 'text', WRITES),
  ...tree(
    'cache store',
    {
      ...plain('verify ls list path status dir', 'text', { effects: ['READ_CONFIG'] }),
      ...plain('clean prune add', 'text', {
        effects: ['DELETE', 'WRITE_OUTSIDE'],
        reversibility: 'reversible',
      }),
    },
    COMMON,
  ),
  ...tree(
    'config c',
    {
      ...plain('get list ls', 'text', { effects: ['READ_CONFIG', 'READ_SECRETS'] }),
      ...plain('set delete rm edit fix', 'text', { effects: ['WRITE_OUTSIDE', 'PERSIST'] }),
    },
    { ...COMMON, ...options('--location=') },
  ),
  ...plain('set', 'text', { effects: ['WRITE_OUTSIDE', 'PERSIST'] }),
  ...plain('get', 'text', { effects: ['READ_CONFIG', 'READ_SECRETS'] }),
  ...plain('login logout adduser', 'text', { effects: ['NETWORK_CALL', 'READ_SECRETS', 'PERSIST'] }),
};

/** Package managers of JavaScript: scripts are the workspace's own, what is added may run at once. */
export const PACKAGES_NODE: Programs = {
  ...tree('npm', COMMANDS, COMMON),
  ...tree(
    'pnpm yarn bun',
    { ...BUILDING, ...COMMANDS, ...plain('pm', 'text', LOOKS), ...named('workspaces workspace', RUN) },
    COMMON,
    { bare: LOCKED, other: RUN },
  ),
  ...named('npx pnpx bunx', RUNS_PACKAGE),
  ...plain('nvm fnm volta corepack', 'text', {
    ...FETCHES,
    effects: ['NETWORK_CALL', 'DOWNLOAD', 'INSTALL', 'WRITE_OUTSIDE'],
  }),
  ...RUNNERS,
};
