import { sessionOf, submit } from '@writ/cell';
import { EFFECTS, type FreezeScope } from '@writ/contract';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { idOf, onlyOne } from './address-book.ts';
import { personsTerminal } from './answer-command.ts';
import { exitOfAnswer, linesOfAnswer } from './answers.ts';
import { askPerson } from './ask-person.ts';
import { oneOf } from './outcome-command.ts';
import { type Store, withStore } from './store.ts';

const SCOPES = ['all', 'namespace', 'session', 'principal', 'effect'] as const;

export const runFreeze: Run = (call) => change(call, 'freeze');
export const runThaw: Run = (call) => change(call, 'thaw');

function change(call: Call, kind: 'freeze' | 'thaw'): Promise<Report> {
  const word = oneOf(SCOPES, call.operands[0] ?? 'all', 'what is frozen');
  const named = word === 'session' || word === 'principal' || word === 'effect';
  if (named !== (call.operands[1] !== undefined)) {
    throw new CliFailure('USAGE', named ? `${word} wants a name` : `${word} takes no name`);
  }
  return withStore(call, async (store) => {
    const { cell } = store;
    const scope = scopeOf(store, word, call.operands[1] ?? '', call.text('of'));
    const by = cell.settings.operator;
    const id = cell.mint.id(kind === 'freeze' ? 'frz' : 'thw');
    const command =
      kind === 'freeze'
        ? ({ kind, id, by, scope } as const)
        : ({ kind, id, by, scope, proof_of_person: await confirm(call, word) } as const);
    const { answer, proven } = await submit(cell, command);
    const exit = exitOfAnswer(answer);
    return { exit, lines: linesOfAnswer(answer), json: { exit, answer, proven } };
  });
}

/** Freezing is one word. Thawing is for a person. */
function confirm(call: Call, word: string): ReturnType<typeof askPerson> {
  const shown = ['what was refused because of this freeze can be permitted again'];
  return askPerson(personsTerminal(), { shown, word: `thaw ${word}`, unattended: call.flag('unattended') });
}

function scopeOf(
  { cell, book }: Store,
  scope: (typeof SCOPES)[number],
  name: string,
  of: string | null,
): FreezeScope {
  const { ns } = book;
  switch (scope) {
    case 'all':
      return { scope };
    case 'namespace':
      return { scope, ns };
    case 'session':
      return {
        scope,
        ns,
        session: sessionOf(cell, of === null ? onlyOne(book, 'agent', '--of') : idOf(book, of), name),
      };
    case 'principal':
      return { scope, principal: idOf(book, name) };
    case 'effect':
      return { scope, ns, effect: oneOf(EFFECTS, name, 'an effect') };
    default:
      return scope satisfies never;
  }
}
