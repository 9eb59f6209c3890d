import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, sign as signEd25519 } from 'node:crypto';
import {
  loadPublicKey,
  parseCheckpoint,
  printCheckpoint,
  printVerifierKey,
  verifierKeyOf,
} from '@writ/proof';
import { SignerFailure } from './failure.ts';
import type { KeyFile } from './key-file.ts';
import { checkKeyName } from './key-file.ts';
import type { KeyPurpose, Signer } from './signer.ts';

/** The fixed head of a PKCS #8 Ed25519 private key (RFC 8410 §7); the seed follows. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
/** The fixed head of an Ed25519 SubjectPublicKeyInfo; the public key follows. */
const SPKI_PREFIX_BYTES = 12;
/** No purpose signs more: checkpoints are below 1 KB, tokens and manifests of bundles below 64 KB. */
const MESSAGE_BYTES_MAX = 65_536;

/** A signer over a key in memory: what a key file opens to, and what tests use. */
export function openSeedSigner(key: KeyFile): Signer {
  checkKeyName(key.name);
  if (key.seed.length !== 32) throw new SignerFailure('KEY_MALFORMED', 'a seed has 32 bytes');
  const pkcs8 = Buffer.concat([PKCS8_PREFIX, key.seed]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  pkcs8.fill(0);
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKey = loadPublicKey(new Uint8Array(spki.subarray(SPKI_PREFIX_BYTES)));
  const vkey = printVerifierKey(verifierKeyOf(key.name, publicKey));
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

function refusal(purpose: KeyPurpose, message: Uint8Array): string | undefined {
  if (message.length > MESSAGE_BYTES_MAX) return 'the message is too long to be signed';
  const isCheckpoint = isCheckpointBody(message);
  if (purpose === 'checkpoint' && !isCheckpoint) return 'a checkpoint key signs bodies of checkpoints only';
  if (purpose !== 'checkpoint' && isCheckpoint) return 'only a checkpoint key signs a checkpoint';
  return undefined;
}

/**
 * Origin, size and root as `printCheckpoint` writes them, and nothing else: no extension, no other spelling.
 */
function isCheckpointBody(message: Uint8Array): boolean {
  const text = Buffer.from(message).toString('utf8');
  try {
    return Buffer.from(printCheckpoint(parseCheckpoint(text)), 'utf8').equals(message);
  } catch {
    return false;
  }
}
