import { isDigest, isId, type JsonObject } from '@writ/proof';
import { idOf, onlyOne } from '../client/address-book.ts';
import type { Call, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { oneOf } from '../program/read-words.ts';
import { exitOfAnswer, linesOfAnswer } from './answers.ts';
import { readJsonObject } from './read-proposal.ts';
import { withDesk } from './with-desk.ts';

const STATUSES = ['succeeded', 'failed', 'unknown'] as const;
/** What a runner reports is sealed, and a sealed part has 48 KB. */
const REPORT_BYTES_MAX = 65_536;
const PRODUCED_MAX = 256;
const AMOUNT = /^([^=]{1,128})=(0|[1-9][0-9]{0,14})$/;

export const run: Run = async (call) => {
  const [id = '', status = ''] = call.operands;
  if (!isId(id)) throw new CliFailure('USAGE', 'the id of an action is wanted first');
  const request = {
    id,
    status: oneOf(STATUSES, status, 'a status'),
    unwrapped: call.flag('unwrapped'),
    produced: readProduced(call),
    spent: readSpent(call),
    report: await readReport(call.text('report')),
  };
  return withDesk(call, async (desk) => {
    const as = call.text('as');
    const executor = as === null ? await desk.executorOf(id) : idOf(desk.book, as);
    const by = executor ?? onlyOne(desk.book, 'agent');
    const { answer, proven } = await desk.outcome({ by, ...request });
    const exit = exitOfAnswer(answer);
    return { exit, lines: linesOfAnswer(answer), json: { exit, answer, proven } };
  });
};

function readProduced(call: Call): readonly string[] {
  const produced = call.list('produced');
  if (produced.length > PRODUCED_MAX || !produced.every(isDigest)) {
    throw new CliFailure('USAGE', `--produced is a SHA-256 in base64url, at most ${PRODUCED_MAX} times`);
  }
  return produced;
}

function readSpent(call: Call): readonly { readonly unit: string; readonly amount: number }[] {
  return call.list('spent').map((text) => {
    const [, unit, amount] = AMOUNT.exec(text) ?? [];
    if (unit === undefined) throw new CliFailure('USAGE', '--spent is UNIT=AMOUNT, a whole number');
    return { unit, amount: Number(amount) };
  });
}

async function readReport(path: string | null): Promise<JsonObject> {
  return path === null ? {} : readJsonObject(path, REPORT_BYTES_MAX);
}
