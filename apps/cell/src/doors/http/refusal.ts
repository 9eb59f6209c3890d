import { type Code, isCode } from '@writ/contract';

/** The door itself refuses. `detail` is ours: a pointer of declared names, never a text from outside. */
export class DoorRefusal extends Error {
  readonly code: Code;
  readonly detail: string | null;

  constructor(code: Code, detail: string | null = null) {
    super(code);
    this.name = 'DoorRefusal';
    this.code = code;
    this.detail = detail;
  }
}

/**
 * What the parts of a cell fail with, as the one list of codes says it. What is neither here nor there is
 * UNAVAILABLE: something that the door does not know failed, and nothing was decided.
 */
const OF_FAILURE: Readonly<Record<string, Code>> = {
  CLOSED: 'UNAVAILABLE',
  PARTS_BUSY: 'OVERLOADED',
  PARTS_FULL: 'DISK_LOW',
  JOURNAL_BUSY: 'OVERLOADED',
  JOURNAL_FULL: 'DISK_LOW',
  DOMAIN_UNKNOWN: 'NAMESPACE_ERASED',
  DOMAIN_LIMIT: 'CAPACITY',
  SCHEMA_UNSUPPORTED: 'INVALID_COMMAND',
  TILES_RANGE: 'NOT_FOUND',
  ROLLED_BACK: 'LOG_SHORTER',
};

/** INVARIANT: whatever was thrown, an answer with a code leaves, and never the words of what was thrown. */
export function codeOfFailure(error: unknown): Code {
  if (error instanceof DoorRefusal) return error.code;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (typeof code !== 'string') return 'UNAVAILABLE';
  const known = OF_FAILURE[code];
  if (known !== undefined) return known;
  return isCode(code) ? code : 'UNAVAILABLE';
}
