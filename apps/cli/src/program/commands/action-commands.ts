import type { Command } from '../command.ts';
import { AS, define, flag, list, PROPOSAL, text } from './define.ts';

/** The way of an action. */
export const ACTION_COMMANDS: readonly Command[] = [
  define({
    name: 'run',
    operands: '-- PROGRAM [ARGUMENT]…',
    operands_min: 1,
    operands_max: 4_097,
    summary: 'propose one call of a program as program.run, and run exactly that when it is allowed',
    details: [
      'No shell. The program gets PATH, HOME, LANG, TERM and what --env names; its exit code is passed on.',
      'Refused, or waiting for a person: exit code 1, and nothing ran. 127: there is no such program.',
      'The tool is declared by: writ tool add program.run --known.',
    ],
    options: {
      as: AS,
      session: text('NAME', 'the session it belongs to; terminal if not given'),
      why: text('TEXT', 'what it is for; it is sealed'),
      env: list('NAME', 'a variable that the program gets as well'),
      wait: flag('wait until a person has answered, then run'),
      ticket: text('ID', 'run what this ticket asks for, once it was approved'),
      capture: flag('record digests of what it writes to standard output and standard error'),
    },
    load: async () => (await import('../../run/run-command.ts')).run,
  }),
  define({
    name: 'undo',
    operands: '[ACTION]',
    summary: 'give back what an action changed, from the snapshot that was taken before it ran',
    details: [
      'Shows what it will change, and changes only what the action did; the newest without ACTION.',
      'It is an action itself, of the tool snapshot.restore, and can be undone as well.',
      'The tool is declared by: writ tool add snapshot.restore --known.',
    ],
    options: {
      as: AS,
      list: flag('list the snapshots that are kept, from the newest'),
      show: flag('only show what it would change'),
      force: flag('also what was changed again since, or by nobody knows whom'),
      session: text('NAME', 'the session it belongs to; terminal if not given'),
      why: text('TEXT', 'what it is for; it is sealed'),
      wait: flag('wait until a person has answered, then undo'),
      ticket: text('ID', 'undo what this ticket asks for, once it was approved'),
    },
    load: async () => (await import('../../undo/undo-command.ts')).run,
  }),
  define({
    name: 'why',
    operands: 'ACTION',
    summary: 'show why an action was judged as it was, from its record',
    details: ['On the store itself with what was judged; with --as, and on a served cell, without.'],
    options: { as: text('NAME', 'whose view: of an agent it has codes and their texts, and no rules') },
    load: async () => (await import('../../desk/why-command.ts')).run,
  }),
  define({
    name: 'explain',
    operands: 'FILE|ACTION',
    summary: 'show why an action would be answered so, or was: gates, meaning, rules, what would be allowed',
    details: [
      PROPOSAL,
      'Nothing is proposed. The log says that somebody asked, and a minute later how often.',
      'While a cell is served, it is asked by the key of the operator, or with --agent of the agent.',
    ],
    options: {
      as: AS,
      session: text('NAME', 'the session it would belong to; terminal if not given'),
      agent: flag("the agent's view: no rules, no approvers, no thresholds"),
    },
    load: async () => (await import('../../desk/explain-command.ts')).run,
  }),
  define({
    name: 'propose',
    operands: 'FILE',
    summary: 'propose an action: it is judged, recorded and answered with proof',
    details: [PROPOSAL, 'Exit code 0 only for ALLOW; a ticket or missing evidence is 1.'],
    options: {
      as: AS,
      session: text('NAME', 'the session it belongs to; terminal if not given'),
      claim: flag('spend the writ in the same step'),
      target: text('NAME', 'with --claim: where it will run'),
      idempotency: text('KEY', 'the same key within ten minutes is the same request'),
      out: text('FILE', 'where to put the writ, or with --claim the spend receipt'),
    },
    load: async () => (await import('../../desk/propose-command.ts')).run,
  }),
  define({
    name: 'commit',
    operands: 'WRIT FILE',
    summary: 'spend a writ, once, on exactly these arguments',
    details: ['WRIT is the file of the writ or the id of the action.', PROPOSAL],
    options: {
      as: AS,
      attempt: text('ID', 'the same attempt gets the same receipt again; a fresh one if not given'),
      target: text('NAME', 'where it will run'),
      out: text('FILE', 'where to put the spend receipt'),
    },
    load: async () => (await import('../../desk/commit-command.ts')).run,
  }),
  define({
    name: 'outcome',
    operands: 'ACTION STATUS',
    summary: 'record what a run did: succeeded, failed or unknown',
    options: {
      as: AS,
      unwrapped: flag('it did not run byte for byte as it was understood'),
      produced: list('DIGEST', 'SHA-256 of what was produced, base64url'),
      spent: list('UNIT=AMOUNT', 'what was really spent'),
      report: text('FILE', 'a JSON object; it is sealed'),
    },
    load: async () => (await import('../../desk/outcome-command.ts')).run,
  }),
];
