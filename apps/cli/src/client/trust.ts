import { loadTrust, parseTrustFile, printTrust, type Trust, type TrustFile } from '@writ/proof';
import { readInput } from '../files/read-input.ts';
import { replaceFile } from '../files/replace-file.ts';
import { CliFailure } from '../program/failure.ts';
import { type ClientHome, openClientHome } from './client-home.ts';

/** As large as a trust file of a thousand logs may be. */
const TRUST_FILE_BYTES_MAX = 1_048_576;

const NOBODY: TrustFile = { logs: [] };

/** Whom this client trusts: the file that is named, else its own; nobody when there is none. */
export async function readTrust(path: string | null, home: ClientHome | null): Promise<Trust> {
  if (path !== null) return loadTrust(parseTrustFile(await readInput(path, TRUST_FILE_BYTES_MAX)));
  return loadTrust(home === null ? NOBODY : await readTrustFile(home));
}

export async function readTrustFile(home: ClientHome): Promise<TrustFile> {
  try {
    return parseTrustFile(await readInput(home.trust, TRUST_FILE_BYTES_MAX));
  } catch (error) {
    if (error instanceof CliFailure && error.code === 'INPUT_MISSING') return NOBODY;
    throw error;
  }
}

/**
 * Pins the key of the cell on this machine when it is first met. Another key under a known origin is refused:
 * a key changes by a governed record, never by a file that was exchanged.
 */
export async function pinLog(home: ClientHome, origin: string, vkey: string): Promise<TrustFile> {
  const file = await readTrustFile(home);
  const known = file.logs.find((log) => log.origin === origin);
  if (known !== undefined) {
    if (known.keys.some((key) => key.vkey === vkey)) return file;
    throw new CliFailure('KEY_CHANGED', `${origin} shows another key than ${home.trust} has pinned`, 1);
  }
  const key = { vkey, from_size: 0n, until_size: null, not_before_ms: null, not_after_ms: null };
  const next: TrustFile = { logs: [...file.logs, { origin, keys: [key], witnesses: null }] };
  loadTrust(next);
  await openClientHome(home);
  await replaceFile(home.trust, `${printTrust(next)}\n`);
  return next;
}
