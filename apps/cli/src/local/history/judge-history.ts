import type { ExplainedProposal } from '@writ/cell';
import type { JsonObject, Reason, Understanding, Verdict } from '@writ/contract';
import { observePast } from '../../history/observe-past.ts';
import type { PastCall } from '../../history/past-call.ts';
import { mapCall, type MappedCall } from '../../hook/host/map-call.ts';
import type { JudgingCell } from './judging-cell.ts';

/** What would have become of one past call. */
export type Judged = {
  readonly call: PastCall;
  readonly tool: string;
  readonly verdict: Verdict;
  /** Those that say what the verdict says; of an ALLOW none. */
  readonly reasons: readonly Reason[];
  readonly understanding: Understanding;
  /** The arguments, with tokens for personal data and secrets. */
  readonly shown: JsonObject;
  /** Whether this host could still be looked at where the call was made. */
  readonly observed: boolean;
};

export type JudgedHistory = {
  readonly judged: readonly Judged[];
  /** By code: what could be neither understood nor judged. */
  readonly failed: Readonly<Record<string, number>>;
};

/** As many as understanding takes in one turn, with some more being looked at. */
const AT_ONCE = 16;
const TELL_EACH_MS = 1_000;

export async function judgeHistory(
  judging: JudgingCell,
  calls: readonly PastCall[],
  progress: (text: string) => void,
): Promise<JudgedHistory> {
  const judged: Judged[] = [];
  const failed: Record<string, number> = {};
  let told = Date.now();
  for (let from = 0; from < calls.length; from += AT_ONCE) {
    const settled = await Promise.allSettled(
      calls.slice(from, from + AT_ONCE).map((call) => judgeCall(judging, call)),
    );
    for (const one of settled) {
      if (one.status === 'fulfilled') judged.push(one.value);
      else failed[codeOf(one.reason)] = (failed[codeOf(one.reason)] ?? 0) + 1;
    }
    if (Date.now() - told < TELL_EACH_MS) continue;
    told = Date.now();
    progress(`judged ${Math.min(from + AT_ONCE, calls.length)} of ${calls.length} calls`);
  }
  return { judged, failed };
}

async function judgeCall(judging: JudgingCell, call: PastCall): Promise<Judged> {
  const { directory, input, session, tool, use } = call;
  const mapped: MappedCall = mapCall({ tool, input, session, directory, use });
  const { observed, scene } = await observePast(call, mapped, judging.place);
  const told = await judging.judge({ tool: mapped.tool, args: mapped.args, scene });
  return { call, tool: mapped.tool, observed, ...answered(told) };
}

function answered({
  explanation,
  shown,
}: ExplainedProposal): Pick<Judged, 'verdict' | 'reasons' | 'understanding' | 'shown'> {
  const { answer, understanding } = explanation;
  if (answer.kind !== 'judged' || understanding === null) throw new NotJudged();
  const { verdict } = answer;
  const reasons = verdict === 'ALLOW' ? [] : answer.reasons.filter((reason) => reason.verdict === verdict);
  return { verdict, reasons, understanding, shown };
}

/** The cell would not judge at all. */
class NotJudged extends Error {
  readonly code = 'NOT_JUDGED';
}

/** A failure with a code is of this one call; any other is one of this program. */
function codeOf(reason: unknown): string {
  if (reason instanceof Error && 'code' in reason && typeof reason.code === 'string') return reason.code;
  throw reason;
}
