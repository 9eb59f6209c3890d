import { randomUUID } from 'node:crypto';
import { isId, parseHead, parseWrit, WRIT_BYTES_MAX } from '@writ/proof';
import { idOf, onlyOne } from '../client/address-book.ts';
import { readInput } from '../files/read-input.ts';
import type { Run } from '../program/command.ts';
import { exitOfAnswer, linesOfAnswer } from './answers.ts';
import { readProposal } from './read-proposal.ts';
import { withDesk } from './with-desk.ts';
import { writeReceipt } from './write-result.ts';

type Subject = {
  readonly id: string;
  readonly writ: string | null;
  readonly executor: string | null;
};

/** The action that is spent, by its id or by its writ, and the executor that the writ names. */
async function readSubject(text: string): Promise<Subject> {
  if (isId(text)) return { id: text, writ: null, executor: null };
  const bytes = await readInput(text, WRIT_BYTES_MAX);
  const head = parseHead(new TextEncoder().encode(parseWrit(bytes).head));
  const executor = 'executor' in head ? head.executor : null;
  return { id: head.id, writ: new TextDecoder().decode(bytes), executor };
}

export const run: Run = async (call) => {
  const [subject = '', path = '-'] = call.operands;
  const { id, writ, executor } = await readSubject(subject);
  const { action, scene } = await readProposal(path);
  // The attempt lives as long as the process that acts: without one, every call is another attempt.
  const attempt = call.text('attempt') ?? randomUUID();
  return withDesk(call, async (desk) => {
    const as = call.text('as');
    const named = executor ?? (as === null ? await desk.executorOf(id) : null);
    const { answer, proven } = await desk.commit({
      by: as === null ? (named ?? onlyOne(desk.book, 'agent')) : idOf(desk.book, as),
      id,
      writ,
      attempt,
      target: call.text('target'),
      tool: action.tool,
      args: action.args,
      scene,
    });
    const exit = exitOfAnswer(answer);
    const out = call.text('out');
    const again = `the same commit with --attempt ${attempt} gives it again`;
    const written =
      out !== null && proven !== null && exit === 0 ? await writeReceipt(out, proven, again) : [];
    return {
      exit,
      lines: [...linesOfAnswer(answer), ...written],
      json: { exit, answer, proven, attempt },
    };
  });
};
