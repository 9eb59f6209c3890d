import { EFFECTS } from '@writ/contract';
import { idOf, onlyOne } from '../client/address-book.ts';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { personsTerminal } from './answer-command.ts';
import { adviceOnProof, exitOfAnswer, linesOfAnswer } from './answers.ts';
import { askPerson } from './ask-person.ts';
import type { Desk, NamedScope } from './desk.ts';
import { oneOf } from '../program/read-words.ts';
import { withDesk } from './with-desk.ts';

const SCOPES = ['all', 'namespace', 'session', 'principal', 'effect'] as const;

export const runFreeze: Run = (call) => change(call, 'freeze');
export const runThaw: Run = (call) => change(call, 'thaw');

function change(call: Call, kind: 'freeze' | 'thaw'): Promise<Report> {
  const word = oneOf(SCOPES, call.operands[0] ?? 'all', 'what is frozen');
  const named = word === 'session' || word === 'principal' || word === 'effect';
  if (named !== (call.operands[1] !== undefined)) {
    throw new CliFailure('USAGE', named ? `${word} wants a name` : `${word} takes no name`);
  }
  return withDesk(call, async (desk) => {
    const scope = scopeOf(desk, word, call.operands[1] ?? '', call.text('of'));
    const { answer, proven } =
      kind === 'freeze' ? await desk.freeze(scope) : await desk.thaw(scope, await confirm(call, word));
    const exit = exitOfAnswer(answer);
    const lines = [...linesOfAnswer(answer), ...adviceOnProof(desk, answer)];
    return { exit, lines, json: { exit, answer, proven } };
  });
}

/** Freezing is one word. Thawing is for a person. */
function confirm(call: Call, word: string): ReturnType<typeof askPerson> {
  const shown = ['what was refused because of this freeze can be permitted again'];
  return askPerson(personsTerminal(), { shown, word: `thaw ${word}`, unattended: call.flag('unattended') });
}

function scopeOf(
  { book }: Pick<Desk, 'book'>,
  scope: (typeof SCOPES)[number],
  name: string,
  of: string | null,
): NamedScope {
  switch (scope) {
    case 'all':
    case 'namespace':
      return { scope };
    case 'session': {
      const principal = of === null ? onlyOne(book, 'agent', '--of') : idOf(book, of);
      return { scope, principal, session: name };
    }
    case 'principal':
      return { scope, principal: idOf(book, name) };
    case 'effect':
      return { scope, effect: oneOf(EFFECTS, name, 'an effect') };
    default:
      return scope satisfies never;
  }
}
