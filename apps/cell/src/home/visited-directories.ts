import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, isAbsolute, join, parse, sep } from 'node:path';
import { HomeFailure, systemCode } from './failure.ts';

/** As many symbolic links as Linux itself follows before it answers ELOOP. */
const SYMBOLIC_LINKS_MAX = 40;

/**
 * Every directory that the system passes through when it resolves `path`, links included. A place outside a
 * workspace that is reached through a link inside one still belongs to whoever can edit that workspace.
 */
export function visitedDirectories(path: string): ReadonlySet<string> {
  const root = parse(path).root;
  const visited = new Set<string>([root]);
  const pending = componentsOf(path);
  let current = root;
  let links = 0;
  for (let component = pending.shift(); component !== undefined; component = pending.shift()) {
    if (component === '..') {
      current = dirname(current);
      continue;
    }
    const next = join(current, component);
    const target = linkTarget(next);
    if (target === undefined) {
      current = next;
      visited.add(current);
      continue;
    }
    links += 1;
    if (links > SYMBOLIC_LINKS_MAX) throw new HomeFailure('HOME_UNRESOLVED', `too many links in ${path}`);
    pending.unshift(...componentsOf(target));
    if (isAbsolute(target)) current = parse(target).root;
  }
  return visited;
}

function componentsOf(path: string): string[] {
  const root = parse(path).root;
  return path
    .slice(root.length)
    .split(sep)
    .filter((component) => component !== '' && component !== '.');
}

function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch (error) {
    // Nothing there yet: the rest of the path will be made as plain directories.
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw new HomeFailure('HOME_UNRESOLVED', `cannot look at ${path}`, error);
  }
}
