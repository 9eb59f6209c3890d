import process from 'node:process';
import { submit } from '@writ/cell';
import { printJson } from '@writ/proof';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { idOf, onlyOne } from './address-book.ts';
import { exitOfAnswer, linesOfAnswer } from './answers.ts';
import { askPerson, type PersonsTerminal } from './ask-person.ts';
import { linesOfTicket, readTicket } from './read-ticket.ts';
import { withStore } from './store.ts';

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
  return withStore(call, async ({ cell, book }) => {
    const as = call.text('as');
    const by = as === null ? onlyOne(book, 'human') : idOf(book, as);
    const ticket = await readTicket(cell, call.operands[0] ?? '');
    const { id, binding } = ticket;
    // The answer is bound to exactly what was shown: another text has another binding.
    const proof_of_person = await askPerson(personsTerminal(), {
      shown: linesOfTicket(ticket, null),
      word: binding.slice(-WORD_CHARACTERS),
      unattended: call.flag('unattended'),
    });
    const sealed = printJson({ note });
    const answered = await submit(cell, { kind, by, ticket: id, binding, proof_of_person, sealed });
    const exit = exitOfAnswer(answered.answer);
    return {
      exit,
      lines: linesOfAnswer(answered.answer),
      json: { exit, answer: answered.answer, proven: answered.proven, proof_of_person },
    };
  });
}
