import { canonical, id, LOG, noteOf, ORIGIN, OTHER_KEY, term, trustOf, use, witnessOf } from './cell.mjs';
import { keyIdOf, signerOf } from './signer.mjs';
import { base64, writeCases } from './write.mjs';

const one = witnessOf('witness.example/one', 8);
const two = witnessOf('witness.example/two', 9);
const watch = (quorum, keys) => ({ quorum, keys });
const text = (trust) => JSON.stringify(trust, null, 2);
const good = (reason, trust) => ({ reason, text: typeof trust === 'string' ? trust : text(trust) });
const bad = (reason, code, trust) => ({ ...good(reason, trust), code });
const keyed = (change) => trustOf([use(LOG, change)]);
const loose = (name, typed) => `${name}+${keyIdOf(name, typed).toString('hex')}+${base64(typed)}`;
const SMALL = Buffer.concat([Buffer.of(1), Buffer.of(1), Buffer.alloc(31)]);
const logs = (...list) => ({ format: 'writ-trust/v1', logs: list });
const entry = trustOf().logs[0];

writeCases('trust/files.json', 'Files of trust (spec/08-trust.md section 2).', [
  good('one log with one key', trustOf()),
  good('canonical', canonical(trustOf())),
  good('no logs', logs()),
  good(
    'two keys, one after the other',
    trustOf([use(LOG, { until_size: '100' }), use(OTHER_KEY, { from_size: '100' })]),
  ),
  good('sizes beyond 2^53', keyed({ from_size: '9007199254740993', until_size: '9223372036854775807' })),
  good('windows in time', keyed({ not_before_ms: 0, not_after_ms: 0 })),
  good('a quorum of witnesses', trustOf([use(LOG)], watch(2, [one.vkey, two.vkey]))),
  bad('not JSON', 'JSON_SYNTAX', 'trust'),
  bad('another format', 'FORMAT_UNKNOWN', { ...trustOf(), format: 'trust/v1' }),
  bad('a newer version', 'FORMAT_VERSION', { ...trustOf(), format: 'writ-trust/v2' }),
  bad('a member too many', 'FILE_MALFORMED', { ...trustOf(), policy: null }),
  bad('logs that are no list', 'FILE_MALFORMED', { format: 'writ-trust/v1', logs: {} }),
  bad('a log with a member too many', 'FILE_MALFORMED', logs({ ...entry, until: 5 })),
  bad('a log that does not speak of witnesses', 'FILE_MALFORMED', logs({ origin: ORIGIN, keys: entry.keys })),
  bad(
    'a key with a member too few',
    'FILE_MALFORMED',
    trustOf([{ vkey: LOG.vkey, from_size: '0', until_size: null }]),
  ),
  bad('a size as a number', 'FILE_MALFORMED', keyed({ from_size: 0 })),
  bad('a size with a zero before it', 'FILE_MALFORMED', keyed({ from_size: '00' })),
  bad('a negative size', 'FILE_MALFORMED', keyed({ from_size: '-1' })),
  bad('a size beyond 2^63', 'FILE_MALFORMED', keyed({ until_size: '9223372036854775808' })),
  bad('a time with a fraction', 'FILE_MALFORMED', keyed({ not_before_ms: 0.5 })),
  bad('a time as text', 'FILE_MALFORMED', keyed({ not_before_ms: '0' })),
  bad('a range of no size', 'TRUST_INVALID', keyed({ from_size: '5', until_size: '5' })),
  bad('a window of no time', 'TRUST_INVALID', keyed({ not_before_ms: 5, not_after_ms: 4 })),
  bad('a log without a key', 'TRUST_INVALID', trustOf([])),
  bad('an origin with a space', 'TRUST_INVALID', logs({ ...entry, origin: 'cell one' })),
  bad('the key of another log', 'TRUST_INVALID', trustOf([use(signerOf('cell.example/two', 1))])),
  bad('one origin twice', 'TRUST_DUPLICATE', logs(entry, entry)),
  bad('one key with two ranges', 'TRUST_DUPLICATE', trustOf([use(LOG), use(LOG, { from_size: '9' })])),
  bad('a key that is none', 'KEY_MALFORMED', trustOf([use({ vkey: 'key' })])),
  bad(
    'a key with the id of another',
    'KEY_ID_MISMATCH',
    trustOf([use({ vkey: LOG.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+') })]),
  ),
  bad('the key of a witness as that of a log', 'KEY_ALGORITHM', trustOf([use(witnessOf(ORIGIN, 8))])),
  bad('a key of small order', 'KEY_SMALL_ORDER', trustOf([use({ vkey: loose(ORIGIN, SMALL) })])),
  bad('a quorum of none', 'TRUST_INVALID', trustOf([use(LOG)], watch(0, [one.vkey]))),
  bad('a quorum larger than the witnesses', 'TRUST_INVALID', trustOf([use(LOG)], watch(2, [one.vkey]))),
  bad('one witness twice', 'TRUST_DUPLICATE', trustOf([use(LOG)], watch(1, [one.vkey, one.vkey]))),
  bad(
    'one witness under two names',
    'TRUST_DUPLICATE',
    trustOf([use(LOG)], watch(2, [one.vkey, witnessOf('witness.example/two', 8).vkey])),
  ),
  bad(
    'the log as its own witness',
    'TRUST_DUPLICATE',
    trustOf([use(LOG)], watch(1, [witnessOf('witness.example/log', 1).vkey])),
  ),
  bad(
    'the key of a log as that of a witness',
    'KEY_ALGORITHM',
    trustOf([use(LOG)], watch(1, [OTHER_KEY.vkey])),
  ),
  bad(
    'a witness of small order',
    'KEY_SMALL_ORDER',
    trustOf([use(LOG)], watch(1, [loose('w', Buffer.concat([Buffer.of(4), SMALL.subarray(1)]))])),
  ),
]);

const [, name, keyId, key] = /^([^+]+)\+([^+]+)\+(.*)$/.exec(one.vkey);
writeCases('trust/witness-keys.json', 'Keys of witnesses (spec/08-trust.md section 4).', [
  { reason: 'the key of a witness', vkey: one.vkey },
  { reason: 'the key of another', vkey: two.vkey },
  { reason: 'nothing', vkey: '', code: 'KEY_MALFORMED' },
  { reason: 'no name', vkey: `+${keyId}+${key}`, code: 'KEY_MALFORMED' },
  { reason: 'a name with a space', vkey: `a b+${keyId}+${key}`, code: 'KEY_MALFORMED' },
  { reason: 'an id in upper case', vkey: `${name}+ABCDEF01+${key}`, code: 'KEY_MALFORMED' },
  { reason: 'padding that is not needed', vkey: `${one.vkey}=`, code: 'KEY_MALFORMED' },
  { reason: 'another name', vkey: `witness.example/six+${keyId}+${key}`, code: 'KEY_ID_MISMATCH' },
  { reason: 'the type of a log', vkey: LOG.vkey, code: 'KEY_ALGORITHM' },
  {
    reason: 'a byte too few',
    vkey: loose('w', Buffer.concat([Buffer.of(4), one.publicKey.subarray(1)])),
    code: 'KEY_LENGTH',
  },
  {
    reason: 'the point of order one',
    vkey: loose('w', Buffer.concat([Buffer.of(4), SMALL.subarray(1)])),
    code: 'KEY_SMALL_ORDER',
  },
]);

const heads = [term(0), term(1)].map(canonical);
const body = (list) => `${noteOf(list).split('\n\n')[0]}\n`;
const note = (...lines) => noteOf(heads) + lines.join('');
const both = (quorum) => trustOf([use(LOG)], watch(quorum, [one.vkey, two.vkey])).logs;
const cut = (line) =>
  line.replace(/ (\S+)\n$/, (_, encoded) => ` ${base64(Buffer.from(encoded, 'base64').subarray(0, 75))}\n`);
const seen = (reason, text_, quorum, code) => ({
  reason,
  note: text_,
  trust: { logs: both(quorum) },
  ...(code ? { code } : {}),
});
writeCases('trust/checkpoints.json', 'Cosigned checkpoints (spec/08-trust.md section 4).', [
  seen('one witness of two', note(one.line(body(heads))), 1),
  seen('two witnesses', note(one.line(body(heads)), two.line(body(heads))), 2),
  seen('the largest time', note(one.line(body(heads), 2n ** 63n - 1n)), 1),
  seen(
    'a stranger besides',
    note(one.line(body(heads)), witnessOf('stranger.example', 10).line(body(heads))),
    1,
  ),
  seen(
    'a key of the right name and another id is a stranger',
    note(one.line(body(heads)), witnessOf(two.name, 11).line(body(heads))),
    1,
  ),
  seen('no witness', note(), 1, 'WITNESSES_MISSING'),
  seen('one witness twice', note(one.line(body(heads)), one.line(body(heads), 5n)), 2, 'WITNESSES_MISSING'),
  seen(
    'a stranger instead',
    note(witnessOf('stranger.example', 10).line(body(heads))),
    1,
    'WITNESSES_MISSING',
  ),
  seen(
    'the cosignature of another checkpoint',
    note(one.line(body(heads.slice(1)))),
    1,
    'COSIGNATURE_INVALID',
  ),
  seen(
    'the cosignature of another time',
    note(
      one.line(body(heads), 6n).replace(/ (\S+)\n$/, (_, encoded) => {
        const bytes = Buffer.from(encoded, 'base64');
        bytes.writeUInt8(7, 11);
        return ` ${base64(bytes)}\n`;
      }),
    ),
    1,
    'COSIGNATURE_INVALID',
  ),
  seen('a time beyond 2^63', note(one.line(body(heads), 2n ** 63n)), 1, 'COSIGNATURE_INVALID'),
  seen('a cosignature that is cut', note(cut(one.line(body(heads)))), 1, 'COSIGNATURE_INVALID'),
  seen(
    'one good and one wrong',
    note(one.line(body(heads)), two.line(body(heads.slice(1)))),
    1,
    'COSIGNATURE_INVALID',
  ),
]);

const remembered = { origin: ORIGIN, size: '2', root: noteOf(heads).split('\n')[2], note: noteOf(heads) };
const memory = (change = {}) =>
  canonical({
    format: 'writ-memory/v1',
    checkpoints: [remembered],
    actions: [{ id: id('act', 1), until_ms: 5 }],
    forgotten_before_ms: 0,
    ...change,
  });
const forgot = (reason, code, change) => ({ reason, code, text: memory(change) });
writeCases('trust/memories.json', 'What a reader remembers, as a file (spec/08-trust.md section 6).', [
  { reason: 'a checkpoint and an action', text: memory() },
  { reason: 'nothing yet', text: memory({ checkpoints: [], actions: [] }) },
  forgot('another format', 'FORMAT_UNKNOWN', { format: 'memory/v1' }),
  forgot('a newer version', 'FORMAT_VERSION', { format: 'writ-memory/v2' }),
  forgot('a member too many', 'FILE_MALFORMED', { note: '' }),
  forgot('one log twice', 'FILE_MALFORMED', { checkpoints: [remembered, remembered] }),
  forgot('one action twice', 'FILE_MALFORMED', {
    actions: [
      { id: id('act', 1), until_ms: 5 },
      { id: id('act', 1), until_ms: 6 },
    ],
  }),
  forgot('a size as a number', 'FILE_MALFORMED', { checkpoints: [{ ...remembered, size: 2 }] }),
  forgot('a root of 31 bytes', 'TREE_HASH_LENGTH', {
    checkpoints: [{ ...remembered, root: base64(Buffer.alloc(31)) }],
  }),
  forgot('a root that is no base64', 'BASE64_INVALID', { checkpoints: [{ ...remembered, root: '!' }] }),
  forgot('an id that is none', 'FILE_MALFORMED', { actions: [{ id: 'act', until_ms: 5 }] }),
  forgot('a negative time', 'FILE_MALFORMED', { forgotten_before_ms: -1 }),
]);
