import type { RememberedCheckpoint } from '@writ/proof';
import type { ExitCode } from '../program/command.ts';

/** What verifying one file came to. */
export type Finding = {
  readonly verdict: 'valid' | 'invalid' | 'undecidable';
  /** What the file is and says; or what is wrong, and where. */
  readonly text: string;
  readonly details: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
  /** To be durable before anyone acts on the verdict. */
  readonly checkpoint: RememberedCheckpoint | null;
  /** How many records a log or a ledger has; null for what is neither, or where it is not known. */
  readonly records: string | null;
};

export function exitOfFinding({ verdict }: Finding): ExitCode {
  switch (verdict) {
    case 'valid':
      return 0;
    case 'invalid':
      return 1;
    case 'undecidable':
      return 2;
    default:
      return verdict satisfies never;
  }
}

export function refused(
  verdict: 'invalid' | 'undecidable',
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Finding {
  const advice = ADVICE[code];
  return {
    verdict,
    text: `${code}: ${detail}`,
    details: advice === undefined ? [] : [advice],
    json: { verdict, code, detail, ...more },
    checkpoint: null,
    records: null,
  };
}

const ADVICE: Readonly<Record<string, string>> = {
  NO_TRUST: "give the log's keys with --trust FILE: its operator makes one with writ trust show",
  COMPLETENESS_UNKNOWN: 'give a checkpoint that you held before with --against FILE',
  LOG_TRUNCATED: 'an export from before that looks the same: --no-memory verifies it by itself',
  LEDGER_KEY_MISSING: 'give the public key of its writer with --public-key PEM',
  LEDGER_COMPLETENESS: 'say what you know of it from before with --held COUNT:HASH',
  FORMAT_VERSION: 'a newer writ may know this version',
};
