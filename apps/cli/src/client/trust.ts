import { loadTrust, parseTrustFile, printTrust, type Trust, type TrustFile } from '@writ/proof';
import { readInput } from '../files/read-input.ts';
import { replaceFile } from '../files/replace-file.ts';
import { CliFailure, describeFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { type ClientHome, openClientHome } from './client-home.ts';

/** As large as a trust file of a thousand logs may be. */
const TRUST_FILE_BYTES_MAX = 1_048_576;

const NOBODY: TrustFile = { logs: [] };

/** Whom this client trusts: the file that is named, else its own; nobody when there is none. */
export async function readTrust(path: string | null, home: ClientHome | null): Promise<Trust> {
  if (path === null) return loadTrust(home === null ? NOBODY : await readTrustFile(home));
  const bytes = await readInput(path, TRUST_FILE_BYTES_MAX);
  try {
    return loadTrust(parseTrustFile(bytes));
  } catch (error) {
    const { code, detail } = describeFailure(error);
    throw new CliFailure(code, `${quoteText(path)} is no trust file: ${detail}`);
  }
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
 * The trust that covers the cell on this machine. Another key than the pinned one is refused: keys change by
 * governed records, never by a file that was exchanged.
 */
export async function pinnedTrust(home: ClientHome, origin: string, vkey: string): Promise<Trust> {
  const file = await readTrustFile(home);
  const known = file.logs.find((log) => log.origin === origin);
  if (known?.keys.some((key) => key.vkey === vkey) === true) return loadTrust(file);
  throw new CliFailure('KEY_CHANGED', `${home.trust} has not pinned the key that ${origin} shows`, 1);
}

/** Pins the key of a new log; the keys that stand there stay. Doing it again changes nothing. */
export async function pinLog(home: ClientHome, origin: string, vkey: string): Promise<void> {
  const file = await readTrustFile(home);
  if (file.logs.some((log) => log.origin === origin)) {
    await pinnedTrust(home, origin, vkey);
    return;
  }
  const key = { vkey, from_size: 0n, until_size: null, not_before_ms: null, not_after_ms: null };
  await writeTrust(home, { logs: [...file.logs, { origin, keys: [key], witnesses: null }] });
}

/** Ends the trust in a log that another one continues: nothing that is signed from here on is believed. */
export async function endLog(home: ClientHome, origin: string, size: bigint): Promise<void> {
  const file = await readTrustFile(home);
  const logs = file.logs.map((log) => {
    if (log.origin !== origin) return log;
    const keys = log.keys.map((key) => ({ ...key, until_size: key.until_size ?? size + 1n }));
    return { ...log, keys };
  });
  await writeTrust(home, { logs });
}

async function writeTrust(home: ClientHome, file: TrustFile): Promise<void> {
  loadTrust(file);
  await openClientHome(home);
  await replaceFile(home.trust, `${printTrust(file)}\n`);
}
