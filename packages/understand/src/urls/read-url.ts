import type { FindingCode } from '@writ/contract';
import { hostOf } from '../arguments/host.ts';
import { lowerAscii } from '../detection/characters.ts';
import { findIn } from '../tokens/find.ts';
import { carriesData, labelsCarryData } from './carried-data.ts';
import { classOfHost, type HostClass, worstOf } from './host-class.ts';
import { readsTwoWays } from './name-scripts.ts';

export type ReadUrl = {
  readonly scheme: string;
  /** The host in the one spelling that every reader gives it; null where readers differ. */
  readonly host: string | null;
  /** The worst of all hosts that a reader may take it to name. */
  readonly class: HostClass;
  readonly findings: readonly FindingCode[];
};

const SCHEME = /^[\s\0]*([A-Za-z][A-Za-z0-9+.-]{0,31}):/;
/** More in one authority is nothing that anybody sends. */
const HOSTS_MAX = 8;
const AUTHORITY_UNITS_MAX = 2_048;
/** What detection reads of a URL; longer ones are opaque anyway. */
const READ_UNITS_MAX = 65_536;

/** What a text says that is a URL, to any reader of URLs; null for a text without a scheme. */
export function readUrl(text: string): ReadUrl | null {
  const scheme = SCHEME.exec(text)?.[1];
  if (scheme === undefined) return null;
  const host = hostOf(text);
  const named = host === null ? hostsIn(text) : [host];
  const classes = named.map(classOfHost);
  const findings = new Set<FindingCode>();
  if (host === null) findings.add('opaque');
  if (classes.includes('metadata')) findings.add('metadata_address');
  if (named.some(readsTwoWays)) findings.add('confusable');
  addCarried(findings, text, named);
  return { scheme: lowerAscii(scheme), host, class: worstOf(classes), findings: [...findings] };
}

/** What leaves the host with a request: with its look-up, its path and its query; a fragment stays. */
function addCarried(findings: Set<FindingCode>, text: string, hosts: readonly string[]): void {
  const sent = text.split('#')[0] ?? '';
  const rest = sent.slice(authorityEnd(sent)).slice(0, READ_UNITS_MAX);
  if (carriesData(rest) || hosts.some(labelsCarryData)) findings.add('high_entropy');
  const isSecret = [rest, ...hosts].some((part) =>
    findIn(part).some(({ values }) => values.some(({ kind }) => kind === 'secret')),
  );
  if (isSecret) findings.add('secret_leaves');
}

function authorityEnd(text: string): number {
  const colon = text.indexOf(':');
  let at = colon + 1;
  while (at < text.length && (text.charAt(at) === '/' || text.charAt(at) === '\\')) at++;
  while (at < text.length && !'/\\?#'.includes(text.charAt(at))) at++;
  return at;
}

/** All that some reader may take for the host: behind each sign that ends a user or begins a path. */
export function hostsIn(text: string): readonly string[] {
  const bare = text
    .replace(/[\t\n\r\0]/g, '')
    .replace(SCHEME, '')
    .replace(/^[\\/\s]+/, '');
  const authority = bare.slice(0, AUTHORITY_UNITS_MAX);
  const hosts = authority
    .split(/[@\\/?#]/, HOSTS_MAX)
    .map((part) => part.replace(/^[^[\]@]*@/, '').trim())
    .map((part) => (part.startsWith('[') ? (part.split(']')[0] ?? '').slice(1) : (part.split(':')[0] ?? '')))
    .filter((part) => part !== '');
  // Behind the first slash only what follows an @ can be meant as a host, and before it a user has any name.
  const behind = authority.includes('@')
    ? hosts.filter((host, at) => at > 0 || /[.0-9]/.test(host))
    : hosts.slice(0, 1);
  return [...new Set(behind)];
}
