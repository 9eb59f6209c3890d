import { isUpper, lowerAscii } from './characters.ts';

/** What a name says of its value: a password (any text), a key (made by a program), a header, or nothing. */
export type Sensitivity = 'password' | 'key' | 'header' | null;

const PASSWORDS: readonly string[] = ['password', 'passwd', 'passphrase', 'passcode', 'pwd'];
const KEYS: readonly string[] = [
  'secret',
  'token',
  'apikey',
  'accesskey',
  'secretkey',
  'privatekey',
  'accountkey',
  'authkey',
  'signingkey',
  'encryptionkey',
  'masterkey',
  'sharedkey',
  'sessionkey',
  'storagekey',
  'servicekey',
  'deploykey',
  'consumerkey',
  'applicationkey',
  'hmackey',
  'sshkey',
  'webhookurl',
  'sessionid',
  'bearer',
  'credential',
  'credentials',
];
const HEADERS: readonly string[] = ['authorization', 'cookie'];

/** Longer names are looked at by their end only. */
const NAME_UNITS_MAX = 64;

/**
 * Names are compared without case and separators, by their end: `DB_PASSWORD`, `clientSecret`, `x-api-key`.
 * The short `pass` counts only as a word of its own.
 */
export function sensitivityOf(name: string): Sensitivity {
  if (name.length > NAME_UNITS_MAX) return readName(name.slice(-NAME_UNITS_MAX));
  const known = readNames.get(name);
  if (known !== undefined) return known;
  const sensitivity = readName(name);
  if (readNames.size < READ_NAMES_MAX) readNames.set(name, sensitivity);
  return sensitivity;
}

// Member names repeat for ever; foreign ones must not be able to fill the memory.
const READ_NAMES_MAX = 4_096;
const readNames = new Map<string, Sensitivity>();

function readName(tail: string): Sensitivity {
  const bare = lowerAscii(tail).replaceAll(/[_.\-\s]/g, '');
  if (PASSWORDS.some((ending) => bare.endsWith(ending)) || endsWithPass(tail)) return 'password';
  if (KEYS.some((ending) => bare.endsWith(ending))) return 'key';
  return HEADERS.some((ending) => bare.endsWith(ending)) ? 'header' : null;
}

function endsWithPass(name: string): boolean {
  if (!lowerAscii(name.slice(-4)).endsWith('pass')) return false;
  const before = name.charAt(name.length - 5);
  return before === '' || '_-.'.includes(before) || (name.endsWith('Pass') && !isUpper(before.charCodeAt(0)));
}
