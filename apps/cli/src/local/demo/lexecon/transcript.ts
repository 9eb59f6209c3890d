import { SHELL_TOOL } from '../../../lexecon/programs.ts';
import type { ExitCode } from '../../../program/command.ts';
import { quoteText } from '../../../terminal/encode-text.ts';
import { type Line, plain } from '../../../terminal/line.ts';
import type { Finding } from '../../../verify/finding.ts';
import type { Attempt } from './attempt.ts';

/** What was found about one attempt, each by looking. */
export type Facts = Omit<Attempt, 'proven'> & {
  readonly recorded: boolean;
  readonly ledger: Finding['verdict'];
};

/** The six lines that Lexecon's demonstration promises, and what the program printed when it ran. */
export function transcriptOf({ decision, reason, run, recorded, ledger }: Facts): readonly Line[] {
  return [
    plain(`Attempted tool call: ${SHELL_TOOL}`),
    plain(`Decision: ${decision}`),
    plain(`Reason: ${reason}`),
    plain(`Executed: ${run.executed}`),
    plain(`Audit record written: ${recorded}`),
    plain(`Ledger verification: ${ledger}`),
    ...(run.executed ? [plain(`Tool result: ${run.status}, ${quoteText(run.output)}`)] : []),
  ];
}

/** A demonstration whose proofs fail has failed, whatever was decided. */
export function exitOfFacts({ recorded, ledger }: Facts): ExitCode {
  if (recorded && ledger === 'valid') return 0;
  return ledger === 'undecidable' ? 2 : 1;
}
