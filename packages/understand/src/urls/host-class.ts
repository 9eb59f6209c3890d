import { type Address4, type Address6, address6, addresses4 } from './address.ts';
import { foldHost } from './fold-host.ts';

/** Where a host lies, by its name alone; nobody is asked where a name leads. The worst first. */
export const HOST_CLASSES = [
  'metadata',
  'link_local',
  'loopback',
  'unspecified',
  'private',
  'shared',
  'multicast',
  'reserved',
  'public',
] as const;
export type HostClass = (typeof HOST_CLASSES)[number];

/** Names and addresses under which clouds hand out the credentials of the machine. */
const METADATA_NAMES: ReadonlySet<string> = new Set([
  'instance-data',
  'instance-data.ec2.internal',
  'metadata',
  'metadata.azure.com',
  'metadata.azure.internal',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.packet.net',
  'metadata.platformequinix.com',
  'metadata.tencentyun.com',
  'metadata.internal',
  'rancher-metadata',
]);
const METADATA_4: ReadonlySet<Address4> = new Set(
  ['169.254.169.254', '169.254.170.2', '169.254.170.23', '169.254.169.253', '100.100.100.200', '192.0.0.192']
    .concat(['168.63.129.16', '169.254.0.23', '169.254.10.10', '169.254.42.42'])
    .flatMap(addresses4),
);
const METADATA_6: ReadonlySet<string> = new Set(
  ['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fd00:42::42', 'fe80::a9fe:a9fe'].map((text) =>
    keyOf(address6(text) ?? []),
  ),
);

type Range = { readonly from: string; readonly bits: number; readonly of: HostClass };

/** IANA's special-purpose registries; the first that covers an address counts. */
const RANGES_4: readonly Range[] = [
  { from: '0.0.0.0', bits: 8, of: 'unspecified' },
  { from: '10.0.0.0', bits: 8, of: 'private' },
  { from: '100.64.0.0', bits: 10, of: 'shared' },
  { from: '127.0.0.0', bits: 8, of: 'loopback' },
  { from: '169.254.0.0', bits: 16, of: 'link_local' },
  { from: '172.16.0.0', bits: 12, of: 'private' },
  { from: '192.0.0.0', bits: 24, of: 'reserved' },
  { from: '192.0.2.0', bits: 24, of: 'reserved' },
  { from: '192.168.0.0', bits: 16, of: 'private' },
  { from: '198.18.0.0', bits: 15, of: 'reserved' },
  { from: '198.51.100.0', bits: 24, of: 'reserved' },
  { from: '203.0.113.0', bits: 24, of: 'reserved' },
  { from: '224.0.0.0', bits: 4, of: 'multicast' },
  { from: '240.0.0.0', bits: 4, of: 'reserved' },
];

/** Names that lead to this machine, and endings of names that only this network knows. */
const LOOPBACK_NAMES: readonly string[] = [
  'localhost',
  'localhost.localdomain',
  'localhost6',
  'ip6-localhost',
  'ip6-loopback',
  'localtest.me',
  'lvh.me',
  'vcap.me',
  'lacolhost.com',
  'fbi.com.localhost',
  'fuf.me',
];
const PRIVATE_ENDINGS: readonly string[] = [
  'internal',
  'intranet',
  'local',
  'lan',
  'home',
  'home.arpa',
  'corp',
  'localdomain',
  'private',
  'svc',
  'cluster.local',
];
/** Services whose names hold the address to which they lead. */
const EMBEDDING: readonly string[] = [
  'nip.io',
  'sslip.io',
  'xip.io',
  'traefik.me',
  'rbndr.us',
  '1u.ms',
  'ip.addr.tools',
];

/** Three signs for each of a name's 253, escaped more than once. */
const HOST_UNITS_MAX = 4_096;

/** The class of a host in any spelling: the worst of all that readers make of it. */
export function classOfHost(text: string): HostClass {
  const host = withoutDots(foldHost(text.slice(0, HOST_UNITS_MAX)).replace(/^\[|\]$/g, ''));
  const six = address6(host);
  if (six !== null) return classOf6(six);
  const four = addresses4(host);
  if (four.length > 0) return worstOf(four.map(classOf4));
  return classOfName(host);
}

function withoutDots(host: string): string {
  let end = host.length;
  while (end > 0 && host.charAt(end - 1) === '.') end--;
  return host.slice(0, end);
}

function classOfName(host: string): HostClass {
  if (METADATA_NAMES.has(host)) return 'metadata';
  if (LOOPBACK_NAMES.some((name) => isBelow(host, name))) return 'loopback';
  const embedding = EMBEDDING.find((name) => host.endsWith(`.${name}`));
  if (embedding !== undefined)
    return worstOf(addressesIn(host.slice(0, -embedding.length - 1)).map(classOf4));
  if (!host.includes('.') || PRIVATE_ENDINGS.some((name) => isBelow(host, name))) return 'private';
  return 'public';
}

/** `10-0-0-1`, `a.10.0.0.1` and `0a000001`, wherever they stand in a name. */
function addressesIn(name: string): readonly Address4[] {
  const labels = name.split(/[.-]/);
  const found: Address4[] = [];
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at] ?? '';
    if (/^[0-9a-f]{8}$/.test(label)) found.push(Number.parseInt(label, 16));
    const four = labels.slice(at, at + 4);
    if (four.length === 4 && four.every((one) => /^[0-9]{1,3}$/.test(one)))
      found.push(...addresses4(four.join('.')));
  }
  return found;
}

function isBelow(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}

function classOf4(address: Address4): HostClass {
  if (METADATA_4.has(address)) return 'metadata';
  const range = RANGES_4.find(({ from, bits }) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor((addresses4(from)[0] ?? 0) / size);
  });
  return range?.of ?? 'public';
}

function classOf6(groups: Address6): HostClass {
  if (METADATA_6.has(keyOf(groups))) return 'metadata';
  const inner = embedded4(groups);
  if (inner !== null) return classOf4(inner);
  const [first = 0, second = 0] = groups;
  if (groups.every((group) => group === 0)) return 'unspecified';
  if (groups.slice(0, 7).every((group) => group === 0) && groups[7] === 1) return 'loopback';
  if ((first & 0xffc0) === 0xfe80) return 'link_local';
  if ((first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfec0) return 'private';
  if ((first & 0xff00) === 0xff00) return 'multicast';
  if (first === 0x64 && second === 0xff9b) return 'private';
  return first === 0x2001 && second === 0xdb8 ? 'reserved' : 'public';
}

/**
 * The address of version 4 that one of version 6 carries: mapped, compatible, translated, NAT64, 6to4,
 * Teredo.
 */
function embedded4(groups: Address6): Address4 | null {
  const low = (groups[6] ?? 0) * 65_536 + (groups[7] ?? 0);
  const head = groups.slice(0, 6).map(String).join();
  if (head === '0,0,0,0,0,65535' || head === '0,0,0,0,65535,0' || head === '100,65435,0,0,0,0') return low;
  if (head === '0,0,0,0,0,0' && low > 1) return low;
  if (groups[0] === 0x2002) return (groups[1] ?? 0) * 65_536 + (groups[2] ?? 0);
  if (groups[0] === 0x2001 && groups[1] === 0) return 2 ** 32 - 1 - low;
  return null;
}

function keyOf(groups: Address6): string {
  return groups.join(':');
}

export function worstOf(classes: readonly HostClass[]): HostClass {
  return HOST_CLASSES.find((one) => classes.includes(one)) ?? 'public';
}
