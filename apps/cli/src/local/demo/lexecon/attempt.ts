import { commit, propose, type Proposed, reportOutcome } from '@writ/cell';
import { CODES, type Verdict } from '@writ/contract';
import { emptyMemory, printJson, type Trust, verifyRecord } from '@writ/proof';
import { SHELL_TOOL, type ShellCall, understandCall } from '../../../lexecon/programs.ts';
import type { Store } from '../../store.ts';
import { expect } from '../show-actions.ts';
import { NOT_RUN, type ProgramRun, runProgram } from './run-program.ts';
import type { ShellWorld } from './shell-world.ts';

export type Attempt = {
  readonly decision: Verdict;
  readonly reason: string;
  readonly run: ProgramRun;
  readonly proven: Proposed['proven'];
};

/** Judge, record, spend, and only then run: what is not allowed, or not spent, is never started. */
export async function attemptCall(
  { cell }: Store,
  { agent, reasons }: ShellWorld,
  call: ShellCall,
  directory: string,
  path: string | undefined,
): Promise<Attempt> {
  const args = { executable: call.executable, args: call.args };
  const proposed = await propose(cell, {
    by: agent,
    session: 'demo',
    action: { tool: SHELL_TOOL, args, why: 'the demonstration', claims: [], evidence: [] },
    scene: null,
    understanding: understandCall(call),
    idempotency: null,
    claim: null,
    met_obligations: null,
  });
  const { answer, proven, id } = proposed;
  expect(answer.kind === 'judged', 'a proposal is judged');
  const decisive = answer.reasons.find(({ verdict }) => verdict === answer.verdict);
  const reason = reasons.get(decisive?.rule ?? '') ?? CODES[answer.code].operator;
  const told = { decision: answer.verdict, reason, proven };
  if (answer.verdict !== 'ALLOW') return { ...told, run: NOT_RUN };
  const request = { by: agent, id, attempt: 'demo', target: null, args_text: printJson(args), scene: null };
  const spent = await commit(cell, request);
  if (spent.answer.kind !== 'spent') return { ...told, run: NOT_RUN };
  const run = await runProgram(call, directory, path);
  const outcome = { by: agent, id, status: run.status, attested_by: 'agent', unwrapped: false } as const;
  const reported = await reportOutcome(cell, { ...outcome, produced: [], spent: [], report: {} });
  expect(reported.answer.kind === 'done', 'the outcome is recorded');
  return { ...told, run };
}

/** Whether the record of a decision is in the log, by its proof and the pinned key, and says this. */
export function isRecorded({ proven, decision }: Attempt, trust: Trust): boolean {
  if (proven === null) return false;
  const verdict = verifyRecord(proven.head, proven.proof, null, trust, emptyMemory());
  if (verdict.verdict !== 'valid' || verdict.head.kind !== 'decision') return false;
  return verdict.head.verdict === decision;
}
