import type { Scene } from '@writ/contract';
import { hostOf } from '../arguments/host.ts';
import { lowerAscii } from '../detection/characters.ts';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { isObserved, lexicalPath } from '../paths/lexical.ts';
import { RISK_DESTROYS } from './program.ts';

/** Branches that others build on. */
const PROTECTED_BRANCHES: ReadonlySet<string> = new Set(['main', 'master', 'trunk', 'production', 'release']);
const PROTECTED_BEGINNINGS: readonly string[] = ['release/', 'releases/'];

export function isProtectedBranch(name: string): boolean {
  const branch = name.replace(/^refs\/heads\//, '');
  // A pattern is each of those that it may name.
  return (
    branch.includes('*') ||
    PROTECTED_BRANCHES.has(branch) ||
    PROTECTED_BEGINNINGS.some((beginning) => branch.startsWith(beginning))
  );
}

const REWRITES: Meaning = { ...NOTHING, reversibility: 'irreversible', risk_min: RISK_DESTROYS };

/** What a push does elsewhere: `[+]from:to`, where nothing before the colon removes what stands behind it. */
export function understandRefspec(word: string, where: string): Meaning {
  const plain = word.replace(/^\+/, '');
  const colon = plain.lastIndexOf(':');
  const target = colon < 0 ? plain : plain.slice(colon + 1);
  const name = (target === '' ? plain.slice(0, Math.max(colon, 0)) : target).replace(/^refs\/heads\//, '');
  const forced = plain !== word;
  // A lone colon pushes whatever both sides have.
  const removes = colon === 0 && target !== '';
  return joinMeanings([
    name === '' ? NOTHING : { ...NOTHING, resources: [{ kind: 'branch', name }] },
    forced ? { ...REWRITES, effects: ['REWRITE_HISTORY'] } : NOTHING,
    removes ? { ...REWRITES, effects: ['DELETE', 'REWRITE_HISTORY'] } : NOTHING,
    isProtectedBranch(name) || name === '' ? foundAt('protected_branch', where) : NOTHING,
  ]);
}

/** What reads as a name of a file rather than of a branch, or was seen as one. */
export function isPathHere(word: string, scene: Scene | null): boolean {
  if (isObserved(lexicalPath(word, scene), scene)) return true;
  return /^[.:/~]|\/$|[*?[\]]|\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(word);
}

const SHORT = /^[A-Za-z0-9_][A-Za-z0-9_-]*@([A-Za-z0-9][A-Za-z0-9.-]*):(?!:)\S+$/;
const LONG = /^(?:ssh|git):\/\/(?:[A-Za-z0-9_][A-Za-z0-9_-]*@)?([A-Za-z0-9][A-Za-z0-9.-]*)[/:]\S*$/;

/** The host of a repository over https or ssh, each in its one plain spelling. */
export function repositoryHost(word: string): string | null {
  const short = SHORT.exec(word)?.[1];
  const long = LONG.exec(word)?.[1];
  return hostOf(short === undefined && long === undefined ? word : `https://${short ?? long}/`);
}

/** Settings of git that run nothing and send nothing elsewhere; of some sections all are such. */
const SAFE_SECTIONS: ReadonlySet<string> = new Set(['advice', 'color', 'column', 'log', 'status']);
const SAFE_SETTINGS: ReadonlySet<string> = new Set(
  `branch.sort commit.gpgsign core.abbrev core.autocrlf core.commentchar core.eol core.filemode
    core.ignorecase
  core.longpaths core.precomposeunicode core.quotepath core.symlinks diff.algorithm diff.colormoved
  diff.noprefix
  diff.renames fetch.parallel fetch.prune fetch.prunetags gc.auto http.postbuffer http.version
  init.defaultbranch
  merge.conflictstyle merge.ff protocol.version pull.ff pull.rebase push.autosetupremote push.default
  rebase.autosquash rebase.autostash rebase.updaterefs rerere.enabled tag.gpgsign user.email user.name`.split(
    /\s+/,
  ),
);

export function isSafeSetting(setting: string): boolean {
  const name = lowerAscii(setting.split('=')[0] ?? '');
  const [section = '', ...rest] = name.split('.');
  return SAFE_SETTINGS.has(name) || (rest.length === 1 && SAFE_SECTIONS.has(section));
}
