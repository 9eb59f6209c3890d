import { randomUUID } from 'node:crypto';
import { commit } from '@writ/cell';
import { isId, parseHead, parseWrit, printJson, printReceipt, WRIT_BYTES_MAX } from '@writ/proof';
import { readInput } from '../files/read-input.ts';
import type { Run } from '../program/command.ts';
import { plain } from '../terminal/line.ts';
import { idOf } from './address-book.ts';
import { exitOfAnswer, linesOfAnswer } from './answers.ts';
import { readProposal } from './read-proposal.ts';
import { withStore } from './store.ts';
import { writeResult } from './write-result.ts';

/** The action that is spent, by its id or by its writ, and the executor that the writ names. */
async function readSubject(text: string): Promise<{ readonly id: string; readonly executor: string | null }> {
  if (isId(text)) return { id: text, executor: null };
  const writ = parseWrit(await readInput(text, WRIT_BYTES_MAX));
  const head = parseHead(new TextEncoder().encode(writ.head));
  return { id: head.id, executor: 'executor' in head ? head.executor : null };
}

export const run: Run = async (call) => {
  const [subject = '', path = '-'] = call.operands;
  const { id, executor } = await readSubject(subject);
  const { action, scene } = await readProposal(path);
  // The attempt lives as long as the process that acts: without one, every call is another attempt.
  const attempt = call.text('attempt') ?? randomUUID();
  return withStore(call, async ({ cell, book }) => {
    const as = call.text('as');
    const state = cell.running.state();
    const known = state.permitted.get(id) ?? state.committed.get(id) ?? state.finished.get(id);
    const { answer, proven } = await commit(cell, {
      by: as === null ? (executor ?? known?.executor ?? cell.settings.operator) : idOf(book, as),
      id,
      attempt,
      target: call.text('target'),
      args_text: printJson(action.args),
      scene,
    });
    const out = call.text('out');
    const holds = out !== null && proven !== null && exitOfAnswer(answer) === 0;
    if (holds) {
      const receipt = printReceipt({ head: proven.head, proof: proven.proof });
      await writeResult(out, receipt, `the same commit with --attempt ${attempt} gives it again`);
    }
    return {
      exit: exitOfAnswer(answer),
      lines: [...linesOfAnswer(answer), ...(holds ? [plain(`  the spend receipt is in ${out}`)] : [])],
      json: { exit: exitOfAnswer(answer), answer, proven, attempt },
    };
  });
};
