import { Buffer } from 'node:buffer';
import { SignerFailure } from './failure.ts';
import type { KeyPurpose } from './signer.ts';

/** The secret of a signing key. `name` is the name under which verifiers pin it. */
export type KeyFile = { readonly purpose: KeyPurpose; readonly name: string; readonly seed: Uint8Array };

/** First line of every key file; another version is refused, never guessed. See spec/40-sealing.md §3. */
const VERSION_LINE = 'writ-signing-key/v1';
const VERSION_PREFIX = 'writ-signing-key/';
const SEED_BYTES = 32;
const NAME_CHARACTERS_MAX = 255;
/** Version, purpose, name and seed with their labels, and room for the longest name. */
export const KEY_FILE_BYTES_MAX: number = 1024;

const PURPOSES: readonly KeyPurpose[] = ['checkpoint', 'token', 'bundle'];

export function printKeyFile(key: KeyFile): Uint8Array {
  checkKeyName(key.name);
  if (key.seed.length !== SEED_BYTES) throw new SignerFailure('KEY_MALFORMED', 'a seed has 32 bytes');
  const seed = Buffer.from(key.seed).toString('base64url');
  return Buffer.from(`${VERSION_LINE}\npurpose ${key.purpose}\nname ${key.name}\nseed ${seed}\n`, 'utf8');
}

/** Reads exactly what `printKeyFile` writes. Messages never carry a byte of the file. */
export function parseKeyFile(bytes: Uint8Array): KeyFile {
  const text = Buffer.from(bytes).toString('latin1');
  const [version, purposeLine, nameLine, seedLine, end, ...rest] = text.split('\n');
  if (version === undefined || !version.startsWith(VERSION_PREFIX)) throw malformed();
  if (version !== VERSION_LINE) {
    throw new SignerFailure('KEY_VERSION', 'the key file is of a version that this Writ does not know');
  }
  if (end !== '' || rest.length > 0) throw malformed();
  const purpose = PURPOSES.find((known) => known === field(purposeLine, 'purpose '));
  if (purpose === undefined) throw malformed();
  const name = field(nameLine, 'name ');
  const seed = Buffer.from(field(seedLine, 'seed '), 'base64url');
  const key = { purpose, name, seed: new Uint8Array(seed) };
  // Print and compare: one spelling for one key.
  if (seed.length !== SEED_BYTES || !Buffer.from(bytes).equals(printKeyFile(key))) throw malformed();
  return key;
}

/** Names go into signed notes, where white space and `+` separate fields; printable ASCII needs no tables. */
export function checkKeyName(name: string): void {
  if (/^[!-*,-~]+$/.test(name) && name.length <= NAME_CHARACTERS_MAX) return;
  throw new SignerFailure('KEY_NAME', 'a key name is 1 to 255 printable ASCII characters without space or +');
}

function field(line: string | undefined, label: string): string {
  if (line === undefined || !line.startsWith(label)) throw malformed();
  return line.slice(label.length);
}

function malformed(): SignerFailure {
  return new SignerFailure('KEY_MALFORMED', 'the key file is damaged: restore it from its own backup');
}
