import { CODES, type Code } from '@writ/contract';
import type { ExitCode } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { bad, faint, good, type Line, plain, warn } from '../terminal/line.ts';
import { printTime } from '../terminal/print-time.ts';
import type { Desk } from './desk.ts';
import type { ShownAnswer } from './shown.ts';

type Answered = { readonly answer: ShownAnswer };
type Done = Extract<ShownAnswer, { readonly kind: 'done' }>;

/** For governing: anything but done is a failure with the cell's own code. */
export function mustBeDone({ answer }: Answered): Done {
  if (answer.kind === 'done') return answer;
  const code = answer.kind === 'refused' ? answer.code : 'INTERNAL';
  throw new CliFailure(code, CODES[code].operator, exitOf(code));
}

/** What the machine cannot do now is open; every other refusal is an answer. */
function exitOf(code: Code): ExitCode {
  if (code === 'ALLOWED') return 0;
  return CODES[code].status >= 500 ? 2 : 1;
}

export function exitOfAnswer(answer: ShownAnswer): ExitCode {
  switch (answer.kind) {
    case 'judged':
      return answer.verdict === 'ALLOW' ? 0 : 1;
    case 'spent':
    case 'done':
      return 0;
    case 'repeat':
    case 'refused':
      return exitOf(answer.code);
    default:
      return answer satisfies never;
  }
}

/** Over HTTP a key is all that a person shows. */
export function adviceOnProof({ way }: Pick<Desk, 'way'>, answer: ShownAnswer): readonly Line[] {
  if (way === 'store' || answer.kind !== 'refused' || answer.code !== 'PROOF_OF_PERSON_TOO_WEAK') return [];
  return [plain('  a key shows no person: stop the server, answer at this terminal, start it again')];
}

/** The operator's view of an answer. */
export function linesOfAnswer(answer: ShownAnswer): readonly Line[] {
  switch (answer.kind) {
    case 'judged':
      return linesOfJudged(answer);
    case 'spent':
      return [
        good(`spent: ${answer.id}, record ${answer.index}`),
        plain(`  the receipt holds until ${printTime(answer.expires_at)}`),
        ...obligations(answer.obligations),
      ];
    case 'repeat':
      return [warn(`as before: ${answer.code}, ${CODES[answer.code].operator}${recordOf(answer.index)}`)];
    case 'refused':
      return [
        bad(`refused: ${answer.code}, ${CODES[answer.code].operator}${recordOf(answer.index)}`),
        ...answer.drift.map(({ kind, id }) => plain(`  drifted: ${kind} ${id}`)),
        ...answer.reasons.map(({ code }) => plain(`  because: ${code}, ${CODES[code].operator}`)),
      ];
    case 'done':
      return [good(`done: ${answer.id}, record ${answer.index}`)];
    default:
      return answer satisfies never;
  }
}

function linesOfJudged(answer: Extract<ShownAnswer, { readonly kind: 'judged' }>): readonly Line[] {
  const { verdict, code, id, index, expires_at, ticket } = answer;
  const text = `${verdict}: ${code}, ${CODES[code].operator}`;
  const lines: Line[] = [verdict === 'ALLOW' ? good(text) : verdict === 'BLOCK' ? bad(text) : warn(text)];
  lines.push(plain(`  action ${id}, record ${index}`));
  if (expires_at !== null) lines.push(plain(`  a writ until ${printTime(expires_at)}`));
  if (verdict === 'ALLOW' && expires_at === null) lines.push(plain('  observed only: no writ is issued'));
  for (const reason of answer.reasons) {
    const { lift: how, lifted: by } = reason;
    const rule = (reason.rule ?? null) === null ? '' : `, rule ${reason.rule}`;
    const lift = (how ?? null) === null ? '' : `, needs ${how?.needs} from ${how?.quorum}`;
    const lifted = (by ?? null) === null ? '' : ', lifted';
    lines.push(
      faint(
        `  gate ${reason.gate}: ${reason.verdict} ${reason.code}${rule} (${reason.class}${lift}${lifted})`,
      ),
    );
  }
  if (ticket !== null) lines.push(plain(`  ticket ${ticket.id}: ${until(ticket.expires_at)}`));
  return [...lines, ...obligations(answer.obligations)];
}

function until(expires_at: number | null): string {
  return expires_at === null ? 'waits for a person' : `waits for a person until ${printTime(expires_at)}`;
}

function obligations(list: readonly string[]): readonly Line[] {
  return list.length === 0 ? [] : [plain(`  obliges to ${list.join(', ')}`)];
}

function recordOf(index: number | null): string {
  return index === null ? '' : ` (record ${index})`;
}
