import { listed, named, options, type Program, type Programs, tree } from './program.ts';
import {
  ASKS,
  BUILDS,
  FETCHES,
  FORMATS,
  INSTALLS,
  known,
  LOOKS,
  PUBLISHES,
  plain,
  RUNS_WORKSPACE,
  TESTS,
  WRITES,
  working,
} from './rows.ts';

const REMOVES: Partial<Program> = { effects: ['DELETE', 'WRITE_PATCH'], reversibility: 'reversible' };
const LISTS: Partial<Program> = { effects: ['COMPUTE', 'READ_CONFIG'] };
const CLEANS: Partial<Program> = { effects: ['DELETE'], reversibility: 'reversible' };
const ADDS_ON_HOST: Partial<Program> = {
  ...INSTALLS,
  effects: [...(INSTALLS.effects ?? []), 'WRITE_OUTSIDE'],
};

const CARGO: Programs = {
  ...working(
    'build b check c doc rustc rustdoc',
    BUILDS,
    `--config=program --target-dir=write
    --manifest-path=inside`,
  ),
  ...working(
    `test t bench nextest miri tarpaulin llvm-cov`,
    TESTS,
    '--config=program --manifest-path=inside',
  ),
  ...working(
    `run r clippy expand udeps machete outdated criterion watch`,
    RUNS_WORKSPACE,
    '--config=program --manifest-path=inside',
  ),
  ...working('fmt fix', FORMATS, '--config=program'),
  ...plain(
    `tree metadata search info pkgid locate-project verify-project read-manifest version help
    audit deny`,
    'text',
    ASKS,
  ),
  ...working(
    `fetch update generate-lockfile vendor`,
    { ...FETCHES, effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH'] },
    '--config=program',
  ),
  ...working(
    'add',
    {
      ...FETCHES,
      effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH', 'INSTALL'],
      findings: ['install_scripts'],
    },
    '--registry=program',
  ),
  ...working('remove rm', REMOVES),
  ...working('clean', CLEANS, '--target-dir=tree'),
  ...plain('new init', 'make', WRITES),
  ...known(
    'install binstall',
    'package',
    `--locked --force -f --version= --git=url --branch= --tag=
    --rev= --features= --all-features --no-default-features --root=write --path=inside --bin= --quiet -q
    -v --list`,
    ADDS_ON_HOST,
  ),
  ...plain('uninstall', 'package', { effects: ['DELETE', 'WRITE_OUTSIDE'] }),
  ...working('package', BUILDS),
  ...known(
    'publish',
    'text',
    `--dry-run -n --allow-dirty --no-verify --token=secret -p= --package=
    --features= --all-features --registry=`,
    PUBLISHES,
  ),
  ...plain('yank owner', 'text', { ...PUBLISHES, effects: ['NETWORK_CALL', 'PUBLISH'] }),
  ...plain('login logout', 'text', { effects: ['READ_SECRETS', 'PERSIST'] }),
};
const GO: Programs = {
  ...known('build vet list doc version env tool', 'inside', '', {
    ...BUILDS,
    unlisted: 'workspace',
    style: 'words',
    options: options(`-toolexec=program
    -exec=program -vettool=program -o=write -C=place -w -u`),
  }),
  ...known('test', 'inside', '', {
    ...TESTS,
    unlisted: 'workspace',
    style: 'words',
    options: options(`-toolexec=program
    -exec=program -o=write -C=place -run= -bench= -coverprofile=write -cpuprofile=write
    -memprofile=write`),
  }),
  ...known('run', 'text', '', {
    ...RUNS_WORKSPACE,
    style: 'words first',
    options: options(`-race -v -x
    -toolexec=program -exec=program -C=place -tags= -tags== -ldflags= -ldflags== -mod== -mod=`),
    operands: (at) => (at === 0 ? 'script' : 'text'),
  }),
  ...plain('fmt fix', 'inside', FORMATS),
  ...working('generate', { ...FORMATS }),
  ...plain('get', 'package', {
    ...FETCHES,
    effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH', 'INSTALL'],
    unlisted: 'workspace',
  }),
  ...plain('install', 'package', ADDS_ON_HOST),
  ...tree('mod work', {
    ...plain(`tidy download vendor init edit sync use`, 'text', {
      ...FETCHES,
      effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH'],
    }),
    ...plain('graph verify why', 'text', LOOKS),
  }),
  ...plain('clean', 'text', { ...CLEANS, effects: ['DELETE', 'WRITE_OUTSIDE'] }),
  ...plain('help telemetry bug', 'text'),
};

/** Package managers and builders of Rust and Go. */
export const PACKAGES_COMPILED: Programs = {
  ...tree(
    'cargo',
    CARGO,
    options(`-q -v -V --quiet --verbose --version --list --offline --locked
    --frozen --color= --config=program -C=place -Z=program`),
  ),
  ...tree('rustup', {
    ...plain('show which doc check', 'text', LISTS),
    ...plain(
      `update install
    default toolchain target component override self set`,
      'text',
      ADDS_ON_HOST,
    ),
    ...named(
      'run',
      listed(
        'text',
        {},
        { ...RUNS_WORKSPACE, style: 'first', operands: (at) => (at === 1 ? 'command' : 'text') },
      ),
    ),
  }),
  ...tree('go', GO, {}),
  ...working('gofmt gofumpt goimports', FORMATS),
};
