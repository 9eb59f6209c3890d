import { listed, named, options, type Programs, tree } from './program.ts';
import {
  ADDS_ON_HOST,
  BUILDS,
  CLEANS,
  FETCHES,
  INSTALLS,
  INSTALLS_LOCKED,
  known,
  LISTS,
  LOOKS,
  plain,
  PUBLISHES,
  REMOVES,
  RUNS_REMOTE,
  RUNS_WORKSPACE,
  SETS,
  working,
  WRITES,
} from './rows.ts';

const PIP = `-q -v -U -I -h -t=write -e=inside -r=inside -c=inside --quiet --verbose --upgrade --user --pre
  --no-deps --no-cache-dir
  --force-reinstall --ignore-installed --dry-run --require-hashes --only-binary= --no-binary=
  --prefer-binary --no-input
  --target=write --editable=inside --requirement=inside --constraint=inside --python= --system
  --break-system-packages
  --disable-pip-version-check --no-build-isolation --timeout= --retries= --progress-bar=
  --report=write -y --yes
  --index-url=program --extra-index-url=program --find-links=program -i=program -f=program
  --trusted-host=program --config-settings=program
  --proxy=program`;
const PIP_COMMANDS: Programs = {
  '': listed('text', {}),
  ...known('install', 'package', PIP, {
    ...INSTALLS,
    modes: [{ names: ['--require-hashes'], program: listed('package', options(PIP), INSTALLS_LOCKED) }],
  }),
  ...known('sync', 'inside', PIP, INSTALLS_LOCKED),
  ...known('download wheel compile', 'package', `${PIP} -d=write -w=write -o=write --output-file=write`, {
    ...FETCHES,
    effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH', 'EXECUTE_CODE'],
    findings: ['install_scripts'],
  }),
  ...known('uninstall', 'package', PIP, {
    effects: ['DELETE', 'WRITE_OUTSIDE'],
    reversibility: 'reversible',
  }),
  ...plain('list show freeze check index inspect help debug hash tree', 'text', LISTS),
  ...plain('cache', 'text', CLEANS),
  ...plain('config', 'text', SETS),
};
const PYTHON_PROJECT: Programs = {
  '': listed('text', {}),
  ...known(
    'add',
    'package',
    `--dev -D --group= -G= --optional= --extras= -E= --no-sync --frozen --locked
    --dry-run --raw -e --editable`,
    INSTALLS,
  ),
  ...working('sync lock install update', INSTALLS_LOCKED, '--index-url=program --extra-index-url=program'),
  ...known('remove uninstall', 'package', '--dev --group= -G= --dry-run', REMOVES),
  ...named(
    'run',
    listed(
      'command',
      options(`--with=package --python= -p= --no-sync --frozen --locked
    --isolated --all-extras --extra= --group= --env-file=read --quiet -q -v`),
      { ...RUNS_WORKSPACE, style: 'first', operands: (at) => (at === 0 ? 'command' : 'text') },
    ),
  ),
  ...working('build', BUILDS),
  ...known(
    'publish',
    'inside',
    `--dry-run --build --username= --password=secret -u= -p=secret
    --repository= -r= --skip-existing --token=secret`,
    PUBLISHES,
  ),
  ...plain('show tree list check env version about search export help', 'text', LISTS),
  ...plain('venv init new', 'make', WRITES),
  ...plain('config self source', 'text', SETS),
  ...plain('cache', 'text', CLEANS),
  ...tree('python', {
    ...plain('list find dir pin', 'text', LISTS),
    ...plain('install uninstall', 'text', ADDS_ON_HOST),
  }),
  ...tree('tool', {
    ...plain('list dir', 'text', LISTS),
    ...plain('install upgrade', 'package', ADDS_ON_HOST),
    ...plain('uninstall', 'package', REMOVES),
    ...plain('run', 'package', RUNS_REMOTE),
  }),
  ...tree('pip', PIP_COMMANDS),
  ...plain('shell', 'text', RUNS_WORKSPACE),
};
/** Package managers of Python. A package may be a directory whose build runs. */
export const PACKAGES_PYTHON: Programs = {
  ...tree(
    'pip pip3',
    PIP_COMMANDS,
    options(`-q -v -V --quiet --verbose --no-input
    --disable-pip-version-check --python=program`),
  ),
  ...tree(
    'uv poetry pdm rye hatch pipenv',
    PYTHON_PROJECT,
    options(`-q -v -n -V --quiet --verbose
    --no-cache --offline --project=place --directory=place -C=place --no-interaction`),
  ),
  ...named(
    'uvx',
    listed('package', options(`--from=package --with=package --python=`), { ...RUNS_REMOTE, style: 'first' }),
  ),
  ...tree('pipx', {
    ...plain('list environment', 'text', LISTS),
    ...plain(
      `install upgrade inject
    reinstall`,
      'package',
      ADDS_ON_HOST,
    ),
    ...plain('uninstall', 'package', REMOVES),
    ...plain('run', 'package', RUNS_REMOTE),
  }),
  ...tree('conda mamba micromamba', {
    ...plain('list info search', 'text', LISTS),
    ...plain('install create update', 'package', ADDS_ON_HOST),
    ...plain('remove uninstall clean', 'text', { effects: ['DELETE', 'WRITE_OUTSIDE'] }),
    ...plain('activate deactivate', 'text'),
    ...tree('env', {
      ...plain('list export', 'text', LISTS),
      ...plain('create update', 'text', ADDS_ON_HOST),
      ...plain('remove', 'text', REMOVES),
    }),
    ...named(
      'run',
      listed('command', options(`-n= --name= --no-capture-output`), {
        ...RUNS_WORKSPACE,
        style: 'first',
        operands: (at) => (at === 0 ? 'command' : 'text'),
      }),
    ),
  }),
  ...plain('virtualenv', 'make', WRITES),
  ...plain('twine', 'read', {
    ...PUBLISHES,
    commands: {
      ...plain('check', 'read', LOOKS),
      ...plain('upload', 'read', PUBLISHES),
      ...plain('register', 'read', PUBLISHES),
    },
  }),
};
