import { createHash, generateKeyPairSync } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Entry,
  entryAt,
  KEY,
  makeLedger,
  OTHER_KEY,
  printLedger,
  printPython,
  privatePem,
  publicPem,
  seal,
} from '../lexecon/write-ledger.ts';
import { makeWorld, type World } from '../run-writ.ts';

let world: World;

beforeAll(() => {
  world = makeWorld();
  world.file('public.pem', publicPem(KEY));
  world.file('other.pem', publicPem(OTHER_KEY));
  world.file('private.pem', privatePem(KEY));
  const exchange = generateKeyPairSync('x25519', {
    publicKeyEncoding: { format: 'pem', type: 'spki' },
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
  });
  world.file('exchange.pem', exchange.publicKey);
});

async function verify(ledger: string | Uint8Array, ...words: string[]) {
  world.file('ledger.jsonl', ledger);
  const { exit, value } = await world.json('verify', 'ledger.jsonl', '--no-memory', ...words);
  // What the JSON of a ledger has beside that of every file.
  const found = { ...value.files?.[0] } as unknown as {
    readonly verdict: string;
    readonly code: string;
    readonly format: string;
    readonly records: number;
    readonly last_hash: string;
    readonly completeness: string;
    readonly place: { readonly index: number };
    readonly problems: readonly { readonly index: number; readonly code: string }[];
  };
  return { exit, failed: value.code, ...found };
}

const pinned = ['--public-key', 'public.pem'];
const at = (entries: readonly Entry[], index: number): Entry => entries[index]!;
const hashOf = (entry: Entry): string => entry['record_hash'] ?? '';

/** A ledger with one of its entries changed. */
function edit(index: number, change: (entry: Entry) => Entry): string {
  return printLedger(makeLedger().map((entry, where) => (where === index ? change(entry) : entry)));
}

/** A ledger with one of its lines changed, as text. */
function rewrite(index: number, change: (line: string) => string): string {
  const lines = printLedger(makeLedger()).split('\n');
  return lines.map((line, where) => (where === index ? change(line) : line)).join('\n');
}

/** The whole chain made again from a change, with the writer's own key. */
function remake(change: (entry: Entry, index: number) => Entry): string {
  const made: Entry[] = [];
  for (const [index, entry] of makeLedger().entries()) {
    made.push(seal({ ...change(entry, index), previous_hash: made.at(-1)?.['record_hash'] ?? 'GENESIS' }));
  }
  return printLedger(made);
}

const [e0, e1, e2, e3] = makeLedger() as [Entry, Entry, Entry, Entry];
const ONE_SPACE = (line: string): string => line.replace('":"', '": "');
const JUNK = (line: string): string => line.replace(/"signature":"(.{20})/, '"signature":"$1*');

type Problem = readonly [index: number, code: string];

/** Each way in which a ledger is tampered with, and everything that is found. */
const CASES: readonly (readonly [string, string | Uint8Array, ...Problem[]])[] = [
  ['t1 an edited decision', edit(0, (e) => ({ ...e, decision: 'ALLOW' })), [0, 'LEDGER_HASH']],
  [
    't2 the signature of another record',
    edit(0, (e) => ({ ...e, signature: at(makeLedger(), 1)['signature'] ?? '' })),
    [0, 'LEDGER_SIGNATURE'],
  ],
  [
    't3 two records exchanged',
    printLedger([e1, e0, e2, e3]),
    [0, 'LEDGER_GENESIS'],
    [1, 'LEDGER_CHAIN'],
    [1, 'LEDGER_TIME'],
    [2, 'LEDGER_CHAIN'],
  ],
  [
    't4 another hash',
    edit(1, (e) => ({ ...e, record_hash: 'a'.repeat(64) })),
    [1, 'LEDGER_HASH'],
    [1, 'LEDGER_SIGNATURE'],
    [2, 'LEDGER_CHAIN'],
  ],
  ['t5 a record removed from the middle', printLedger([e0, e2, e3]), [1, 'LEDGER_CHAIN']],
  [
    't7 the last record edited and hashed anew',
    edit(3, (e) => ({ ...seal({ ...e, decision: 'ALLOW' }), signature: e['signature'] ?? '' })),
    [3, 'LEDGER_SIGNATURE'],
  ],
  ['t8 the first record removed', printLedger([e1, e2, e3]), [0, 'LEDGER_GENESIS']],
  [
    't9 the last record twice',
    printLedger([e0, e1, e2, e3, e3]),
    [4, 'LEDGER_REPEATED'],
    [4, 'LEDGER_REPEATED'],
  ],
  [
    't10 signed again with another key',
    printLedger(makeLedger(OTHER_KEY)),
    ...[0, 1, 2, 3].map((index) => [index, 'LEDGER_KEY_UNKNOWN'] as const),
  ],
  [
    't11 a member that stands twice',
    rewrite(0, (line) => line.replace('{', '{"decision":"ALLOW",')),
    [0, 'JSON_DUPLICATE_MEMBER'],
  ],
  ['t12 a foreign character in a signature', rewrite(2, JUNK), [2, 'BASE64_INVALID']],
  [
    'a signature with free bits',
    rewrite(1, (line) =>
      line.replace(/(.)==","timestamp/, (_, last: string) => `${next(last)}==","timestamp`),
    ),
    [1, 'BASE64_INVALID'],
  ],
  ['white space', rewrite(1, ONE_SPACE), [1, 'NOT_CANONICAL']],
  ['white space at the end of a line', rewrite(1, (line) => `${line} `), [1, 'NOT_CANONICAL']],
  ['lines that end as on Windows', rewrite(3, (line) => `${line}\r`), [3, 'NOT_CANONICAL']],
  [
    'another order of the members',
    edit(2, (e) => e).replace(/"decision":"BLOCK",("policy_id":null),/, '$1,"decision":"BLOCK",'),
    [2, 'NOT_CANONICAL'],
  ],
  [
    'another escape of the same text',
    rewrite(0, (line) => line.replace('rm"', '\\u0072m"')),
    [0, 'NOT_CANONICAL'],
  ],
  [
    'characters that are not escaped',
    rewrite(2, (line) => line.replace('\\u00e9', 'é')),
    [2, 'NOT_CANONICAL'],
  ],
  ['digits in capitals', rewrite(2, (line) => line.replace('\\u00e9', '\\u00E9')), [2, 'NOT_CANONICAL']],
  ['an unknown member', remake((e, i) => (i === 1 ? { ...e, x: '' } : e)), [1, 'LEDGER_MEMBERS']],
  [
    'a member that is missing',
    remake((e, i) => (i === 1 ? Object.fromEntries(Object.entries(e).filter(([n]) => n !== 'reason')) : e)),
    [1, 'LEDGER_MEMBERS'],
  ],
  [
    'an unknown decision',
    remake((e, i) => (i === 1 ? { ...e, decision: 'allow' } : e)),
    [1, 'LEDGER_MEMBERS'],
  ],
  [
    'no day of the calendar',
    remake((e) => ({ ...e, timestamp: '2026-02-30T00:00:00+00:00' })),
    ...all('MEMBERS'),
  ],
  ['the year nought', remake((e) => ({ ...e, timestamp: '0000-01-01T00:00:00+00:00' })), ...all('MEMBERS')],
  [
    'a fraction that Python does not print',
    remake((e) => ({ ...e, timestamp: '2026-01-01T00:00:00.000000+00:00' })),
    ...all('MEMBERS'),
  ],
  [
    'a signature that is too short',
    edit(3, (e) => ({ ...e, signature: Buffer.alloc(63).toString('base64') })),
    [3, 'BASE64_INVALID'],
  ],
  ['no member at all', rewrite(1, () => 'null'), [1, 'LEDGER_MEMBERS']],
  ['an empty line', rewrite(1, (line) => `${line}\n`), [2, 'JSON_SYNTAX']],
  ['no JSON', rewrite(1, (line) => line.slice(0, 100)), [1, 'JSON_SYNTAX']],
  ['no UTF-8', withByte(printLedger(makeLedger()), 'allowlist: rm', 0xff), [0, 'TEXT_NOT_UTF8']],
  ['a byte order mark', `\ufeff${printLedger(makeLedger())}`, [0, 'JSON_BOM']],
  [
    'a number that is not exact',
    rewrite(1, (line) => line.replace('"default"', '9007199254740993')),
    [1, 'USE_STRING'],
  ],
  ['a number', rewrite(1, (line) => line.replace('"default"', '1')), [1, 'LEDGER_MEMBERS']],
  ['depth', rewrite(1, () => '['.repeat(100)), [1, 'JSON_TOO_DEEP']],
  [
    'a record that is backdated',
    remake((e, i) => (i === 2 ? { ...e, timestamp: '2026-01-01T00:00:00.999999+00:00' } : e)),
    [2, 'LEDGER_TIME'],
  ],
  ['a second way from the same record', printLedger([e0, e1, e2, forkOf(e1)]), [3, 'LEDGER_FORKED']],
  ['a second beginning', printLedger([e0, e1, e2, { ...entryAt(5, 'GENESIS') }]), [3, 'LEDGER_FORKED']],
  [
    'one id for two records',
    remake((e, i) => (i === 3 ? { ...e, record_id: e0['record_id'] ?? '' } : e)),
    [3, 'LEDGER_REPEATED'],
  ],
  ['a last line without end', printLedger(makeLedger()).slice(0, -1), [3, 'LEDGER_UNENDED']],
  ['a last line in part', printLedger(makeLedger()).slice(0, -50), [3, 'LEDGER_UNENDED'], [3, 'JSON_SYNTAX']],
  ['a line without end', `${printLedger(makeLedger())}${'x'.repeat(200_000)}`, [4, 'LOG_LINE_TOO_LONG']],
];

function all(code: string): Problem[] {
  return [0, 1, 2, 3].map((index) => [index, `LEDGER_${code}`]);
}

/** The next letter of the alphabet of base64 after one whose last bits are free. */
function next(letter: string): string {
  return letter === 'w' ? 'x' : String.fromCharCode(letter.charCodeAt(0) + 1);
}

function forkOf(parent: Entry): Entry {
  return entryAt(6, hashOf(parent));
}

function withByte(text: string, mark: string, byte: number): Uint8Array {
  const bytes = Buffer.from(text);
  bytes[bytes.indexOf(mark)] = byte;
  return bytes;
}

describe('writ verify of a Lexecon ledger', () => {
  it('finds it valid as its writer made it, by its content, and says how to hold it', async () => {
    const ledger = printLedger(makeLedger());
    const found = await verify(ledger, ...pinned);
    expect(found).toMatchObject({
      exit: 0,
      verdict: 'valid',
      format: 'lexecon',
      records: 4,
      completeness: 'unknown',
    });
    const { out } = await world.quick('verify', 'ledger.jsonl', ...pinned);
    expect(out).toMatch(/^Ledger: "ledger.jsonl"\nRecords: 4\nStatus: VALID\n/);
    expect(out).toContain(`--held 4:${hashOf(e3)}`);
    expect((await world.pipe(ledger, 'verify', '-', ...pinned, '--no-memory')).exit).toBe(0);
  });

  it('prints records as Python does', () => {
    const digest = createHash('sha256').update(printLedger(makeLedger())).digest('hex');
    expect(digest).toBe(
      // What `json.dumps` of Python 3 made of the same records.
      '52297e82fb9e1ed4c468ab45323986a93f691a416d6065ce3d3369b469d265fc',
    );
  });

  const cases = CASES.map(([name, ledger, ...problems]) => ({ name, ledger, problems }));
  it.each(cases)('finds $name', async ({ ledger, problems }) => {
    const found = await verify(ledger, ...pinned, '--lexecon');
    const [first] = problems;
    expect(found).toMatchObject({
      exit: 1,
      verdict: 'invalid',
      code: first?.[1],
      place: { index: first?.[0] },
    });
    if (found.problems === undefined) return;
    expect(found.problems.map(({ index, code }) => [index, code])).toEqual(problems);
  });

  it('takes what a lone surrogate made of a reason for what its writer printed', async () => {
    const lone = seal({ ...e0, reason: 'Executable not in allowlist: \ud800' });
    expect(await verify(printLedger([lone]), ...pinned)).toMatchObject({ exit: 0, verdict: 'valid' });
    const twice = printLedger([lone]).replace('{', '{"decision":"ALLOW",');
    expect(await verify(twice, ...pinned)).toMatchObject({ exit: 1, code: 'NOT_CANONICAL' });
  });

  it('finds t6, an end that was cut off, by what was held', async () => {
    const cut = printLedger([e0, e1]);
    expect(await verify(cut, ...pinned)).toMatchObject({ exit: 0, completeness: 'unknown' });
    expect(await verify(cut, ...pinned, '--require-complete')).toMatchObject({
      exit: 2,
      verdict: 'undecidable',
      code: 'LEDGER_COMPLETENESS',
    });
    for (const held of ['4', `4:${hashOf(e3)}`]) {
      expect(await verify(cut, ...pinned, '--held', held)).toMatchObject({
        exit: 1,
        code: 'LEDGER_TRUNCATED',
        place: { index: 2 },
      });
    }
    const grown = await verify(printLedger(makeLedger()), ...pinned, '--held', `2:${hashOf(e1)}`);
    expect(grown).toMatchObject({ exit: 0, completeness: 'known', complete_to: 2 });
  });

  it('finds another ledger of the same key by what was held', async () => {
    const fork = [e0, forkOf(e0)];
    expect(await verify(printLedger(fork), ...pinned)).toMatchObject({ exit: 0, completeness: 'unknown' });
    expect(await verify(printLedger(fork), ...pinned, '--held', `2:${hashOf(e1)}`)).toMatchObject({
      exit: 1,
      code: 'LEDGER_REWRITTEN',
      place: { index: 1 },
    });
  });

  it('cannot decide about an empty ledger, unless none was held', async () => {
    expect(await verify('', ...pinned, '--lexecon')).toMatchObject({ exit: 2, code: 'LEDGER_COMPLETENESS' });
    expect(await verify('', ...pinned, '--lexecon', '--held', '0')).toMatchObject({ exit: 0, records: 0 });
    expect(await verify('', ...pinned, '--lexecon', '--held', '1')).toMatchObject({ exit: 1 });
  });

  it('cannot decide about signatures without a key, and makes none', async () => {
    const before = readdirSync(world.directory, { recursive: true }).length;
    expect(await verify(printLedger(makeLedger()))).toMatchObject({
      exit: 2,
      verdict: 'undecidable',
      code: 'LEDGER_KEY_MISSING',
    });
    // What needs no key is still found.
    expect(await verify(printLedger([e0, e2]))).toMatchObject({ exit: 1, code: 'LEDGER_CHAIN' });
    expect(readdirSync(world.directory, { recursive: true }).length).toBe(before);
  });

  it.each([
    ['is not there', 'missing.pem', 'INPUT_MISSING'],
    ['is a private key', 'private.pem', 'KEY_MALFORMED'],
    ['is no key', 'ledger.jsonl', 'KEY_MALFORMED'],
    ['is a key for something else', 'exchange.pem', 'KEY_ALGORITHM'],
  ])('cannot decide with a key file that %s', async (_name, path, failed) => {
    const found = await verify('{}\n', '--lexecon', '--public-key', path);
    expect(found).toMatchObject({ exit: 2, failed });
  });

  it.each(['', '-1', '01', '4:', `4:${'A'.repeat(64)}`, 'many'])('refuses to hold %j', async (held) => {
    expect(await verify('', '--lexecon', `--held=${held}`)).toMatchObject({ exit: 2, failed: 'USAGE' });
  });

  it('names the first bad record and lists all', async () => {
    world.file(
      'ledger.jsonl',
      edit(0, (e) => ({ ...e, decision: 'ALLOW' })).replace('"ESCALATE"', '"BLOCK"'),
    );
    const { exit, out } = await world.quick('verify', 'ledger.jsonl', ...pinned);
    expect(exit).toBe(1);
    expect(out).toMatch(
      /^Ledger: "ledger.jsonl"\nRecords: 4\nStatus: INVALID\nINVALID .*: LEDGER_HASH: record 0: /,
    );
    expect(out).toContain('- Record 0: hash mismatch');
    expect(out).toContain('- Record 3: hash mismatch');
  });

  it('shows no text of the ledger', async () => {
    world.file('ledger.jsonl', printPython({ ...e0, reason: '\u001b[2J secret' }));
    const { out } = await world.quick('verify', 'ledger.jsonl', '--lexecon');
    expect(out).not.toMatch(/secret|[^\n -~]/);
  });
});
