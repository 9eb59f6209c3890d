import { listed, named, options, type Programs, tree } from './program.ts';
import {
  ADDS_ON_HOST,
  BUILDS,
  CLEANS,
  DEPLOYS,
  FETCHES,
  FORMATS,
  INSTALLS,
  INSTALLS_LOCKED,
  known,
  LISTS,
  LOOKS,
  plain,
  PUBLISHES,
  REMOVES,
  RUNS_WORKSPACE,
  SETS,
  TESTS,
  working,
  WRITES,
} from './rows.ts';

/** Package managers and builders of further languages. */
export const PACKAGES_LANGUAGES: Programs = {
  ...tree('gem', {
    ...plain(
      `list search info env environment contents dependency outdated which help
    query specification`,
      'text',
      LISTS,
    ),
    ...known(
      'install update',
      'package',
      '-v= --version= --no-document --user-install --local --pre -N -f --force',
      ADDS_ON_HOST,
    ),
    ...plain('uninstall cleanup', 'package', { effects: ['DELETE', 'WRITE_OUTSIDE'] }),
    ...plain('push yank owner', 'text', PUBLISHES),
    ...plain('build', 'inside', BUILDS),
  }),
  ...tree('bundle bundler', {
    '': listed('text', {}, INSTALLS_LOCKED),
    ...working('install check package cache lock', INSTALLS_LOCKED),
    ...working('add update', INSTALLS),
    ...named(
      'exec',
      listed('command', options('--keep-file-descriptors'), {
        ...RUNS_WORKSPACE,
        style: 'first',
        operands: (at) => (at === 0 ? 'command' : 'text'),
      }),
    ),
    ...plain('list show info outdated platform env', 'text', LOOKS),
    ...plain('config', 'text', SETS),
    ...plain('clean remove', 'text', REMOVES),
  }),
  ...tree(
    'composer',
    {
      ...working('install dump-autoload dumpautoload', INSTALLS_LOCKED),
      ...working('require update create-project global', INSTALLS),
      ...working('run run-script exec test', RUNS_WORKSPACE),
      ...plain(
        `show info outdated validate diagnose licenses why depends search check-platform-reqs status
      audit`,
        'text',
        LOOKS,
      ),
      ...plain('remove', 'package', REMOVES),
      ...plain('config', 'text', SETS),
      ...plain('clear-cache clearcache', 'text', CLEANS),
    },
    options(`-n -q -v -vv -vvv --no-interaction --quiet --no-ansi --ansi -d=place --working-dir=place
    --no-plugins --no-scripts`),
  ),
  ...working(
    'mvn mvnw ./mvnw',
    {
      ...BUILDS,
      // A goal of a plugin that may be fetched now, and may run anything.
      special: (goal) =>
        goal.includes(':') ? { use: 'text', effects: ['NETWORK_CALL', 'DOWNLOAD', 'EXECUTE_CODE'] } : null,
    },
    `-f=inside -s=program -gs=program
    --settings=program`,
  ),
  ...working(
    'gradle gradlew ./gradlew',
    BUILDS,
    `-I=program --init-script=program -b=inside -c=inside
    -p=place -g=program`,
  ),
  ...working('sbt mill lein clojure ant', BUILDS),
  ...tree(
    'dotnet',
    {
      ...working('build restore pack clean publish msbuild', BUILDS, '-o=write --output=write'),
      ...working('test vstest', TESTS),
      ...working('run watch format', RUNS_WORKSPACE),
      ...plain('add new sln', 'inside', { ...FETCHES, effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH'] }),
      ...plain('list help', 'text', LOOKS),
      ...plain('remove', 'inside', REMOVES),
      ...tree('tool', {
        ...plain('list', 'text', LISTS),
        ...plain('install update', 'package', ADDS_ON_HOST),
        ...plain('restore', 'text', INSTALLS_LOCKED),
        ...plain('run', 'text', RUNS_WORKSPACE),
        ...plain('uninstall', 'package', REMOVES),
      }),
      ...tree('nuget', {
        ...plain('push delete', 'text', PUBLISHES),
        ...plain('list locals', 'text', LISTS),
      }),
    },
    options('--info --version --list-sdks --list-runtimes -h'),
  ),
  ...tree('mix', {
    ...working('test', TESTS),
    ...working('compile release', BUILDS),
    ...working(
      `run format
    phx.server ecto.migrate credo dialyzer`,
      RUNS_WORKSPACE,
    ),
    ...working('deps.get deps.compile', INSTALLS_LOCKED),
    ...plain('deps help', 'text', LOOKS),
    ...plain('hex.publish', 'text', PUBLISHES),
    ...plain('archive.install local.hex', 'text', ADDS_ON_HOST),
  }),
  ...tree('stack cabal', {
    ...working('build', BUILDS),
    ...working('test bench', TESTS),
    ...working('run exec ghci repl', RUNS_WORKSPACE),
    ...plain('install update', 'package', ADDS_ON_HOST),
    ...plain('upload', 'text', PUBLISHES),
    ...plain('clean', 'text', CLEANS),
  }),
  ...tree('dart flutter', {
    ...working('test', TESTS),
    ...working('build compile', BUILDS),
    ...working('run analyze fix', RUNS_WORKSPACE),
    ...working('format', FORMATS),
    ...tree('pub', {
      ...working('get', INSTALLS_LOCKED),
      ...working('add upgrade', INSTALLS),
      ...plain('publish', 'text', PUBLISHES),
    }),
    ...plain('doctor devices config', 'text', LOOKS),
    ...plain('clean', 'text', CLEANS),
    ...plain('create', 'make', WRITES),
  }),
  ...tree('swift', {
    ...working('build', BUILDS),
    ...working('test', TESTS),
    ...working('run package', RUNS_WORKSPACE),
  }),
  ...tree('deno', {
    ...plain('fmt', 'inside', FORMATS),
    ...plain('lint check info doc types', 'inside', LOOKS),
    ...plain('test bench', 'inside', TESTS),
    ...plain('task', 'text', RUNS_WORKSPACE),
    ...plain('run', 'text', {
      ...RUNS_WORKSPACE,
      style: 'first',
      operands: (at) => (at === 0 ? 'script' : 'text'),
    }),
    ...plain('install add', 'package', INSTALLS),
    ...plain('publish', 'text', PUBLISHES),
    ...plain('deploy', 'text', DEPLOYS),
    ...plain('eval', 'code', { effects: ['EXECUTE_CODE'] }),
  }),
};
