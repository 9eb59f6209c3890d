import { idOf, onlyOne } from '../client/address-book.ts';
import type { Run } from '../program/command.ts';
import { plain } from '../terminal/line.ts';
import { exitOfAnswer, linesOfAnswer } from './answers.ts';
import { readProposal } from './read-proposal.ts';
import { withDesk } from './with-desk.ts';
import { writeResult } from './write-result.ts';

export const run: Run = async (call) => {
  const [ticket = '', path = ''] = call.operands;
  const scene = path === '' ? null : (await readProposal(path)).scene;
  return withDesk(call, async (desk) => {
    const as = call.text('as');
    const proposer = as === null ? (await desk.ticketState(ticket))?.by : idOf(desk.book, as);
    const by = proposer ?? onlyOne(desk.book, 'agent');
    const { answer, proven, writ } = await desk.release({ by, ticket, scene });
    const exit = exitOfAnswer(answer);
    const out = call.text('out');
    const holds = out !== null && writ !== null && answer.kind === 'judged';
    if (holds) await writeResult(out, writ, `writ writ ${answer.id} prints it again`);
    return {
      exit,
      lines: [...linesOfAnswer(answer), ...(holds ? [plain(`  the writ is in ${out}`)] : [])],
      json: { exit, answer, proven },
    };
  });
};
