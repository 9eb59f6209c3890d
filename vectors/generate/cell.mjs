// A small log with its heads, checkpoints and proofs, from the definitions of spec/04 to 10, on node:crypto.
import { createHash, createHmac, createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto';
import { inclusion, leafHash, treeHash } from './merkle.mjs';
import { keyIdOf, signerOf } from './signer.mjs';
import { base64 } from './write.mjs';

export const ORIGIN = 'cell.example/one/0123456789abcdef';
export const NOW = 1_790_000_000_000;
export const LOG = signerOf(ORIGIN, 1);
export const OTHER_KEY = signerOf(ORIGIN, 2);

export const digest = (text) => createHash('sha256').update(text).digest('base64url');
export const tag = (text) => createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
export const id = (prefix, number) => `${prefix}_${String(number).padStart(26, '0')}`;

/** RFC 8785 for what stands in these files: names and strings of ASCII, integers. */
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
};

export const nonceOf = (domainKey, action) =>
  Buffer.from(hkdfSync('sha256', domainKey, Buffer.alloc(0), `writ/nonce/v1${action}`, 32));
export const commitArgs = (nonce, args) =>
  createHmac('sha256', nonce).update('writ/args/v1\0').update(args).digest('base64url');
export const blind = (salt, what, thing) => digest(`writ/ref/v1\n${what}\n${salt}\n${thing}`);
export const commitPart = (kind, part) => digest(`writ/part/${kind}/v1\n${part}`);

export const DOMAIN_KEY = Buffer.alloc(32, 4);
export const NONCE = nonceOf(DOMAIN_KEY, id('act', 1));
export const ARGS = { amount: 250, to: 'Zo\u00eb' };
export const TOOL = digest('the definition of a tool');
export const TARGET = 'payments.example';
export const EXECUTOR = id('exe', 7);

const base = (index) => ({
  v: 1,
  id: id('act', index),
  ns: id('ns', 1),
  time: NOW,
  term: 3,
  salt: tag(`salt ${index}`),
  parts: { state: digest('state'), sealed: digest('sealed') },
});

const common = (index) => ({
  args: commitArgs(NONCE, canonical(ARGS)),
  engine: digest('an engine'),
  executor: EXECUTOR,
  expires_at: NOW + 30_000,
  obligations: [],
  policy: blind(tag(`salt ${index}`), 'policy', digest('a policy')),
  state_hash: digest('state hash'),
  tool: blind(tag(`salt ${index}`), 'tool', TOOL),
  wall: 2,
});

export const decision = (index, change = {}) => ({
  ...base(index),
  ...common(index),
  kind: 'decision',
  verdict: 'ALLOW',
  code: 'ALLOWED',
  reasons: 1,
  ticket: null,
  ...change,
});

const keyPair = (fill) => {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.alloc(32, fill),
  ]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return { key, publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12) };
};

export const EXECUTOR_KEY = keyPair(3);
export const STRANGER_KEY = keyPair(9);
export const thumbprint = ({ publicKey }) => createHash('sha256').update(publicKey).digest('base64url');

export const commit = (index, change = {}) => ({
  ...base(index),
  ...common(index),
  kind: 'commit',
  attempt: tag('an attempt'),
  cnf: thumbprint(EXECUTOR_KEY),
  decided_at: 0,
  target: blind(tag(`salt ${index}`), 'target', TARGET),
  ...change,
});

export const term = (index, change = {}) => ({
  ...base(index),
  id: id('rec', index),
  kind: 'term',
  reason: 'start',
  ...change,
});

export const questions = (index, change = {}) => ({
  ...base(index),
  id: id('ask', index),
  kind: 'questions',
  change: 'open',
  explained: null,
  from: 1_800_000_000_000,
  to: 1_800_000_060_000,
  weighed: null,
  ...change,
});

export const credential = (index, change = {}) => ({
  ...base(index),
  id: id('key', index),
  kind: 'credential',
  change: 'register',
  ...change,
});

export const genesis = (change = {}) => ({
  ...base(0),
  id: id('rec', 0),
  kind: 'genesis',
  engine: digest('an engine'),
  keys: [digest('a key')],
  predecessor: null,
  reason: 'new',
  state_digest: null,
  ...change,
});

export const hashesOf = (heads) => heads.map((head) => leafHash(Buffer.from(head)));
export const bodyOf = (heads, origin = ORIGIN) =>
  `${origin}\n${heads.length}\n${base64(treeHash(hashesOf(heads)))}\n`;
export const noteOf = (heads, signer = LOG) => {
  const body = bodyOf(heads, signer.name);
  return `${body}\n${signer.line(body)}`;
};
export const proofOf = (heads, index, note = noteOf(heads)) => {
  const path = inclusion(index, hashesOf(heads)).map((hash) => `${base64(hash)}\n`);
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${path.join('')}\n${note}`;
};

/** A witness with its cosignature lines (c2sp.org/tlog-cosignature). */
export const witnessOf = (name, fill) => {
  const { key, publicKey } = keyPair(fill);
  const typed = Buffer.concat([Buffer.of(4), publicKey]);
  const keyId = keyIdOf(name, typed);
  const line = (body, seconds = BigInt(NOW / 1_000), signed = body) => {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(seconds);
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${signed}`), key);
    return `\u2014 ${name} ${Buffer.concat([keyId, time, signature]).toString('base64')}\n`;
  };
  return { name, publicKey, vkey: `${name}+${keyId.toString('hex')}+${base64(typed)}`, line };
};

export const use = (signer, change = {}) => ({
  vkey: signer.vkey,
  from_size: '0',
  until_size: null,
  not_before_ms: null,
  not_after_ms: null,
  ...change,
});
export const trustOf = (keys = [use(LOG)], witnesses = null, origin = ORIGIN) => ({
  format: 'writ-trust/v1',
  logs: [{ origin, keys, witnesses }],
});

export const possession = (head, target, challenge, { key, publicKey } = EXECUTOR_KEY) => {
  const lines = [digest(head), digest(target), digest(challenge)];
  const message = Buffer.from(`writ/possession/v1\n${lines.join('\n')}\n`);
  return {
    public_key: publicKey.toString('hex'),
    challenge: Buffer.from(challenge).toString('hex'),
    signature: sign(null, message, key).toString('hex'),
  };
};
