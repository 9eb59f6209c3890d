import { release } from '@writ/cell';
import { encodeBase64url, printWrit } from '@writ/proof';
import type { Run } from '../program/command.ts';
import { plain } from '../terminal/line.ts';
import { idOf, onlyOne } from './address-book.ts';
import { exitOfAnswer, linesOfAnswer } from './answers.ts';
import { readProposal } from './read-proposal.ts';
import { withStore } from './store.ts';
import { writeResult } from './write-result.ts';

export const run: Run = async (call) => {
  const [ticket = '', path = ''] = call.operands;
  const scene = path === '' ? null : (await readProposal(path)).scene;
  return withStore(call, async ({ cell, book }) => {
    const as = call.text('as');
    const open = cell.running.state().tickets.get(ticket);
    const by = as === null ? (open?.by ?? onlyOne(book, 'agent')) : idOf(book, as);
    const { answer, proven } = await release(cell, { by, ticket, scene, claim: null });
    const out = call.text('out');
    const exit = exitOfAnswer(answer);
    const holds = out !== null && proven !== null && answer.kind === 'judged' && answer.expires_at !== null;
    if (holds) {
      const ns = cell.running.state().principals.get(by)?.ns ?? book.ns;
      const nonce = encodeBase64url(cell.hashes(ns).nonce(answer.id));
      const writ = printWrit({ head: proven.head, nonce, proof: proven.proof });
      await writeResult(out, writ, `writ writ ${answer.id} prints it again`);
    }
    return {
      exit,
      lines: [...linesOfAnswer(answer), ...(holds ? [plain(`  the writ is in ${out}`)] : [])],
      json: { exit, answer, proven },
    };
  });
};
