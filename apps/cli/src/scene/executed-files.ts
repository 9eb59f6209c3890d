/** Files that a program executes without being told: what they hold is what it does. */
const EXECUTED: Readonly<Record<string, readonly string[]>> = {
  ...named('npm npx pnpm pnpx yarn bun bunx', 'package.json .npmrc .yarnrc.yml .pnpmfile.cjs bunfig.toml'),
  ...named('node deno', 'package.json deno.json'),
  ...named('make gmake bmake', 'Makefile makefile GNUmakefile BSDmakefile'),
  ...named('just', 'justfile Justfile .justfile'),
  ...named('task', 'Taskfile.yml Taskfile.yaml'),
  ...named('rake', 'Rakefile rakefile'),
  ...named('bundle', 'Gemfile'),
  ...named('gradle', 'build.gradle build.gradle.kts settings.gradle settings.gradle.kts'),
  ...named('gradlew', 'build.gradle build.gradle.kts gradle/wrapper/gradle-wrapper.properties'),
  ...named('mvn mvnw', 'pom.xml'),
  ...named('ant', 'build.xml'),
  ...named('cargo', 'Cargo.toml build.rs .cargo/config.toml'),
  ...named('go', 'go.mod'),
  ...named('cmake', 'CMakeLists.txt'),
  ...named('pytest', 'conftest.py pytest.ini pyproject.toml setup.cfg tox.ini'),
  ...named('tox nox', 'tox.ini noxfile.py pyproject.toml'),
  ...named('pip pip3 uv poetry', 'setup.py pyproject.toml'),
  ...named('composer', 'composer.json'),
  ...named('docker podman', 'Dockerfile compose.yaml compose.yml docker-compose.yml docker-compose.yaml'),
  ...named('pre-commit', '.pre-commit-config.yaml'),
  ...named('direnv', '.envrc'),
  ...named(
    'git',
    `.git/config .git/hooks/pre-commit .git/hooks/commit-msg .git/hooks/prepare-commit-msg
      .git/hooks/post-commit .git/hooks/post-checkout .git/hooks/post-merge .git/hooks/pre-push
      .git/hooks/pre-rebase .git/hooks/post-rewrite .gitattributes`,
  ),
};

/** Relative to the directory where it runs, or to one above it within the workspace. */
export function executedBy(program: string): readonly string[] {
  const name = program.slice(program.lastIndexOf('/') + 1);
  return Object.hasOwn(EXECUTED, name) ? (EXECUTED[name] ?? []) : [];
}

function named(programs: string, files: string): Readonly<Record<string, readonly string[]>> {
  const list = files.trim().split(/\s+/);
  return Object.fromEntries(programs.split(' ').map((name) => [name, list]));
}
