import { Buffer } from 'node:buffer';
import { createHash, createPrivateKey, createPublicKey, sign as signEd25519 } from 'node:crypto';
import { SignerFailure } from './failure.ts';
import type { KeyFile } from './key-file.ts';
import { checkKeyName } from './key-file.ts';
import type { KeyPurpose, Signer } from './signer.ts';

/** The fixed head of a PKCS #8 Ed25519 private key (RFC 8410 §7); the seed follows. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
/** The fixed head of an Ed25519 SubjectPublicKeyInfo; the public key follows. */
const SPKI_PREFIX_BYTES = 12;
const NOTE_ALGORITHM_ED25519 = 0x01;
const KEY_ID_BYTES = 4;
/** No purpose signs more: checkpoints are below 1 KB, tokens and manifests of bundles below 64 KB. */
const MESSAGE_BYTES_MAX = 65_536;

/**
 * The body of a checkpoint: origin, decimal size without leading zeros, base64 of 32 bytes; nothing else. The
 * last of 43 base64 characters of a root carries two zero bits.
 */
const CHECKPOINT_BODY = /^[!-~]{1,255}\n(?:0|[1-9][0-9]{0,18})\n[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=\n$/;

/** A signer over a key in memory: what a key file opens to, and what tests use. */
export function openSeedSigner(key: KeyFile): Signer {
  checkKeyName(key.name);
  if (key.seed.length !== 32) throw new SignerFailure('KEY_MALFORMED', 'a seed has 32 bytes');
  const pkcs8 = Buffer.concat([PKCS8_PREFIX, key.seed]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  pkcs8.fill(0);
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const vkey = printVkey(key.name, spki.subarray(SPKI_PREFIX_BYTES));
  return {
    vkey,
    purpose: key.purpose,
    sign(message) {
      // One signature a batch takes some 35 microseconds: less than a trip to another thread and back.
      const problem = refusal(key.purpose, message);
      if (problem !== undefined) return Promise.reject(new SignerFailure('SIGN_REFUSED', problem));
      return Promise.resolve(new Uint8Array(signEd25519(null, message, privateKey)));
    },
  };
}

/** `<name>+<key id in hex>+<base64 of type and public key>`, as C2SP signed-note defines it. */
export function printVkey(name: string, publicKey: Uint8Array): string {
  const typed = Buffer.concat([Buffer.of(NOTE_ALGORITHM_ED25519), publicKey]);
  const hash = createHash('sha256').update(`${name}\n`, 'utf8').update(typed).digest();
  return `${name}+${hash.toString('hex', 0, KEY_ID_BYTES)}+${typed.toString('base64')}`;
}

function refusal(purpose: KeyPurpose, message: Uint8Array): string | undefined {
  if (message.length > MESSAGE_BYTES_MAX) return 'the message is too long to be signed';
  const isCheckpoint = CHECKPOINT_BODY.test(Buffer.from(message).toString('latin1'));
  if (purpose === 'checkpoint' && !isCheckpoint) return 'a checkpoint key signs bodies of checkpoints only';
  if (purpose !== 'checkpoint' && isCheckpoint) return 'only a checkpoint key signs a checkpoint';
  return undefined;
}
