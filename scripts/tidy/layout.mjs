// What must exist where: packages and their front doors, one version, exact pins, numbered pages.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const REQUIRED = [
  'README.md',
  'LICENSE',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/dependencies.md',
  'docs/threat-model.md',
];
const NAME = /^[a-z0-9]+(?:[-.][a-z0-9]+)*\.(ts|tsx|mjs)$/;
const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

export const checkLayout = (root, paths, report) => {
  const known = new Set(paths);
  const page = join(root, 'docs/dependencies.md');
  const explained = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  for (const path of REQUIRED) if (!known.has(path)) report('error', path, 0, 'layout', 'is missing');
  for (const path of paths) {
    if (/(^|\/)package\.json$/.test(path) && !path.startsWith('bench/'))
      checkManifest({ root, path, version, explained }, report);
    if (/^(packages|apps|scripts)\/.*\.(ts|tsx|mjs)$/.test(path)) checkName(path, report);
    checkNumbered(path, report);
    if (path.endsWith('.md')) checkLinks(root, path, report);
  }
  for (const folder of ['docs/decisions/', 'spec/']) checkUnique(folder, paths, report);
};

const checkName = (path, report) => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!NAME.test(name) && name !== '.keep.ts') report('error', path, 0, 'file-name', 'not kebab-case');
};

const checkNumbered = (path, report) => {
  if (path.startsWith('docs/decisions/') && !/\/\d{4}-[a-z0-9-]+\.md$/.test(path)) {
    report('error', path, 0, 'numbered', 'a decision is docs/decisions/NNNN-what.md');
  }
  if (path.startsWith('spec/') && !/^spec\/(README|\d{2}-[a-z0-9-]+)\.md$/.test(path)) {
    report('error', path, 0, 'numbered', 'a page of the specification is spec/NN-what.md');
  }
};

const LINK = /\]\(([^)\s#:]+)(?:#[^)]*)?\)/g;

/** A link to another page of this repository leads somewhere. */
const checkLinks = (root, path, report) => {
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    for (const [, target] of line.replace(/`[^`]*`/g, '').matchAll(LINK)) {
      if (!existsSync(join(root, dirname(path), target))) {
        report('error', path, index + 1, 'link', `${target} does not exist`);
      }
    }
  }
};

/** Pages are cited by number, so a number is given once. */
const checkUnique = (folder, paths, report) => {
  const taken = new Map();
  for (const path of paths.filter((one) => one.startsWith(folder))) {
    const number = /^\d+/.exec(path.slice(folder.length))?.[0];
    if (number === undefined) continue;
    if (taken.has(number)) report('error', path, 0, 'numbered', `${taken.get(number)} has this number too`);
    taken.set(number, path);
  }
};

/** Every target of `exports`, `imports` and `bin` must exist; what is built is looked for as its source. */
const checkManifest = ({ root, path, version, explained }, report) => {
  const manifest = JSON.parse(readFileSync(join(root, path), 'utf8'));
  if (manifest.version !== version)
    report('error', path, 0, 'version', `${manifest.version}, not ${version}`);
  for (const member of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    for (const [name, wanted] of Object.entries(manifest[member] ?? {})) {
      if (!EXACT.test(wanted)) report('error', path, 0, 'pin', `${name} ${wanted} is not one exact version`);
      if (!name.startsWith('@writ/') && !isExplained(explained, name, wanted)) {
        report(
          'error',
          path,
          0,
          'dependency',
          `docs/dependencies.md does not say why ${name} ${wanted} is needed`,
        );
      }
    }
  }
  for (const target of targetsOf([manifest.exports, manifest.imports, manifest.bin])) {
    const source = target.replace(/^\.\/dist\/(src\/.*?)(?:\.d\.ts|\.js)$/, './$1.ts');
    if (!existsSync(join(root, dirname(path), source)))
      report('error', path, 0, 'exports', `${target} has no source`);
  }
};

/** A line of the page names the package and its version. */
const isExplained = (page, name, version) =>
  page.split('\n').some((line) => line.split(/[ |,]+/).includes(name) && line.includes(version));

const targetsOf = (value) => {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(targetsOf);
};
