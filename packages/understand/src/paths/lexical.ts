import type { Scene } from '@writ/contract';

/**
 * A path without `.`, `//` and `name/..`, from the directory of the scene where there is one. Links are not
 * followed: that is for whoever stands on the host.
 */
export function lexicalPath(text: string, scene: Scene | null): string {
  const whole = text.startsWith('/') || scene === null ? text : `${scene.directory}/${text}`;
  const kept: string[] = [];
  for (const name of whole.split('/')) {
    if (name === '' || name === '.') continue;
    const last = kept.at(-1);
    if (name !== '..') kept.push(name);
    else if (last !== undefined && last !== '..') kept.pop();
    else if (!whole.startsWith('/')) kept.push('..');
  }
  const path = kept.join('/');
  return whole.startsWith('/') ? `/${path}` : path || '.';
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
