import { CODES, isCode } from '@writ/contract';

/** Why a command could not do its work. `detail` is one plain line and says what to do. */
export class CliFailure extends Error {
  readonly code: string;
  readonly detail: string;
  readonly exit: number;

  constructor(code: string, detail: string, exit: number = 2) {
    super(`${code}: ${detail}`);
    this.name = 'CliFailure';
    this.code = code;
    this.detail = detail;
    this.exit = exit;
  }
}

/** `index` is the first bad record, where one is known. */
export type Described = {
  readonly code: string;
  readonly detail: string;
  readonly index: number | null;
  readonly exit: number;
};

/** Damage, rollback and forks are findings; everything else that fails leaves the question open. */
const FINDINGS: ReadonlySet<string> = new Set([
  'STORE_CORRUPT',
  'JOURNAL_CORRUPT',
  'JOURNAL_STALE',
  'PART_CORRUPT',
  'TILES_CORRUPT',
  'KEYSTORE_CORRUPT',
  'ROLLED_BACK',
  'FORKED',
  'STORE_EXISTS',
  'STORE_DAMAGED',
  'BACKUP_INVALID',
]);

const DAMAGED = 'restore a backup, or go on from what is whole with writ recover';

/** What to do, for codes whose own words say what is wrong and not what helps. */
const ADVICE: Readonly<Record<string, string>> = {
  EACCES: 'a file or directory may not be used by this user: check its owner and mode',
  EPERM: 'a file or directory may not be used by this user: check its owner and mode',
  EROFS: 'the file system is read-only: free it, or use another WRIT_HOME',
  ENOSPC: 'the disk is full: make room and try again',
  EDQUOT: 'the quota of the disk is used up: make room and try again',
  EMFILE: 'too many open files: raise the limit of this user and try again',
  ENOENT: 'a file or directory that must be there is missing: check the path, or restore it',
  ENOTDIR: 'a directory of the path is a file: check the path and WRIT_HOME',
  STORE_CORRUPT: DAMAGED,
  JOURNAL_CORRUPT: DAMAGED,
  JOURNAL_STALE: DAMAGED,
  KEYSTORE_CORRUPT: "restore the keystore's own backup",
  KEY_MISSING: 'restore the key directory',
  KEYSTORE_MISSING: 'restore the key directory',
  MASTER_MISSING: 'restore the key directory',
  JOURNAL_FULL: 'make room on the disk and try again',
  JOURNAL_BUSY: 'another process uses the store: stop it, or use another WRIT_HOME',
  TRANSPORT_FAILED:
    'the server ended or hangs, and nobody here knows whether it recorded this: look, then ask again',
  JOURNAL_READ_ONLY: 'make the store writable for this user and try again',
};

/** Any failure as a code and one plain line: what is not known is told as such, never with a stack. */
export function describeFailure(error: unknown): Described {
  if (error instanceof CliFailure) {
    return { code: error.code, detail: error.detail, index: null, exit: error.exit };
  }
  const { code, detail, index } = membersOf(error);
  if (typeof code !== 'string') return INTERNAL;
  const exit = FINDINGS.has(code) ? 1 : 2;
  const bad_record = typeof index === 'number' ? index : null;
  const advice = ADVICE[code] ?? (isCode(code) ? CODES[code].operator : null);
  if (typeof detail !== 'string')
    return advice === null ? INTERNAL : { code, detail: advice, index: null, exit };
  const where = bad_record === null || detail.includes(`${bad_record}`) ? '' : `record ${bad_record}: `;
  const told = advice === null || detail.includes('writ recover') ? detail : `${detail}; ${advice}`;
  return { code, detail: `${where}${told}`, index: bad_record, exit };
}

/** Failures of every part carry these as own members; the type of Error knows none of them. */
function membersOf(error: unknown): {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly index?: unknown;
} {
  return error instanceof Error ? (error as { readonly code?: unknown }) : {};
}

const INTERNAL: Described = {
  code: 'INTERNAL',
  detail: 'an unexpected failure; nothing that was answered is lost. Try again, and report it if it stays',
  index: null,
  exit: 2,
};
