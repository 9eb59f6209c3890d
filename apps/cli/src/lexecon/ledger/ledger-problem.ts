import type { ProofCode } from '@writ/proof';

/** What can be wrong with a record; those of strict reading are the codes of proofs. */
export type LedgerCode =
  | Extract<
      ProofCode,
      | 'TEXT_NOT_UTF8'
      | 'JSON_TOO_LARGE'
      | 'JSON_BOM'
      | 'JSON_SYNTAX'
      | 'JSON_TOO_DEEP'
      | 'JSON_TOO_MANY_VALUES'
      | 'JSON_DUPLICATE_MEMBER'
      | 'USE_STRING'
      | 'NOT_CANONICAL'
      | 'BASE64_INVALID'
    >
  | 'LEDGER_MEMBERS'
  | 'LEDGER_UNENDED'
  | 'LEDGER_HASH'
  | 'LEDGER_SIGNATURE'
  | 'LEDGER_KEY_UNKNOWN'
  | 'LEDGER_GENESIS'
  | 'LEDGER_CHAIN'
  | 'LEDGER_FORKED'
  | 'LEDGER_REPEATED'
  | 'LEDGER_TIME'
  | 'LEDGER_TRUNCATED'
  | 'LEDGER_REWRITTEN';

/** `detail` repeats no text of the file. */
export type LedgerProblem = {
  readonly index: number;
  readonly code: LedgerCode;
  readonly detail: string;
};
