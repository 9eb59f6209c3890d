// A note signer of a few lines, after c2sp.org/signed-note, on node:crypto alone.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

export const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export const keyIdOf = (name, typed) =>
  createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);

export const signerOf = (name, fill) => {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, Buffer.alloc(32, fill)]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12);
  const typed = Buffer.concat([Buffer.of(1), publicKey]);
  const id = keyIdOf(name, typed);
  const lineOf = (signature, as = name) =>
    `\u2014 ${as} ${Buffer.concat([id, signature]).toString('base64')}\n`;
  return {
    name,
    id,
    publicKey,
    vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    lineOf,
    line: (text, as) => lineOf(sign(null, Buffer.from(text), key), as),
  };
};

export const ALPHA = signerOf('example.com/alpha', 1);
export const BETA = signerOf('example.com/beta', 2);
