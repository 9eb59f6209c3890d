import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** RFC 8032 section 7.1, TEST 1 and TEST 2: keys that everybody knows. */
export const KEY = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
export const OTHER_KEY = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';

export type Entry = Record<string, string | null>;

/** What the writer of a Lexecon ledger does, written anew from its description and from nothing of ours. */
export function printPython(entry: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(entry).sort();
  const ascii = (value: unknown): string =>
    JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => {
      return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
  return `{${names.map((name) => `${ascii(name)}:${ascii(entry[name])}`).join(',')}}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function privateKey(seed: string) {
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export function publicPem(seed: string): string {
  return createPublicKey(privateKey(seed)).export({ format: 'pem', type: 'spki' }).toString();
}

export function privatePem(seed: string): string {
  return privateKey(seed).export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** Gives an entry its hash and its signature; what is in it already stays. */
export function seal(
  { record_hash: _hash, signature: _signature, ...rest }: Entry,
  seed: string = KEY,
): Entry {
  const record_hash = sha256(printPython(rest));
  const signature = sign(null, Buffer.from(record_hash), privateKey(seed)).toString('base64');
  return { ...rest, record_hash, signature };
}

const CALLS: readonly (readonly [string, string, string | null, object])[] = [
  ['BLOCK', 'Executable not in allowlist: rm', 'not_allowlisted', { executable: 'rm', args: ['-rf', './x'] }],
  ['ALLOW', 'No blocking rule matched.', 'default', { executable: 'echo', args: ['hi'] }],
  [
    'BLOCK',
    'Executable not in allowlist: \u00e9\ud83d\udd25"\\\n\u007f',
    null,
    { executable: 'x', args: [] },
  ],
  [
    'ESCALATE',
    'Destructive shell command detected.',
    'block_destructive_shell',
    { executable: 'ls', args: [] },
  ],
];

export function entryAt(index: number, previous_hash: string | null, seed: string = KEY): Entry {
  const [decision, reason, policy_id, args] = CALLS[index % CALLS.length] ?? CALLS[0]!;
  const entry = {
    decision,
    policy_id,
    previous_hash,
    reason,
    record_id: sha256(`record ${index}`).slice(0, 32),
    timestamp: `2026-01-01T00:00:0${index}${index === 1 ? '' : '.123456'}+00:00`,
    tool_args_hash: sha256(printPython(args as Record<string, unknown>)),
    tool_name: 'shell.run',
  };
  return seal(entry, seed);
}

export function makeLedger(seed: string = KEY, count = 4): Entry[] {
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    entries.push(entryAt(index, entries.at(-1)?.['record_hash'] ?? 'GENESIS', seed));
  }
  return entries;
}

export function printLedger(entries: readonly Entry[]): string {
  return entries.map((entry) => `${printPython(entry)}\n`).join('');
}
