import { CODES, isCode } from '@writ/contract';
import { isId, type JsonObject, printJson } from '@writ/proof';
import { idOf } from '../client/address-book.ts';
import type { Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { type Line, plain, warn } from '../terminal/line.ts';
import { printTime } from '../terminal/print-time.ts';
import { linesOfAnswer } from './answers.ts';
import type { ShownDecision } from './shown.ts';
import { withDesk } from './with-desk.ts';

/** Text of values beyond this is cut; `--json` has all of it. */
const SHOWN_CHARACTERS_MAX = 2_000;

/** Why an action was judged as it was, from its record. */
export const run: Run = (call) => {
  const [id = ''] = call.operands;
  if (!isId(id)) throw new CliFailure('USAGE', 'the id of an action is wanted');
  return withDesk(call, async (desk) => {
    const as = call.text('as');
    const decision = await desk.why(id, as === null ? null : idOf(desk.book, as));
    const { index, head, reasons, judged } = decision;
    const { verdict, code, kind } = head;
    return {
      exit: 0,
      lines: linesOf(decision),
      json: { exit: 0, id, index, kind, time: head.time, verdict, code, reasons, judged },
    };
  });
};

function linesOf({ index, head, reasons, judged }: ShownDecision): readonly Line[] {
  const { id, verdict, obligations, expires_at, time } = head;
  const code = isCode(head.code) ? head.code : 'INTERNAL';
  const answer = { kind: 'judged', index, id, verdict, code, obligations, expires_at, ticket: null } as const;
  const [first, action, ...more] = linesOfAnswer({ ...answer, reasons: [] });
  return [
    ...(first === undefined || action === undefined ? [] : [first, action]),
    plain(`  ${head.kind} of ${printTime(time)}`),
    ...more,
    ...(reasons ?? []).flatMap((reason) => [
      ...linesOfAnswer({ ...answer, expires_at: null, obligations: [], reasons: [reason] }).slice(2),
      plain(`          ${CODES[reason.code].agent}`),
    ]),
    ...(reasons === null ? [warn('  the reasons were erased')] : []),
    ...(judged === null ? [] : linesOfJudged(judged)),
  ];
}

/** One line for each member, as JSON: what is the agent's cannot pass for ours. */
function linesOfJudged(judged: JsonObject): readonly Line[] {
  return Object.entries(judged).map(([name, value]) => {
    const text = printJson(value);
    const cut = text.length > SHOWN_CHARACTERS_MAX ? ` (cut, ${text.length} characters in all)` : '';
    return plain(`  ${name.padEnd(13)} ${text.slice(0, SHOWN_CHARACTERS_MAX)}${cut}`);
  });
}
