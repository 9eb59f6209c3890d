import { wordSet } from '../word-set.ts';
import { hasPlace, namesIn } from './names.ts';

/**
 * What is written here runs later by itself: at a login, at boot, at a time, at a commit, when a directory is
 * entered, when an editor or an agent begins, on another's machine after a push. Whoever writes it decides
 * what happens when nobody looks.
 */
const LASTING_FILES: ReadonlySet<string> = wordSet(`
  .aider.conf.yml .bash_aliases .bash_login .bash_logout .bash_profile .bashrc .condarc .cshrc .curlrc
  .drone.yml .emacs .envrc .gdbinit .gitconfig .gitlab-ci.yml .inputrc .kshrc .lldbinit .login .mcp.json
  .mise.toml .npmrc .pam_environment .pnpmfile.cjs .pre-commit-config.yaml .profile .pythonrc .screenrc
  .tcshrc .tmux.conf .travis.yml .vimrc .wgetrc .woodpecker.yml .xinitrc .xprofile .xsession .yarnrc
  .yarnrc.yml .zlogin .zlogout .zprofile .zshenv .zshrc appveyor.yml authorized_keys authorized_keys2
  azure-pipelines.yml bitbucket-pipelines.yml crontab devcontainer.json init.vim jenkinsfile ld.so.conf
  ld.so.preload lefthook.yml microsoft.powershell_profile.ps1 pip.conf rc.local sitecustomize.py sudoers
  usercustomize.py`);
/** All below them. */
const LASTING_DIRECTORIES: ReadonlySet<string> = wordSet(`
  .husky .idea autostart cron.d cron.daily cron.hourly cron.monthly cron.weekly init.d launchagents
  launchdaemons profile.d sudoers.d systemd udev update-motd.d`);
const LASTING_PLACES: readonly string[] = [
  '.circleci/config.yml',
  '.claude/agents',
  '.claude/commands',
  '.claude/hooks',
  '.claude/settings.json',
  '.claude/settings.local.json',
  '.codex/config.toml',
  '.config/fish',
  '.config/git',
  '.config/nvim',
  '.cursor/hooks.json',
  '.cursor/mcp.json',
  '.gemini/settings.json',
  '.git/config',
  '.git/hooks',
  '.github/actions',
  '.github/workflows',
  '.local/bin',
  '.local/share/applications',
  '.ssh/config',
  '.ssh/environment',
  '.ssh/rc',
  '.vscode/extensions.json',
  '.vscode/launch.json',
  '.vscode/mcp.json',
  '.vscode/settings.json',
  '.vscode/tasks.json',
  'etc/apt/apt.conf.d',
  'etc/environment',
  'etc/ld.so.conf.d',
  'etc/modules-load.d',
  'etc/nsswitch.conf',
  'etc/pam.d',
  'etc/ssh',
  'usr/bin',
  'usr/lib',
  'usr/local/bin',
  'usr/local/lib',
  'usr/local/sbin',
  'usr/sbin',
  'var/spool/at',
  'var/spool/cron',
];
/** What Python runs whenever it begins. */
const LASTING_ENDINGS: readonly string[] = ['.pth', '.service', '.timer', '.desktop', '.plist'];
/** Names ending so run by themselves only where such files are looked for. */
const LOOKED_FOR: readonly string[] = [
  'applications',
  'autostart',
  'launchagents',
  'launchdaemons',
  'site-packages',
  'dist-packages',
  'systemd',
];

/**
 * Of a repository, of one within it, or of a further working tree: what git runs, or where it looks for that.
 */
const STEERING_GIT: ReadonlySet<string> = wordSet('commondir config config.worktree gitdir');

function steersGit(names: readonly string[]): boolean {
  const git = names.indexOf('.git');
  if (git < 0) return false;
  const below = names.slice(git + 1);
  return below.includes('hooks') || STEERING_GIT.has(below.at(-1) ?? '');
}

export function isLastingPlace(path: string): boolean {
  const names = namesIn(path);
  const last = names.at(-1) ?? '';
  return (
    LASTING_FILES.has(last) ||
    names.some((name) => LASTING_DIRECTORIES.has(name)) ||
    hasPlace(names, LASTING_PLACES) ||
    steersGit(names) ||
    (LASTING_ENDINGS.some((ending) => last.endsWith(ending)) &&
      names.some((name) => LOOKED_FOR.includes(name)))
  );
}

/**
 * What runs when somebody builds, tests or starts the project: developers write it all day, and it runs with
 * the next such command. Writing it is a change of code like any other, and found as such.
 */
const BUILDING_FILES: ReadonlySet<string> = wordSet(`
  .babelrc.js .eslintrc.cjs .eslintrc.js .gitattributes .gitmodules .lintstagedrc.js .mocharc.js
  .prettierrc.js agents.md build.bazel build.gradle build.gradle.kts build.rs build.sbt build.zig
  cargo.toml claude.md cmakelists.txt compose.yaml compose.yml composer.json configure configure.ac
  conanfile.py conftest.py containerfile deno.json deno.jsonc docker-compose.yaml docker-compose.yml
  dockerfile dodo.py fabfile.py fastfile flake.nix gemfile gnumakefile gradle-wrapper.properties gradlew
  gruntfile.js gulpfile.js jakefile.js justfile makefile makefile.am manage.py meson.build mix.exs
  module.bazel mvnw noxfile.py package.json package.swift podfile pom.xml procfile pyproject.toml
  pytest.ini rakefile sconstruct settings.gradle settings.gradle.kts setup.cfg setup.py shell.nix
  tasks.py taskfile.yaml taskfile.yml tox.ini tsconfig.json turbo.json vagrantfile workspace wscript`);
const BUILDING_PLACES: readonly string[] = ['.cargo/config', '.cargo/config.toml', 'gradle/wrapper'];
const BUILDING_FORM =
  /(?:\.config\.(?:js|cjs|mjs|ts|cts|mts)|\.gemspec|\.mk|\.cmake|\.gyp|\.csproj|\.targets)$/;

export function isBuildingPlace(path: string): boolean {
  const names = namesIn(path);
  const last = names.at(-1) ?? '';
  return BUILDING_FILES.has(last) || BUILDING_FORM.test(last) || hasPlace(names, BUILDING_PLACES);
}
