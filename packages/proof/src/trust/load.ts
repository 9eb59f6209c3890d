import { encodeHex } from '../bytes/hex.ts';
import { Failure } from '../failure.ts';
import { isKeyName } from '../note/key-name.ts';
import { parseVerifierKey, type VerifierKey } from '../note/verifier-key.ts';
import {
  type Trust,
  type TrustedKey,
  type TrustedLog,
  type TrustFile,
  type TrustFileKey,
  type TrustFileLog,
  type TrustFileWitnesses,
  TRUST_KEYS_MAX,
  TRUST_LOGS_MAX,
  TRUST_WITNESSES_MAX,
  type WitnessPolicy,
} from './trust.ts';
import { parseWitnessKey } from './witness-key.ts';

/**
 * Examines what is to be trusted, keys of small order included, once and before anything is verified with
 * it.
 */
export function loadTrust(file: TrustFile): Trust {
  if (file.logs.length > TRUST_LOGS_MAX) invalid(`more than ${TRUST_LOGS_MAX} logs`);
  const logs = new Map<string, TrustedLog>();
  for (const log of file.logs) {
    if (logs.has(log.origin)) duplicate('two entries for one origin');
    logs.set(log.origin, loadLog(log));
  }
  return { logs };
}

function loadLog(log: TrustFileLog): TrustedLog {
  if (!isKeyName(log.origin)) invalid('an origin has no spaces and no plus, and is not empty');
  if (log.keys.length === 0 || log.keys.length > TRUST_KEYS_MAX) {
    invalid(`a log has 1 to ${TRUST_KEYS_MAX} keys`);
  }
  const keys = log.keys.map((use) => loadKey(log.origin, use));
  // One key twice would have two ranges, and a signature could not say which of them it claims.
  const handles = new Set(keys.flatMap(({ key }) => [key.keyId, encodeHex(key.publicKey.bytes)]));
  if (handles.size !== 2 * keys.length) duplicate('two keys of one log share an id or a public key');
  return { origin: log.origin, keys, witnesses: log.witnesses && loadWitnesses(log.witnesses, keys) };
}

function loadKey(origin: string, use: TrustFileKey): TrustedKey {
  const key: VerifierKey = parseVerifierKey(use.vkey);
  // INVARIANT: a key speaks for the log of its own name, so that one log's key can never sign for another.
  if (key.name !== origin) invalid('the name of a key is not the origin of its log');
  if (use.from_size < 0n || (use.until_size !== null && use.until_size <= use.from_size)) {
    invalid('a key is for no size at all');
  }
  if (use.not_before_ms !== null && use.not_after_ms !== null && use.not_after_ms < use.not_before_ms) {
    invalid('a key is for no time at all');
  }
  return { key, use: { ...use } };
}

function loadWitnesses(witnesses: TrustFileWitnesses, logKeys: readonly TrustedKey[]): WitnessPolicy {
  const { quorum } = witnesses;
  const count = witnesses.keys.length;
  if (count > TRUST_WITNESSES_MAX || !Number.isInteger(quorum) || quorum < 1 || quorum > count) {
    invalid(
      `a quorum is at least 1 and at most the number of witnesses, which is at most ${TRUST_WITNESSES_MAX}`,
    );
  }
  const keys = witnesses.keys.map(parseWitnessKey);
  // A cosignature does not commit to its signer's name: one key under two names would count twice, and a log
  // under the name of a witness would watch itself.
  const publicKeys = [...keys, ...logKeys.map(({ key }) => key)].map((key) => encodeHex(key.publicKey.bytes));
  if (new Set(publicKeys).size !== publicKeys.length)
    duplicate('a witness shares its key with another signer');
  return { quorum, keys };
}

function invalid(detail: string): never {
  throw new Failure('TRUST_INVALID', detail);
}

function duplicate(detail: string): never {
  throw new Failure('TRUST_DUPLICATE', detail);
}
