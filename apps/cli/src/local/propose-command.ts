import { randomUUID } from 'node:crypto';
import { propose, type Proposed } from '@writ/cell';
import { printReceipt, printWrit } from '@writ/proof';
import type { Call, Report, Run } from '../program/command.ts';
import { type Line, plain } from '../terminal/line.ts';
import { idOf, onlyOne } from './address-book.ts';
import { exitOfAnswer, linesOfAnswer } from './answers.ts';
import { type ProposalFile, readProposal } from './read-proposal.ts';
import { type Store, withStore } from './store.ts';
import { writeResult } from './write-result.ts';

export const run: Run = async (call) => {
  const proposal = await readProposal(call.operands[0] ?? '-');
  return withStore(call, (store) => proposeIn(store, call, proposal));
};

async function proposeIn(store: Store, call: Call, file: ProposalFile): Promise<Report> {
  const as = call.text('as');
  const key = call.text('idempotency');
  const attempt = randomUUID();
  const proposed = await propose(store.cell, {
    by: as === null ? onlyOne(store.book, 'agent') : idOf(store.book, as),
    session: call.text('session') ?? 'terminal',
    ...file,
    idempotency: key === null ? null : { key, sent_at: Date.now() },
    claim: call.flag('claim') ? { attempt, target: call.text('target') } : null,
    met_obligations: null,
  });
  const { answer } = proposed;
  const written = await writeOut(call.text('out'), proposed, attempt);
  const spent = answer.kind === 'spent' ? { attempt } : {};
  return {
    exit: exitOfAnswer(answer),
    lines: [...linesOfAnswer(answer), ...written],
    json: { exit: exitOfAnswer(answer), answer, proven: proposed.proven, ...spent },
  };
}

/** A writ when it was allowed, a receipt when it was spent in the same breath, nothing otherwise. */
async function writeOut(
  path: string | null,
  { answer, proven, nonce }: Proposed,
  attempt: string,
): Promise<readonly Line[]> {
  if (path === null || proven === null) return [];
  const { head, proof } = proven;
  if (answer.kind === 'judged' && answer.expires_at !== null) {
    await writeResult(path, printWrit({ head, nonce, proof }), `writ writ ${answer.id} prints it again`);
    return [plain(`  the writ is in ${path}`)];
  }
  if (answer.kind !== 'spent') return [];
  const again = `writ commit ${answer.id} FILE --attempt ${attempt} gives it again`;
  await writeResult(path, printReceipt({ head, proof }), again);
  return [plain(`  the spend receipt is in ${path}`)];
}
