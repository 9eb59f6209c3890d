import type { Command } from '../command.ts';
import { AS, define, flag, text } from './define.ts';

const OF = text('NAME', 'whose session it is; the only agent if not given');
const PERSON =
  'It asks at the terminal. --unattended asks nobody and counts as the weakest proof of a person.';
const ANSWER = {
  as: AS,
  note: text('TEXT', 'why; it is sealed'),
  unattended: flag('nobody is there; the cell will say whether that is enough'),
};

/** What people answer and stop. */
export const PERSON_COMMANDS: readonly Command[] = [
  define({
    name: 'tickets',
    operands: '',
    summary: 'show what waits for a person',
    load: async () => (await import('../../desk/tickets-command.ts')).run,
  }),
  define({
    name: 'approve',
    operands: 'TICKET',
    summary: 'approve exactly what the ticket shows',
    details: [PERSON],
    options: ANSWER,
    load: async () => (await import('../../desk/answer-command.ts')).runApprove,
  }),
  define({
    name: 'deny',
    operands: 'TICKET',
    summary: 'deny what the ticket asks for',
    details: [PERSON],
    options: ANSWER,
    load: async () => (await import('../../desk/answer-command.ts')).runDeny,
  }),
  define({
    name: 'release',
    operands: 'TICKET [FILE]',
    summary: 'turn an approved ticket into a writ, once; everything is judged again',
    details: ['FILE is the proposal again: its scene is compared with the one that was approved.'],
    options: { as: AS, out: text('FILE', 'where to put the writ') },
    load: async () => (await import('../../desk/release-command.ts')).run,
  }),
  define({
    name: 'freeze',
    operands: '[SCOPE] [NAME]',
    summary: 'refuse everything from now on; or a namespace, session, principal or effect',
    options: { of: OF },
    load: async () => (await import('../../desk/freeze-command.ts')).runFreeze,
  }),
  define({
    name: 'thaw',
    operands: '[SCOPE] [NAME]',
    summary: 'end a freeze; this takes a person',
    details: [PERSON],
    options: { of: OF, unattended: flag('nobody is there; the cell will say whether that is enough') },
    load: async () => (await import('../../desk/freeze-command.ts')).runThaw,
  }),
];
