/** Why a drill did not go on. Nothing was changed unless the code says so. */
export type DrillCode =
  | 'TARGET_UNUSABLE' //   the target is not an empty directory of this user
  | 'BACKUP_EXISTS' //     a finished backup stands there already
  | 'BACKUP_INVALID' //    the backup is not whole, or is not what its checkpoint says
  | 'BACKUP_VERSION' //    of a form that this Writ does not know
  | 'BACKUP_FOREIGN' //    of another cell than the one that lives here
  | 'BACKUP_UNTRUSTED' //  no key is known that the backup's log could be checked with
  | 'STORE_NOT_EMPTY' //   a store is there: it is recovered, never overwritten
  | 'STORE_MISSING' //     there is nothing to copy or to recover
  | 'STORE_DAMAGED' //     the journal cannot be copied whole: `index` names the first bad record
  | 'KEYS_MISSING' //      the keystore does not hold the keys of this cell: restore its own backup first
  | 'NOTHING_TO_KEEP' //   no record could be verified: restore a backup
  | 'EPOCH_UNFINISHED'; // a change of epoch stopped on its way, and something stands where it has to go

export class DrillFailure extends Error {
  readonly code: DrillCode;
  readonly detail: string;
  readonly index: number | null;

  constructor(code: DrillCode, detail: string, index: number | null = null, cause?: unknown) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'DrillFailure';
    this.code = code;
    this.detail = detail;
    this.index = index;
  }
}

/** Told now and then by long work. */
export type OnProgress = (progress: {
  readonly step: DrillStep;
  readonly done: number;
  readonly of: number;
}) => void;

export type DrillStep = 'journal' | 'parts' | 'files' | 'verify' | 'fold';
