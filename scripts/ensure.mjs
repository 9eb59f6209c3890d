// Makes one command enough: installs what package-lock.json names when node_modules does not match it, and
// checks the Node that the next script will run on. Plain JavaScript without dependencies: it runs on the
// system's Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockInstaller } from './install-lock.mjs';

/** The oldest Node that can run this file and the npm beside it. */
const OLDEST_INSTALLER = [20, 19];
/** The oldest Node that can run Writ: node:sqlite and type stripping without a flag. */
const OLDEST_RUNTIME = 24;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.writ-installed');

/** What an installed node_modules must have been made from: the lock file, for this platform. */
const wanted = () => {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
};

const installed = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted();

const inside = (file) => {
  try {
    return realpathSync(file).startsWith(realpathSync(modules) + sep);
  } catch {
    return false; // no node_modules yet, or no such file
  }
};

const nodesOnPath = (path) => {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .filter((file) => existsSync(file));
};

/** The npm that called us, run by a Node outside node_modules: the one inside is about to be deleted. */
const installer = () => {
  const candidates = [
    process.env.npm_node_execpath,
    process.execPath,
    ...nodesOnPath(process.env.PATH ?? ''),
  ];
  const node = candidates.find((file) => file !== undefined && !inside(file));
  const npm = process.env.npm_execpath;
  if (node !== undefined && npm !== undefined && /\.c?js$/.test(npm)) return { command: node, before: [npm] };
  return { command: 'npm', before: [], shell: process.platform === 'win32' };
};

/** Settings of the outer npm command that would make the inner one install less, elsewhere, or nothing. */
const MISLEADING = new Set([
  'node_options',
  'node_env',
  ...`workspace workspaces include_workspace_root global location prefix
      omit include only production optional dev
      ignore_scripts dry_run package_lock package_lock_only`
    .split(/\s+/)
    .map((name) => `npm_config_${name}`),
]);

const cleaned = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !MISLEADING.has(name.toLowerCase())));

const cleanedWithPath = (path) => {
  const environment = cleaned();
  for (const name of Object.keys(environment)) {
    if (name.toLowerCase() === 'path') delete environment[name]; // Windows says Path
  }
  return { ...environment, PATH: path };
};

const install = () => {
  const { command, before, shell } = installer();
  process.stderr.write('writ: installing what package-lock.json names (npm ci), once; it takes a while\n');
  rmSync(stamp, { force: true }); // an install that dies half way must not look whole
  // Its warnings are about the Node that installs, and what is installed runs on another one.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const words = [...before, 'ci', '--include=dev', '--include=optional', ...quiet];
  // stdout belongs to the command that follows, for example to its --json
  const done = spawnSync(command, words, {
    cwd: root,
    env: cleaned(),
    stdio: ['ignore', 2, 2],
    shell: shell === true,
  });
  if (done.error !== undefined) throw new Error(`npm could not be started: ${done.error.message}`);
  if (done.status !== 0)
    throw new Error(`npm ci failed (${done.signal ?? done.status}); its message stands above`);
  mkdirSync(modules, { recursive: true });
  const fresh = `${stamp}.${process.pid}`;
  writeFileSync(fresh, wanted());
  renameSync(fresh, stamp);
};

/** `node` exactly as the next npm script will find it: node_modules/.bin first, then the PATH. */
const checkRuntime = () => {
  const path = [join(modules, '.bin'), process.env.PATH ?? ''].join(delimiter);
  const asked = spawnSync('node', ['-p', 'process.versions.node'], {
    cwd: root,
    env: cleanedWithPath(path),
    shell: process.platform === 'win32',
  });
  const version = String(asked.stdout ?? '').trim();
  if (Number.parseInt(version, 10) >= OLDEST_RUNTIME) return;
  throw new Error(
    `Writ needs Node ${OLDEST_RUNTIME} or newer and would run on ${version === '' ? 'none' : version}. ` +
      `No Node for ${process.platform}-${process.arch} comes with the dependencies: ` +
      `install Node ${OLDEST_RUNTIME} or newer and try again.`,
  );
};

const checkInstaller = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_INSTALLER[0] || (major === OLDEST_INSTALLER[0] && minor >= OLDEST_INSTALLER[1])) return;
  throw new Error(
    `Node ${process.versions.node} cannot install Writ: ${OLDEST_INSTALLER.join('.')} or newer is needed`,
  );
};

const ensure = () => {
  checkInstaller();
  if (!installed()) {
    const unlock = lockInstaller(root);
    try {
      if (!installed()) install(); // another one may have finished while we waited
    } finally {
      unlock();
    }
  }
  checkRuntime();
};

try {
  ensure();
} catch (error) {
  process.stderr.write(`writ: ${error.message}\n`);
  process.exitCode = 1;
}
