import type { Scene } from '@writ/contract';

/**
 * A path without `.`, `//` and `name/..`, from the directory of the scene where there is one. Links are not
 * followed, but those that every kernel has: `/proc/self/root` and `/proc/self/cwd`. What else is a link is
 * for whoever stands on the host.
 */
export function lexicalPath(text: string, scene: Scene | null): string {
  const whole = text.startsWith('/') || scene === null ? text : `${scene.directory}/${text}`;
  const isWhole = whole.startsWith('/');
  const kept: string[] = [];
  for (const name of whole.split('/')) {
    if (name === '' || name === '.') continue;
    const last = kept.at(-1);
    if (name !== '..') kept.push(name);
    else if (last !== undefined && last !== '..') kept.pop();
    else if (!isWhole) kept.push('..');
    if (isWhole) followProcess(kept, scene);
  }
  const path = kept.join('/');
  return isWhole ? `/${path}` : path || '.';
}

/** The root of a process is taken for that of the host: a container sees less, never more. */
function followProcess(kept: string[], scene: Scene | null): void {
  const start = kept.length - (kept[2] === 'task' ? 5 : 3);
  if (start !== 0 || kept[0] !== 'proc' || !isProcess(kept[1] ?? '')) return;
  const last = kept.at(-1);
  if (last === 'root') kept.length = 0;
  // The directory of another process is as good as any: nobody said where it is.
  if (last === 'cwd' && scene !== null && !isNumber(kept[1] ?? '')) {
    kept.splice(0, kept.length, ...scene.directory.split('/').filter((name) => name !== ''));
  }
}

function isProcess(name: string): boolean {
  return name === 'self' || name === 'thread-self' || isNumber(name);
}

function isNumber(name: string): boolean {
  return /^[0-9]{1,10}$/.test(name);
}

/** Whether the enforcement point saw that very path: what is a link would stand under another name. */
export function isObserved(path: string, scene: Scene | null): boolean {
  return (
    scene?.items.some(({ kind, name }) => (kind === 'path' || kind === 'directory') && name === path) ?? false
  );
}

/** In a root of the scene; without one, below where the program runs. A root of everything is none. */
export function isInWorkspace(path: string, scene: Scene | null): boolean {
  if (scene === null) return !path.startsWith('/') && !path.startsWith('~') && !path.startsWith('..');
  return scene.roots
    .map((root) => lexicalPath(root, null))
    .some((root) => root.length > 1 && root.startsWith('/') && isWithin(path, root));
}

export function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}

/** Where everybody may leave something for a while. */
const TEMPORARY: readonly string[] = [
  '/tmp',
  '/var/tmp',
  '/private/tmp',
  '/private/var/tmp',
  '/private/var/folders',
];

export function isTemporary(path: string): boolean {
  return TEMPORARY.some((place) => path !== place && isWithin(path, place));
}

/**
 * What holds nothing of anybody: the waste bin, sources of zeros and chance, the terminal, the machine's
 * size.
 */
const NOWHERE: ReadonlySet<string> = new Set([
  '/dev/full',
  '/dev/null',
  '/dev/random',
  '/dev/stderr',
  '/dev/stdout',
  '/dev/tty',
  '/dev/urandom',
  '/dev/zero',
  '/proc/cpuinfo',
  '/proc/loadavg',
  '/proc/meminfo',
  '/proc/self/cgroup',
  '/proc/self/limits',
  '/proc/self/status',
  '/proc/uptime',
  '/proc/version',
]);

/** Whether a path leads out of the workspace of a scene, and not into a directory for what is temporary. */
export function leavesWorkspace(path: string, scene: Scene | null): boolean {
  return !isInWorkspace(path, scene) && !isTemporary(path) && !NOWHERE.has(path);
}
