import {
  flags,
  listed,
  named,
  type Option,
  options,
  type Program,
  type Programs,
  values,
} from './program.ts';
import { firstThen, known, LOOKS, plain, TESTS, WRITES } from './rows.ts';

/** What runs code does what the code does. */
const CODE: Partial<Program> = {
  effects: [],
  style: 'first',
  input: 'code',
  // What stands behind the script is the script's own.
  operands: (at) => (at === 0 ? 'script' : 'text'),
};
const TELLS: Program = listed('text', options('-V -VV -v --version -h --help'));
const telling = (names: readonly string[]): Partial<Program> => ({ modes: [{ names, program: TELLS }] });
/** A module is a program whose words are all that follow. */
const MODULE: Partial<Option> = { takes: 'rest' };
const LISTENS = { effects: ['LISTEN'] } as const;

/** Programs that run code or other programs. */
export const RUNNING: Programs = {
  ...named(
    'python python2 python3 pypy pypy3 python3.10 python3.11 python3.12 python3.13 python3.14',
    listed(
      'script',
      {
        ...options(`-b -bb -B -d -E -I -O -OO -P -q -s -S -u -x -W= -X= -V --version -h --help
          --check-hash-based-pycs=`),
        ...flags('-i'),
        ...values('-m', 'command', MODULE),
        ...values('-c', 'code'),
      },
      {
        ...CODE,
        modes: [
          { names: ['-V', '--version', '-h', '--help'], program: TELLS },
          {
            names: ['-m'],
            program: listed(
              'text',
              {
                ...options(`-b -B -d -E -I -O -OO -P -q -s -S -u -v
            -W= -X=`),
                ...values('-m', 'command', MODULE),
              },
              { effects: [], style: 'first' },
            ),
          },
        ],
      },
    ),
  ),
  // Modules of Python under the names by which it runs them.
  ...plain(`ast tokenize dis calendar platform sysconfig this pydoc`, 'read', LOOKS),
  ...plain('json.tool', 'read', { ...LOOKS, operands: firstThen('read', 'write') }),
  ...plain('ensurepip', 'text', { effects: ['INSTALL', 'WRITE_OUTSIDE'] }),
  ...known('timeit', 'code', '-n= -r= -s=code -p -u= -v -h'),
  ...plain('venv zipfile tarfile compileall py_compile', 'inside', WRITES),
  ...plain('http.server SimpleHTTPServer smtpd', 'text', { effects: ['READ_REPO', 'LISTEN'] }),
  ...plain('unittest doctest', 'inside', { ...TESTS, unlisted: 'workspace' }),
  ...known(
    'pdb cProfile profile trace',
    'script',
    '-c=code -m=script -o=write -s= -C=write --trace --count -t',
    {
      style: 'first',
      operands: firstThen('script', 'text'),
    },
  ),
  ...named(
    'perl',
    listed(
      'script',
      {
        ...options('-a -c -f -l -n -p -s -t -T -u -U -v -w -W -X -F= -0 -V'),
        ...options('-I=inside -M=inside -m=inside -C -S -d -D -x'),
        ...values('-e -E', 'code'),
        ...flags('-i', { effects: ['WRITE_PATCH'] }),
      },
      { ...CODE, ...telling(['-v', '-V']) },
    ),
  ),
  ...named(
    'ruby',
    listed(
      'script',
      {
        ...options(`-a -c -l -n -p -s -S -v -w -W -x -F= -0 -C=place -I=inside -r=inside --version --yjit
          --jit -E= -h`),
        ...values('-e', 'code'),
        ...flags('-i', { effects: ['WRITE_PATCH'] }),
      },
      { ...CODE, ...telling(['--version', '-h']) },
    ),
  ),
  ...named(
    'php',
    listed(
      'script',
      {
        ...options(`-n -l -i -m -v -h -q -w -s -a -d=inside -c=inside -z=inside -f=script -F=script -t=list
          --version --ini --info`),
        ...values('-r -B -R -E', 'code'),
        ...values('-S', 'text', LISTENS),
      },
      { ...CODE, ...telling(['-v', '--version', '-i', '-m', '--ini', '-h']) },
    ),
  ),
  ...named(
    'lua luajit lua5.3 lua5.4 texlua',
    listed(
      'script',
      { ...options('-i -v -E -W -l=inside'), ...values('-e', 'code') },
      { ...CODE, ...telling(['-v']) },
    ),
  ),
  ...named(
    'node nodejs',
    listed(
      'script',
      {
        ...options(`-c -h -i -v --check --version --help --interactive --no-warnings --trace-warnings
          --trace-deprecation --no-deprecation
          --throw-deprecation --enable-source-maps --experimental-vm-modules --experimental-strip-types
          --experimental-transform-types --no-experimental-strip-types
          --experimental-specifier-resolution= --experimental-test-coverage
          --experimental-sqlite --experimental-wasm-modules --experimental-json-modules
          --expose-gc --harmony --inspect-port=
          --max-old-space-size= --stack-size= --stack-trace-limit= --unhandled-rejections=
          --conditions= -C= --watch --watch-path=list
          --env-file=read --env-file-if-exists=read --test-reporter= --test-name-pattern=
          --test-only --test-concurrency=
          --input-type= --title= --trace-uncaught --preserve-symlinks --prof --cpu-prof
          --heap-prof --heapsnapshot-signal=
          --dns-result-order= --icu-data-dir=list --tls-min-v1.2 --use-openssl-ca
          --disable-warning= --permission --run=
          -r=inside --require=inside --import=inside --loader=inside
          --experimental-loader=inside --test --test-reporter-destination=write
          --test-force-exit --test-timeout= --test-coverage-include= --test-coverage-exclude=
          --allow-fs-read= --allow-fs-write=`),
        ...values('-e -p -pe --eval --print', 'code'),
        ...flags('--inspect --inspect-brk', LISTENS),
      },
      {
        ...CODE,
        modes: [
          { names: ['-v', '--version', '-h', '--help'], program: TELLS },
          {
            names: ['--test'],
            program: listed(
              'inside',
              options(`--test --test-reporter= --test-name-pattern= --test-only
              --watch --import=inside -r=inside --experimental-test-coverage --test-concurrency=
              --experimental-strip-types --no-warnings --conditions= --env-file=read
              --enable-source-maps`),
              TESTS,
            ),
          },
        ],
      },
    ),
  ),
  ...named(
    'java',
    listed(
      'text',
      {
        ...options(`-cp=inside -classpath=inside -version --version -Xmx512m -Xmx1g -Xmx2g -Xmx4g -ea -server
          --module-path=inside -p=inside -m= --add-modules= --enable-preview -showversion`),
        // An archive is a program whose words are all that follow.
        ...values('-jar', 'command', { takes: 'rest' }),
      },
      {
        effects: ['EXECUTE_CODE', 'RUN_WORKSPACE_CODE'],
        style: 'words first',
        modes: [
          {
            names: ['-version', '--version'],
            program: listed('text', options('-version --version'), { style: 'words' }),
          },
        ],
      },
    ),
  ),
  ...named(
    `Rscript R julia octave matlab sage ghci runghc runhaskell scala kotlin groovy elixir iex erl guile
      racket sbcl clisp clj tclsh wish expect swipl ocaml raku bb janet`,
    listed(
      'script',
      {
        ...options(`--version --vanilla --quiet -q --silent --no-save --slave --no-restore
      -V -v -s`),
        ...values('-e -E --eval -c', 'code'),
      },
      CODE,
    ),
  ),
};
