import {
  ARGS,
  blind,
  canonical,
  commit,
  commitArgs,
  decision,
  digest,
  EXECUTOR,
  id,
  LOG,
  NONCE,
  nonceOf,
  noteOf,
  NOW,
  ORIGIN,
  OTHER_KEY,
  proofOf,
  tag,
  term,
  TOOL,
  trustOf,
  use,
  witnessOf,
} from './cell.mjs';
import { signerOf } from './signer.mjs';
import { hex, writeCases } from './write.mjs';

const nonceCase = (reason, domainKey, action) => ({
  reason,
  domain_key: hex(domainKey),
  action,
  nonce: nonceOf(domainKey, action).toString('base64url'),
});
writeCases('writ/nonces.json', 'Nonces of actions (spec/09-writ.md section 3).', [
  nonceCase('an action', Buffer.alloc(32, 4), id('act', 1)),
  nonceCase('the next action', Buffer.alloc(32, 4), id('act', 2)),
  nonceCase('another domain', Buffer.alloc(32, 5), id('act', 1)),
  nonceCase('a key of zeros', Buffer.alloc(32), id('act', 1)),
]);

const argsCase = (reason, args, nonce = NONCE) => ({
  reason,
  nonce: hex(nonce),
  args,
  commitment: commitArgs(nonce, canonical(args)),
});
writeCases('writ/args.json', 'Commitments to arguments (spec/09-writ.md section 3).', [
  argsCase('an object', ARGS),
  argsCase('members in another order', { to: ARGS.to, amount: ARGS.amount }),
  argsCase('the empty object', {}),
  argsCase('null', null),
  argsCase('a string', 'DROP TABLE users'),
  argsCase('a list in a list', [[1], []]),
  argsCase('a nonce of zeros', ARGS, Buffer.alloc(32)),
  argsCase('a composed letter', { name: 'Zo\u00eb' }),
  argsCase('the same letter decomposed is another argument', { name: 'Zoe\u0308' }),
]);

const heads = [term(0), decision(1), term(2)].map(canonical);
const nonce = NONCE.toString('base64url');
const fileOf = (change = {}, list = heads) =>
  canonical({ format: 'writ/v1', head: list[1], nonce, proof: proofOf(list, 1), ...change });
const file = fileOf();

const malformed = (reason, code, text) => ({ reason, code, text });
writeCases('writ/files.json', 'The file of a writ (spec/09-writ.md section 2).', [
  { reason: 'a writ', text: file },
  {
    reason: 'texts that mean nothing are for verification to refuse',
    text: fileOf({ head: 'x', proof: '' }),
  },
  malformed('nothing', 'JSON_SYNTAX', ''),
  malformed('a list', 'FILE_MALFORMED', '[]'),
  malformed('another format', 'FORMAT_UNKNOWN', fileOf({ format: 'writ-receipt/v1' })),
  malformed('no format', 'FORMAT_UNKNOWN', canonical({ head: 'x', nonce, proof: '' })),
  malformed('a format that is no text', 'FORMAT_UNKNOWN', fileOf({ format: 1 })),
  malformed('a newer version', 'FORMAT_VERSION', fileOf({ format: 'writ/v2' })),
  malformed('a version with a zero before it', 'FORMAT_UNKNOWN', fileOf({ format: 'writ/v01' })),
  malformed('a newline after the format', 'FORMAT_UNKNOWN', fileOf({ format: 'writ/v1\n' })),
  malformed('a member too many', 'FILE_MALFORMED', fileOf({ key: LOG.vkey })),
  malformed('a member too few', 'FILE_MALFORMED', canonical({ format: 'writ/v1', head: 'x', nonce })),
  malformed('a head that is no text', 'FILE_MALFORMED', fileOf({ head: {} })),
  malformed('a nonce of 31 bytes', 'NONCE_LENGTH', fileOf({ nonce: nonce.slice(2) })),
  malformed('a nonce with padding', 'NONCE_LENGTH', fileOf({ nonce: `${nonce}=` })),
  malformed('a nonce whose spare bits are set', 'NONCE_LENGTH', fileOf({ nonce: `${'A'.repeat(42)}B` })),
  malformed('an empty head', 'RECORD_TOO_LARGE', fileOf({ head: '' })),
  malformed('a head of 1,025 characters', 'RECORD_TOO_LARGE', fileOf({ head: 'x'.repeat(1_025) })),
  malformed('more than 64 KB', 'FILE_TOO_LARGE', fileOf({ proof: 'x'.repeat(65_536) })),
  malformed('a space', 'NOT_CANONICAL', file.replace('{', '{ ')),
  malformed('a newline at the end', 'NOT_CANONICAL', `${file}\n`),
  malformed(
    'members in another order',
    'NOT_CANONICAL',
    JSON.stringify({ proof: '', nonce, head: 'x', format: 'writ/v1' }),
  ),
  malformed('an escape that is not needed', 'NOT_CANONICAL', file.replace('writ/v1', 'writ\\/v1')),
  malformed('a member twice', 'JSON_DUPLICATE_MEMBER', file.replace('{', '{"format":"writ/v1",')),
  malformed('two writs', 'JSON_SYNTAX', file + file),
  malformed('a nested value', 'JSON_TOO_DEEP', fileOf({ head: [[1]] })),
]);

const question = { origin: ORIGIN, action: id('act', 1), executor: EXECUTOR, tool: TOOL, args: ARGS };
const asked = (reason, expect, change = {}) => ({
  reason,
  expect,
  writ: file,
  trust: trustOf(),
  question,
  now_ms: NOW,
  ...change,
});
const logged = (head) => fileOf({}, [heads[0], typeof head === 'string' ? head : canonical(head), heads[2]]);
const witness = witnessOf('witness.example/one', 8);
const body = noteOf(heads).split('\n\n')[0];
const extended = `${body}\nan extension\n`;
const cosigned = `${noteOf(heads)}${witness.line(`${body}\n`)}`;
const watched = (quorum) => trustOf([use(LOG)], { quorum, keys: [witness.vkey] });

writeCases('writ/verify.json', 'Verdicts on writs (spec/09-writ.md section 4).', [
  asked('all that is asked fits', 'valid'),
  asked('nothing is asked', 'valid', { question: {} }),
  asked('a release', 'valid', { writ: logged(decision(1, { kind: 'release' })) }),
  asked('evidence long after', 'valid', { now_ms: null }),
  asked('the last moment', 'valid', { now_ms: NOW + 35_000 }),
  asked('the first moment', 'valid', { now_ms: NOW - 5_000 }),
  asked('a witness saw it', 'valid', {
    writ: fileOf({ proof: proofOf(heads, 1, cosigned) }),
    trust: watched(1),
  }),
  asked('a newer version', 'undecidable FORMAT_VERSION', { writ: fileOf({ format: 'writ/v2' }) }),
  asked('a newer version of the proof', 'undecidable PROOF_VERSION', {
    writ: file.replace('proof@v1', 'proof@v2'),
  }),
  asked('nothing is known of the log', 'undecidable NO_TRUST', {
    trust: trustOf([use(signerOf('cell.example/two', 5))], null, 'cell.example/two'),
    question: {},
  }),
  asked('no witness saw it', 'undecidable WITNESSES_MISSING', { trust: watched(1) }),
  asked('the first moment of the key', 'valid', { trust: trustOf([use(LOG, { not_before_ms: NOW })]) }),
  asked('the last moment of the key', 'valid', { trust: trustOf([use(LOG, { not_after_ms: NOW })]) }),
  asked('a checkpoint with an extension', 'invalid CHECKPOINT_EXTENSION', {
    writ: fileOf({ proof: proofOf(heads, 1, `${extended}\n${LOG.line(extended)}`) }),
  }),
  asked('another log is asked for', 'invalid CHECKPOINT_WRONG_ORIGIN', {
    question: { origin: 'cell.example/two' },
  }),
  asked('signed by another key', 'invalid NOTE_NOT_SIGNED', {
    writ: fileOf({ proof: proofOf(heads, 1, noteOf(heads, OTHER_KEY)) }),
  }),
  asked('the key comes with the writ only', 'invalid NOTE_NOT_SIGNED', { trust: trustOf([use(OTHER_KEY)]) }),
  asked('the key is for smaller trees', 'invalid KEY_OUT_OF_RANGE', {
    trust: trustOf([use(LOG, { until_size: '3' })]),
  }),
  asked('the key is for larger trees', 'invalid KEY_OUT_OF_RANGE', {
    trust: trustOf([use(LOG, { from_size: '4' })]),
  }),
  asked('the key is over', 'invalid KEY_OUT_OF_WINDOW', {
    trust: trustOf([use(LOG, { not_after_ms: NOW - 1 })]),
  }),
  asked('the key has not begun', 'invalid KEY_OUT_OF_WINDOW', {
    trust: trustOf([use(LOG, { not_before_ms: NOW + 1 })]),
  }),
  asked('an older checkpoint', 'invalid TREE_INDEX', {
    writ: fileOf({ proof: proofOf(heads, 1, noteOf(heads.slice(0, 1))) }),
  }),
  asked('the head was changed', 'invalid TREE_ROOT_MISMATCH', {
    writ: fileOf({ head: heads[1].replace('"wall":2', '"wall":4') }),
  }),
  asked('extra data', 'invalid PROOF_EXTRA', { writ: file.replace('index 1', 'extra AAEC\\nindex 1') }),
  asked('a head that is not canonical, though logged', 'invalid NOT_CANONICAL', {
    writ: logged(`${heads[1]} `),
  }),
  asked('a head that is none, though logged', 'invalid RECORD_INVALID', { writ: logged('{}') }),
  asked('a commit', 'invalid KIND_MISMATCH', { writ: logged(commit(1)) }),
  asked('a term', 'invalid KIND_MISMATCH', { writ: logged(term(1)) }),
  asked('a refusal', 'invalid NOT_ALLOWED', {
    writ: logged(decision(1, { verdict: 'BLOCK', code: 'LOCKED', expires_at: null })),
  }),
  asked('a ticket', 'invalid NOT_ALLOWED', {
    writ: logged(decision(1, { verdict: 'ESCALATE', code: 'IRREVERSIBLE' })),
  }),
  asked('an allowance without end', 'invalid NOT_ALLOWED', {
    writ: logged(decision(1, { expires_at: null })),
  }),
  asked('another action', 'invalid ACTION_MISMATCH', { question: { ...question, action: id('act', 2) } }),
  asked('another executor', 'invalid EXECUTOR_MISMATCH', {
    question: { ...question, executor: id('exe', 8) },
  }),
  asked('another tool', 'invalid TOOL_MISMATCH', { question: { ...question, tool: digest('another') } }),
  asked('a tool where the head has none', 'invalid TOOL_MISMATCH', {
    writ: logged(decision(1, { tool: null })),
  }),
  asked('a reference blinded by another salt', 'invalid TOOL_MISMATCH', {
    writ: logged(decision(1, { tool: blind(tag('salt 9'), 'tool', TOOL) })),
  }),
  asked('other arguments', 'invalid ARGS_MISMATCH', {
    question: { ...question, args: { ...ARGS, amount: 251 } },
  }),
  asked('an argument too many', 'invalid ARGS_MISMATCH', {
    question: { ...question, args: { ...ARGS, cc: '' } },
  }),
  asked('the name in another normal form', 'invalid ARGS_MISMATCH', {
    question: { ...question, args: { ...ARGS, to: 'Zoe\u0308' } },
  }),
  asked('another nonce', 'invalid ARGS_MISMATCH', {
    writ: fileOf({ nonce: Buffer.alloc(32).toString('base64url') }),
  }),
  asked('its time is over', 'invalid EXPIRED', { now_ms: NOW + 35_001 }),
  asked('it is from the future', 'invalid NOT_YET_VALID', { now_ms: NOW - 5_001 }),
]);
