import { listed, named, options, type Program, type Programs, type Special, tree } from './program.ts';
import {
  BUILDS,
  FETCHES,
  FORMATS,
  known,
  LOOKS,
  plain,
  RUNS_WORKSPACE,
  TESTS,
  WRITES,
  working,
} from './rows.ts';

/** Compilers read sources and write a file; a plugin, a wrapper or a specification makes them run more. */
const COMPILE = `-o=write -MF=write -MD -MMD -c -S -E -v -w -g -ggdb -g3 -O -O0 -O1 -O2 -O3 -Os -Og -Ofast
  -Wall -Wextra -Werror
  -Wpedantic -pedantic -Wno-unused -pthread -fPIC -fpic -fPIE -pie -static -shared -m64 -m32 -march==
  -mtune== -std==
  -fsanitize== -flto -s -rdynamic -x= -I=list -L=list -D= -U= -l= -isystem=list -include=read
  --version -dumpmachine
  -lm -lpthread -ldl -lstdc++ -lrt -lz -lssl -lcrypto -Wl,-rpath== -Wl,--gc-sections -fno-exceptions
  -fopenmp`;

const BEFORE_COMMAND: Partial<Program> = { style: 'first', effects: ['COMPUTE'] };
const NYC = `-r= -x= -n= -o=write -a --reporter= --report-dir=write --reports-dir=write --temp-dir=write
  --exclude= --include= --all --check-coverage --silent --clean --lines= --functions= --branches=
    --statements=
  --src=inside --extension= --100`;
const assignment: Program['special'] = (word) =>
  /^[A-Za-z_][A-Za-z0-9_]*=/.test(word) ? { use: 'text', effects: [] } : null;

/** Tasks whose names say that they reach beyond the workspace. */
const LEAVING = /(?:^|[-_:./])(?:deploy|publish|ship|upload)(?:$|[-_:./])/;
const INSTALLING = /^(?:un)?install(?:$|[-_])/;
const DROPPING = /(?:^|[-_:./])(?:db|database|data)[-_:./](?:drop|reset|wipe|purge|truncate|destroy)/;
const meaningOfTask = (task: string): Special | null =>
  LEAVING.test(task)
    ? { use: 'text', effects: ['DEPLOY', 'NETWORK_CALL'] }
    : DROPPING.test(task)
      ? { use: 'text', effects: ['CHANGE_DATA', 'DESTROY_DATA'] }
      : null;

/** What builds, tests, checks and formats the workspace: it runs what lies there, or what settings name. */
export const BUILDING: Programs = {
  ...known(
    'make gmake',
    'text',
    `-B -i -j -k -n -p -q -r -R -s -S -t -v -w -d --always-make --dry-run
    --just-print --recon --keep-going
    --silent --quiet --question --touch --trace --version --help --no-print-directory
    --print-directory --print-data-base
    --no-builtin-rules --no-builtin-variables --jobs? --load-average? -l? --output-sync? -O?
    -C=place --directory=place
    -f=inside --file=inside --makefile=inside -I=inside --include-dir=inside -o= -W= --old-file= --what-if=
    --eval=program -E=program`,
    {
      ...BUILDS,
      special: (operand) =>
        /^(?:SHELL|MAKE|MAKEFILES|MAKEFLAGS|\.SHELLFLAGS|CC|CXX|LD|AR|[A-Z_]*CMD)[:+?]*=/.test(operand)
          ? { use: 'program', effects: [] }
          : INSTALLING.test(operand)
            ? { use: 'text', effects: ['WRITE_OUTSIDE'] }
            : meaningOfTask(operand),
    },
  ),
  ...working(
    `cmake ctest cpack meson ninja samu bazel bazelisk buck buck2 pants scons waf xmake premake5
    zig nimble crystal`,
    BUILDS,
    '-P=inside -C=place -S=place -B=place -f=inside -E=program -DCMAKE_TOOLCHAIN_FILE==inside',
  ),
  ...working(
    'just task rake invoke inv nox tox fab doit mage grunt gulp gradle-profiler earthly dagger',
    { ...RUNS_WORKSPACE, special: meaningOfTask },
    `-f=inside
    --file=inside --justfile=inside -d=place --working-directory=place --shell=program --shell-command`,
  ),
  ...working('autoconf automake autoreconf libtoolize aclocal configure ./configure pkg-config', BUILDS),
  ...working(
    `tsc tsup tsdown rollup webpack vite parcel esbuild swc babel rspack next nuxt astro remix
    gatsby svelte-kit ng vue-tsc expo storybook sass postcss tailwindcss browserify`,
    BUILDS,
    `-c=inside --config=inside -p=inside --project=inside --outDir=write --out-dir=write -o=write
      --outfile=write --plugin=inside`,
  ),
  ...working(
    `jest vitest mocha ava cypress playwright karma jasmine tap wdio qunit pytest py.test
    nose2 behave coverage rspec minitest cucumber phpunit pest bats shunit2 ctest gotestsum
    ginkgo newman k6 locust artillery`,
    TESTS,
    `-c=inside --config=inside -p=inside --rootdir=place --root=place --require=inside -r=inside
      --setupFiles=inside --globalSetup=inside --basetemp=write`,
  ),
  ...working(
    `eslint oxlint tslint stylelint jshint standard xo biome ruff pylint flake8 mypy pyright
    pyre bandit vulture pydocstyle pycodestyle rubocop reek standardrb phpstan psalm phpcs phpmd
    golangci-lint staticcheck revive gosec clang-tidy cppcheck 
    markdownlint markdownlint-cli2 ansible-lint tflint checkov sqlfluff vale codespell
    typos cspell knip depcheck madge ktlint detekt checkstyle spotbugs swiftlint credo dialyzer semgrep
    commitlint gitlint publint attw lychee vacuum spectral buf ajv taplo zizmor vulture`,
    { ...RUNS_WORKSPACE, effects: ['READ_REPO', 'WRITE_PATCH', 'RUN_WORKSPACE_CODE'] },
    `-c=inside --config=inside --rcfile=inside --rulesdir=inside --plugin=inside --load-plugins=inside
      -f=inside --format=inside --resolve-plugins-relative-to=inside -o=write --output-file=write`,
  ),
  ...working(
    `prettier black isort autopep8 yapf rustfmt clang-format shfmt stylua google-java-format
    php-cs-fixer pint dprint standardjs terraform-docs nixfmt alejandra ocamlformat fourmolu ormolu
    gersemi cmake-format djlint autoflake pyupgrade swiftformat xmlformat`,
    FORMATS,
    '-c=inside --config=inside --plugin=inside',
  ),
  ...working('lint-staged', RUNS_WORKSPACE),
  // Beside running, they set themselves up to run at each commit.
  ...working('pre-commit lefthook husky overcommit', {
    ...RUNS_WORKSPACE,
    special: (word, at) => (at === 0 && word !== 'run' ? { use: 'text', effects: ['PERSIST'] } : null),
  }),
  ...working(
    'tsx ts-node',
    RUNS_WORKSPACE,
    '-e=code -p=code -pe=code --eval=code --print=code -r=inside --require=inside --import=inside',
  ),
  ...working('npm-run-all npm-run-all2 run-s run-p wait-on', RUNS_WORKSPACE),
  // What stands behind their own words is a program with its words, or the text of a shell.
  ...working(
    'nodemon',
    RUNS_WORKSPACE,
    '-x=shell --exec=shell -w=inside --watch=inside -e= --ext= -i=inside --ignore=inside --delay= -q -V',
  ),
  ...known(
    'concurrently',
    'shell',
    `-k -r -n= -c= -p= -s= -m= -g -i --kill-others --kill-others-on-fail --raw --names= --prefix=
    --prefix-colors=
    --success= --max-processes= --group --restart-tries= --hide= --no-color`,
    RUNS_WORKSPACE,
  ),
  ...known('cross-env dotenv', 'command', '-e=read -c=read -o', { ...BEFORE_COMMAND, special: assignment }),
  ...known('nyc c8', 'command', NYC, { ...BEFORE_COMMAND, effects: TESTS.effects ?? [] }),
  ...known('ccache sccache distcc xcrun', 'command', '-s -z -V', BEFORE_COMMAND),
  ...working('pm2 forever dotenvx', { ...RUNS_WORKSPACE, effects: ['EXECUTE_CODE', 'RUN_WORKSPACE_CODE'] }),
  ...working(
    `prisma drizzle-kit sequelize knex typeorm alembic flask django-admin artisan rails rake
    hanami sqlx diesel goose dbmate atlas flyway liquibase`,
    { effects: ['READ_REPO', 'WRITE_PATCH', 'RUN_WORKSPACE_CODE', 'CHANGE_DATA'] },
  ),
  ...working(
    `uvicorn gunicorn hypercorn waitress-serve daphne puma unicorn thin http-server serve
    live-server browser-sync webpack-dev-server json-server`,
    { effects: ['READ_REPO', 'RUN_WORKSPACE_CODE', 'LISTEN'] },
  ),
  ...known('gcc g++ cc c++ clang clang++', 'read', COMPILE, {
    ...BUILDS,
    effects: ['READ_REPO', 'WRITE_PATCH', 'BUILD_ARTIFACT'],
    style: 'words',
  }),
  ...working(
    `rustc javac kotlinc scalac groovyc ghc ocamlfind ocamlc ocamlopt swiftc dmd ldc2 gfortran
    nvcc fpc nim valac mcs csc erlc elixirc gnatmake solc protoc thrift flatc capnp grpc_tools swig
    bison flex yacc lex antlr4 as ld ranlib strip objcopy nasm yasm`,
    { ...BUILDS, effects: ['READ_REPO', 'WRITE_PATCH', 'BUILD_ARTIFACT', 'RUN_WORKSPACE_CODE'] },
    '-o=write -plugin=inside --plugin=inside -Xplugin=inside',
  ),
  ...plain(
    `nm objdump readelf size addr2line c++filt ldd dumpbin otool file-roller javap jps ctags etags
    cscope cloc scc tokei sloccount`,
    'read',
    LOOKS,
  ),
  ...working(
    `doxygen sphinx-build mkdocs jekyll hugo eleventy docusaurus typedoc jsdoc javadoc rustdoc
    mdbook asciidoctor pandoc pdflatex xelatex lualatex latexmk tectonic bibtex typst antora vuepress`,
    BUILDS,
    `-o=write --output=write --filter=inside -F=inside --lua-filter=inside --shell-escape
      --pdf-engine=inside`,
  ),
  ...plain('shellcheck hadolint actionlint yamllint jsonlint', 'read', LOOKS),
  ...known(
    'hyperfine',
    'shell',
    `-w= -r= -m= -M= -i -N -n= -s= --warmup= --runs= --min-runs= --max-runs=
    --ignore-failure --export-json=write --export-markdown=write --style= --shell=program
    --prepare=shell --setup=shell --cleanup=shell -p=shell -c=shell`,
  ),
  ...plain('xgettext msgfmt msgmerge msgattrib', 'read', { effects: ['READ_REPO', 'WRITE_PATCH'] }),
  ...tree('pod', {
    ...plain('install update', 'text', {
      ...FETCHES,
      effects: ['NETWORK_CALL', 'DOWNLOAD', 'RUN_WORKSPACE_CODE', 'INSTALL'],
    }),
    ...plain('outdated list search repo env', 'text', LOOKS),
  }),
  ...working('xcodebuild fastlane', BUILDS),
  ...tree(
    'code cursor codium',
    { '': listed('inside', {}), ...plain('tunnel', 'text', { effects: ['LISTEN', 'NETWORK_CALL'] }) },
    options(`--version
    --list-extensions -n -r -g -d -w --wait --diff --goto`),
    { other: listed('inside', options('-n -r -g -w')) },
  ),
  ...named('devcontainer', listed('text', {}, { effects: ['CONTROL_SYSTEM', 'RUN_WORKSPACE_CODE'] })),
  ...working(
    `dbt sqlmesh dvc mlflow salt salt-call sbatch srun opam rebar3 standard-version
    semantic-release release-it conventional-changelog changeset`,
    { effects: ['READ_REPO', 'WRITE_PATCH', 'NETWORK_CALL', 'EXECUTE_CODE', 'RUN_WORKSPACE_CODE'] },
  ),
  ...plain('squeue sinfo sacct', 'text', LOOKS),
  ...working('jupyter ipython jupyter-lab streamlit gradio marimo papermill', RUNS_WORKSPACE),
  ...plain(`cookiecutter degit yo copier create-react-app create-next-app create-vite`, 'package', {
    effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH', 'EXECUTE_CODE'],
    findings: ['remote_code'],
  }),
  ...plain('openapi-generator swagger-codegen graphql-codegen', 'inside', WRITES),
};
