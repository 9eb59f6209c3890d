import {
  ARGS,
  canonical,
  commit,
  decision,
  digest,
  EXECUTOR,
  id,
  LOG,
  NONCE,
  noteOf,
  NOW,
  ORIGIN,
  OTHER_KEY,
  possession,
  proofOf,
  STRANGER_KEY,
  TARGET,
  term,
  TOOL,
  trustOf,
  use,
} from './cell.mjs';
import { writeCases } from './write.mjs';

const heads = [decision(0), commit(1), term(2)].map(canonical);
const challenge = 'a challenge that is fresh';
const receiptOf = (list = heads, change = {}) =>
  canonical({ format: 'writ-receipt/v1', head: list[1], proof: proofOf(list, 1), ...change });
const action = { tool: TOOL, args: ARGS, nonce: NONCE.toString('base64url') };
const me = { kind: 'target', target: TARGET, executor: null, origin: ORIGIN };
const empty = { format: 'writ-memory/v1', checkpoints: [], actions: [], forgotten_before_ms: 0 };

const shown = (reason, expect, change = {}) => ({
  reason,
  expect,
  receipt: receiptOf(),
  action,
  me,
  possession: possession(heads[1], TARGET, challenge),
  trust: trustOf(),
  memory: empty,
  now_ms: NOW + 1_000,
  ...change,
});
const logged = (head) => {
  const list = [heads[0], typeof head === 'string' ? head : canonical(head), heads[2]];
  return { receipt: receiptOf(list), possession: possession(list[1], TARGET, challenge) };
};
const seen = (size, root) => ({ ...empty, checkpoints: [{ origin: ORIGIN, size, root, note: '' }] });
const ROOT = noteOf(heads).split('\n')[2];
const OTHER_ROOT = noteOf(heads.slice(0, 2)).split('\n')[2];
const writ = (head) =>
  canonical({
    format: 'writ/v1',
    head,
    nonce: action.nonce,
    proof: proofOf([heads[0], head, heads[2]], 1),
  });

writeCases('receipt/verify.json', 'Verdicts on spend receipts (spec/10-spend-receipt.md section 4).', [
  shown('all fits', 'valid'),
  shown('the target expects this executor', 'valid', { me: { ...me, executor: EXECUTOR } }),
  shown('the target asks for no log by name', 'valid', { me: { ...me, origin: null } }),
  shown('the executor checks its own', 'valid', {
    me: { kind: 'executor', executor: EXECUTOR, origin: null },
    possession: null,
  }),
  shown('a smaller tree was seen', 'valid', { memory: seen('2', OTHER_ROOT) }),
  shown('the same tree was seen', 'valid', { memory: seen('3', ROOT) }),
  shown('the last moment', 'valid', { now_ms: NOW + 35_000 }),
  shown('a writ in the form of a receipt', 'unspent', logged(decision(1))),
  shown('a writ', 'unspent', { receipt: writ(canonical(decision(1))) }),
  shown('a newer version', 'undecidable FORMAT_VERSION', {
    receipt: receiptOf(heads, { format: 'writ-receipt/v2' }),
  }),
  shown('nothing is known of the log', 'undecidable NO_TRUST', {
    trust: { format: 'writ-trust/v1', logs: [] },
  }),
  shown('not JSON', 'invalid JSON_SYNTAX', { receipt: 'receipt' }),
  shown('another format', 'invalid FORMAT_UNKNOWN', { receipt: receiptOf(heads, { format: 'receipt/v1' }) }),
  shown('a space before it', 'invalid NOT_CANONICAL', { receipt: ` ${receiptOf()}` }),
  shown('a nonce within', 'invalid FILE_MALFORMED', { receipt: receiptOf(heads, { nonce: action.nonce }) }),
  shown('a proof that is none', 'invalid PROOF_MALFORMED', { receipt: receiptOf(heads, { proof: 'proof' }) }),
  shown('another log', 'invalid CHECKPOINT_WRONG_ORIGIN', { me: { ...me, origin: 'cell.example/two' } }),
  shown('signed by another key', 'invalid NOTE_NOT_SIGNED', {
    receipt: receiptOf(heads, { proof: proofOf(heads, 1, noteOf(heads, OTHER_KEY)) }),
  }),
  shown('the key is for other sizes', 'invalid KEY_OUT_OF_RANGE', {
    trust: trustOf([use(LOG, { from_size: '4' })]),
  }),
  shown('another head', 'invalid TREE_ROOT_MISMATCH', { receipt: receiptOf(heads, { head: heads[0] }) }),
  shown('another index', 'invalid TREE_ROOT_MISMATCH', {
    receipt: receiptOf(heads, { proof: proofOf(heads, 1).replace('index 1', 'index 0') }),
  }),
  shown('a head that is not canonical', 'invalid NOT_CANONICAL', logged(`${heads[1]} `)),
  shown('an outcome', 'invalid KIND_MISMATCH', logged(term(1))),
  shown('a commit in the file of a writ', 'invalid KIND_MISMATCH', { receipt: writ(heads[1]) }),
  shown('a refusal', 'invalid NOT_ALLOWED', logged(decision(1, { verdict: 'BLOCK', code: 'LOCKED' }))),
  shown('another executor', 'invalid EXECUTOR_MISMATCH', { me: { ...me, executor: id('exe', 8) } }),
  shown('another target', 'invalid TARGET_MISMATCH', { me: { ...me, target: 'other.example' } }),
  shown('no target', 'invalid TARGET_MISMATCH', logged(commit(1, { target: null }))),
  shown(
    'the name of the target in clear',
    'invalid TARGET_MISMATCH',
    logged(commit(1, { target: digest(TARGET) })),
  ),
  shown('nobody shows a key', 'invalid POSSESSION_MISSING', { possession: null }),
  shown('no key is named', 'invalid POSSESSION_MISSING', logged(commit(1, { cnf: null }))),
  shown('another key', 'invalid POSSESSION_KEY', {
    possession: possession(heads[1], TARGET, challenge, STRANGER_KEY),
  }),
  shown('signed for another target', 'invalid POSSESSION_INVALID', {
    possession: possession(heads[1], 'other.example', challenge),
  }),
  shown('signed for another receipt', 'invalid POSSESSION_INVALID', {
    possession: possession(heads[2], TARGET, challenge),
  }),
  shown('signed for another challenge', 'invalid POSSESSION_INVALID', {
    possession: {
      ...possession(heads[1], TARGET, challenge),
      challenge: Buffer.from(`${challenge}!`).toString('hex'),
    },
  }),
  shown('a signature that is cut', 'invalid POSSESSION_INVALID', {
    possession: { ...possession(heads[1], TARGET, challenge), signature: '00'.repeat(63) },
  }),
  shown('a challenge of 15 bytes', 'invalid POSSESSION_CHALLENGE', {
    possession: possession(heads[1], TARGET, 'x'.repeat(15)),
  }),
  shown('another tool', 'invalid TOOL_MISMATCH', { action: { ...action, tool: digest('another') } }),
  shown('no tool', 'invalid TOOL_MISMATCH', logged(commit(1, { tool: null }))),
  shown('other arguments', 'invalid ARGS_MISMATCH', {
    action: { ...action, args: { ...ARGS, amount: 251 } },
  }),
  shown('another nonce', 'invalid ARGS_MISMATCH', {
    action: { ...action, nonce: Buffer.alloc(32).toString('base64url') },
  }),
  shown('a nonce of 31 bytes', 'invalid NONCE_LENGTH', {
    action: { ...action, nonce: Buffer.alloc(31).toString('base64url') },
  }),
  shown('its time is over', 'invalid EXPIRED', { now_ms: NOW + 35_001 }),
  shown('it is from the future', 'invalid NOT_YET_VALID', { now_ms: NOW - 5_001 }),
  shown('its time had been over before the clock was set back', 'invalid EXPIRED', {
    memory: { ...empty, forgotten_before_ms: NOW + 35_001 },
  }),
  shown('a larger tree was seen', 'invalid ROLLED_BACK', { memory: seen('4', ROOT) }),
  shown('another tree of this size was seen', 'invalid FORKED', { memory: seen('3', OTHER_ROOT) }),
  shown('it was accepted before', 'invalid ALREADY_SPENT', {
    memory: { ...empty, actions: [{ id: id('act', 1), until_ms: NOW + 35_000 }] },
  }),
]);
