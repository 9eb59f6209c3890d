import process from 'node:process';
import { idOf, onlyOne } from '../client/address-book.ts';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { adviceOnProof, exitOfAnswer, linesOfAnswer } from './answers.ts';
import { askPerson, type PersonsTerminal } from './ask-person.ts';
import { linesOfTicket } from './ticket-lines.ts';
import { withDesk } from './with-desk.ts';

const NOTE_CHARACTERS_MAX = 4_096;
/** Enough of the binding that nobody types it without having looked. */
const WORD_CHARACTERS = 6;

export const runApprove: Run = (call) => answer(call, 'approve');
export const runDeny: Run = (call) => answer(call, 'deny');

export function personsTerminal(): PersonsTerminal {
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY;
  return { input: process.stdin, output: process.stderr, isTerminal };
}

function answer(call: Call, kind: 'approve' | 'deny'): Promise<Report> {
  const note = call.text('note') ?? '';
  if (note.length > NOTE_CHARACTERS_MAX) throw new CliFailure('USAGE', 'the note is too long');
  return withDesk(call, async (desk) => {
    const as = call.text('as');
    const by = as === null ? onlyOne(desk.book, 'human') : idOf(desk.book, as);
    const ticket = await desk.ticket(call.operands[0] ?? '', by);
    const { id, binding } = ticket;
    // The answer is bound to exactly what was shown: another text has another binding.
    const typed = await askPerson(personsTerminal(), {
      shown: linesOfTicket(ticket, null),
      word: binding.slice(-WORD_CHARACTERS),
      unattended: call.flag('unattended'),
    });
    const asked = { kind, by, ticket: id, binding, proof_of_person: typed, note };
    const { answer: answered, proven, proof_of_person } = await desk.answerTicket(asked);
    const exit = exitOfAnswer(answered);
    return {
      exit,
      lines: [...linesOfAnswer(answered), ...adviceOnProof(desk, answered)],
      json: { exit, answer: answered, proven, proof_of_person },
    };
  });
}
