/** Every way in which a journal says no. A code is stable: callers switch on it, people search for it. */
export type JournalCode =
  | 'JOURNAL_INVALID' //    the call itself is malformed; nothing was tried
  | 'JOURNAL_STATE' //      not open yet, opened twice, or closed
  | 'JOURNAL_DEAD' //       an append of this instance ended `unknown`; only a fresh instance may go on
  | 'JOURNAL_TERM' //       the first append of an instance must raise the term
  | 'JOURNAL_BUSY' //       another instance holds the store, or a call is in flight already
  | 'JOURNAL_CORRUPT' //    stored bytes contradict themselves; `index` names the first bad record
  | 'JOURNAL_STALE' //      a read ended before a size that is known to be durable
  | 'JOURNAL_SETTINGS' //   a setting did not read back as it was set
  | 'JOURNAL_READ_ONLY' //  the file or its directory cannot be written
  | 'JOURNAL_FULL' //       no room; the batch is certainly not committed
  | 'JOURNAL_VERSION' //    written by another version of the format
  | 'JOURNAL_IO'; //        the disk failed before anything could have been committed

/** A refusal by the journal. `detail` is for operators and logs; it never leaves the cell. */
export class JournalFailure extends Error {
  readonly code: JournalCode;
  readonly detail: string;
  /** The first bad record, where one can be named. */
  readonly index: number | null;

  constructor(code: JournalCode, detail: string, index: number | null = null) {
    super(index === null ? `${code}: ${detail}` : `${code} at ${index}: ${detail}`);
    this.name = 'JournalFailure';
    this.code = code;
    this.detail = detail;
    this.index = index;
  }
}
