// Keys and signatures at the edges of Ed25519. Signatures that no honest signer makes are put together from
// points of the curve; what is expected follows from the rule "without cofactor" (spec/03-keys-and-notes.md).
import { createPrivateKey, sign } from 'node:crypto';
import {
  add,
  BASE,
  challenge,
  decodeNumber,
  decodePoint,
  encodeNumber,
  encodePoint,
  L,
  multiply,
  P,
  secretOf,
  ZERO,
} from './edwards.mjs';
import { PKCS8 } from './signer.mjs';
import { hex, writeCases } from './write.mjs';

const seed = Buffer.alloc(32, 7);
const secret = secretOf(seed);
const publicKey = encodePoint(multiply(BASE, secret));
const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
const message = Buffer.from('no writ, no act');
// A point of order 8.
const torsion = decodePoint(
  Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex'),
);
const signed = (r, a, m, nonce) =>
  Buffer.concat([r, encodeNumber((nonce + challenge(r, a, m) * secret) % L)]);

const key = (reason, bytes, code) => ({
  reason,
  public_key: hex(bytes),
  ...(code ? { code } : { valid: true }),
});
const small = ['00', '01', 'ec', '26', 'c7'];
const smallKeys = [
  ['0000000000000000000000000000000000000000000000000000000000000000', 'order 4'],
  ['0000000000000000000000000000000000000000000000000000000000000080', 'order 4, the other x'],
  ['0100000000000000000000000000000000000000000000000000000000000000', 'order 1'],
  ['ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 'order 2'],
  ['26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'order 8'],
  ['26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85', 'order 8, the second'],
  ['c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'order 8, the third'],
  ['c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa', 'order 8, the fourth'],
  [
    '0100000000000000000000000000000000000000000000000000000000000080',
    'order 1 with a sign that x = 0 has not',
  ],
  [
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'order 2 with a sign that x = 0 has not',
  ],
];
if (!small.every((start) => smallKeys.some(([text]) => text.startsWith(start))))
  throw new Error('a y is missing');
const offCurve = [2n, 7n, 8n].map((y) => encodeNumber(y));

writeCases('ed25519/public-keys.json', 'Public keys at load (spec/03-keys-and-notes.md).', [
  key('a key of an honest signer', publicKey),
  key('a key with the other x', Buffer.from(publicKey.map((byte, i) => (i === 31 ? byte ^ 128 : byte)))),
  key(
    'a sound key with a part of small order: it harms its owner only',
    encodePoint(add(decodePoint(publicKey), torsion)),
  ),
  ...smallKeys.map(([text, which]) =>
    key(`a point of ${which}`, Buffer.from(text, 'hex'), 'KEY_SMALL_ORDER'),
  ),
  ...[0n, 1n, 3n, 18n].map((more) =>
    key(`y is p + ${more}: a second spelling of ${more}`, encodeNumber(P + more), 'KEY_NOT_CANONICAL'),
  ),
  key('y is p + 1 with the sign set', encodeNumber(P + 1n, 1), 'KEY_NOT_CANONICAL'),
  key('all bits are set', Buffer.alloc(32, 255), 'KEY_NOT_CANONICAL'),
  ...offCurve.map((bytes, i) => key(`no x belongs to y = ${[2, 7, 8][i]}`, bytes, 'KEY_NOT_ON_CURVE')),
  key('a key has 31 bytes', publicKey.subarray(1), 'KEY_LENGTH'),
  key('a key has 33 bytes', Buffer.concat([publicKey, Buffer.alloc(1)]), 'KEY_LENGTH'),
  key('a key is empty', Buffer.alloc(0), 'KEY_LENGTH'),
]);

const sound = sign(null, message, privateKey);
const turned = (bytes, at) => Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)));
const nonce = 123_456_789n;
const r = encodePoint(multiply(BASE, nonce));
const shiftedR = encodePoint(add(multiply(BASE, nonce), torsion));
const zeroR = encodePoint(ZERO);
const otherZeroR = encodeNumber(P + 1n);
const mixedKey = encodePoint(add(decodePoint(publicKey), torsion));
const mixed = (fits) => {
  for (let i = 0; ; i++) {
    const m = Buffer.from(`try ${i}`);
    if ((challenge(r, mixedKey, m) % 8n === 0n) === fits)
      return { message: m, signature: signed(r, mixedKey, m, nonce) };
  }
};
const signature = (reason, valid, change = {}) => ({
  reason,
  valid,
  public_key: hex(change.key ?? publicKey),
  message: hex(change.message ?? message),
  signature: hex(change.signature ?? sound),
});
writeCases('ed25519/signatures.json', 'Signatures, judged without cofactor (spec/03-keys-and-notes.md).', [
  signature('an honest signature', true),
  signature('a signature made by hand', true, { signature: signed(r, publicKey, message, nonce) }),
  signature('an empty message', true, {
    message: Buffer.alloc(0),
    signature: sign(null, Buffer.alloc(0), privateKey),
  }),
  signature('R is the neutral point: platforms disagree, so it is refused before they are asked', false, {
    signature: signed(zeroR, publicKey, message, 0n),
  }),
  signature('the key has a part of small order that the challenge cancels', true, {
    key: mixedKey,
    ...mixed(true),
  }),
  signature('the key has a part of small order that stays', false, { key: mixedKey, ...mixed(false) }),
  signature('R is the neutral point in a second spelling', false, {
    signature: signed(otherZeroR, publicKey, message, 0n),
  }),
  signature('R has a part of small order that a cofactor would cancel', false, {
    signature: signed(shiftedR, publicKey, message, nonce),
  }),
  signature('S is L too large', false, {
    signature: Buffer.concat([sound.subarray(0, 32), encodeNumber(decodeNumber(sound.subarray(32)) + L)]),
  }),
  signature('S is L', false, { signature: Buffer.concat([sound.subarray(0, 32), encodeNumber(L)]) }),
  signature('another message', false, { message: Buffer.from('no writ, an act') }),
  signature('a bit of R is turned', false, { signature: turned(sound, 3) }),
  signature('a bit of S is turned', false, { signature: turned(sound, 40) }),
  signature('the key of another', false, { key: encodePoint(multiply(BASE, secretOf(Buffer.alloc(32, 8)))) }),
  signature('all zero', false, { signature: Buffer.alloc(64) }),
  signature('one byte short', false, { signature: sound.subarray(0, 63) }),
  signature('one byte long', false, { signature: Buffer.concat([sound, Buffer.alloc(1)]) }),
  signature('no signature at all', false, { signature: Buffer.alloc(0) }),
]);
