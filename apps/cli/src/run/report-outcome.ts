import type { JsonObject } from '@writ/contract';
import { withDesk } from '../desk/with-desk.ts';
import type { Call } from '../program/command.ts';
import type { Committed } from './permit.ts';

export type Happened = {
  readonly status: 'succeeded' | 'failed';
  readonly produced: readonly string[];
  readonly report: JsonObject;
};

/** What happened has happened, whether or not it can be recorded: then it stays without an outcome. */
export async function reportOutcome(
  call: Call,
  { id, executor }: Committed,
  { produced, report, status }: Happened,
): Promise<boolean> {
  try {
    const { answer } = await withDesk(call, (desk) =>
      desk.outcome({ by: executor, id, status, unwrapped: false, produced, spent: [], report }),
    );
    if (answer.kind === 'done' || answer.kind === 'repeat') return true;
  } catch {
    // Told below, with what helps.
  }
  call.progress(`writ: its outcome could not be recorded: writ outcome ${id} ${status}`);
  return false;
}
