import { randomUUID } from 'node:crypto';
import { idOf, onlyOne } from '../client/address-book.ts';
import type { Call, Report, Run } from '../program/command.ts';
import { type Line, plain } from '../terminal/line.ts';
import { exitOfAnswer, linesOfAnswer } from './answers.ts';
import type { ActionDesk } from './desk.ts';
import { type ProposalFile, readProposal } from './read-proposal.ts';
import type { Permitted } from './shown.ts';
import { withDesk } from './with-desk.ts';
import { writeReceipt, writeResult } from './write-result.ts';

export const run: Run = async (call) => {
  const proposal = await readProposal(call.operands[0] ?? '-');
  return withDesk(call, (desk) => proposeAt(desk, call, proposal));
};

async function proposeAt(desk: ActionDesk, call: Call, file: ProposalFile): Promise<Report> {
  const as = call.text('as');
  const attempt = randomUUID();
  const proposed = await desk.propose({
    by: as === null ? onlyOne(desk.book, 'agent') : idOf(desk.book, as),
    session: call.text('session') ?? 'terminal',
    ...file,
    idempotency: call.text('idempotency'),
    claim: call.flag('claim') ? { attempt, target: call.text('target') } : null,
  });
  const { answer, proven } = proposed;
  const written = await writeOut(call.text('out'), proposed, attempt);
  const spent = answer.kind === 'spent' ? { attempt } : {};
  return {
    exit: exitOfAnswer(answer),
    lines: [...linesOfAnswer(answer), ...written],
    json: { exit: exitOfAnswer(answer), answer, proven, ...spent },
  };
}

/** A writ when it was allowed, a receipt when it was spent in the same breath, nothing otherwise. */
async function writeOut(
  path: string | null,
  { answer, proven, writ }: Permitted,
  attempt: string,
): Promise<readonly Line[]> {
  if (path === null) return [];
  if (answer.kind === 'judged' && writ !== null) {
    await writeResult(path, writ, `writ writ ${answer.id} prints it again`);
    return [plain(`  the writ is in ${path}`)];
  }
  if (answer.kind !== 'spent' || proven === null) return [];
  const again = `writ commit ${answer.id} FILE --attempt ${attempt} gives it again`;
  return writeReceipt(path, proven, again);
}
