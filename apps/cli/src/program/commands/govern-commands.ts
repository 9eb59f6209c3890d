import type { Command } from '../command.ts';
import { define, flag, list, text } from './define.ts';

/** What is declared to a cell: tools, rules, who acts, and with which keys. */
export const GOVERN_COMMANDS: readonly Command[] = [
  define({
    name: 'tool add',
    operands: 'FILE',
    summary: 'declare a tool: its name, its arguments as JSON Schema, its effects',
    options: {
      known: flag('FILE is the name of a tool of this release: shell.run, program.run, file.read…'),
    },
    load: async () => (await import('../../desk/tool-add-command.ts')).run,
  }),
  define({
    name: 'policy set',
    operands: 'FILE',
    summary: 'check a policy and put it in force',
    options: {
      packs: flag('it names packs: they are looked for beside it, then in this release'),
      narrow: list('FILE', 'a layer that narrows it, as .writ/policy.yaml of a repository does'),
      tool: list('FILE', 'with --packs or --narrow: a tool definition that it is checked against'),
    },
    load: async () => (await import('../../desk/policy-set-command.ts')).run,
  }),
  define({
    name: 'import lexecon-policy',
    operands: 'FILE',
    summary: 'turn a policy of Lexecon into one of Writ, and into the tool that it is about',
    details: ['What cannot be carried over as it was meant is refused, and what it misses is told.'],
    options: {
      policy: text('FILE', 'where to put the policy; standard output if neither is given'),
      tool: text('FILE', 'where to put the definition of shell.run'),
    },
    load: async () => (await import('../../lexecon/import-command.ts')).run,
  }),
  define({
    name: 'principal add',
    operands: 'KIND [NAME]',
    summary: 'register an agent, an executor or a human',
    details: ['A profile is a JSON object whose members replace those of the narrow profile of the kind.'],
    options: { profile: text('FILE', 'members of the profile to replace') },
    load: async () => (await import('../../desk/principal-add-command.ts')).run,
  }),
  define({
    name: 'principal list',
    operands: '',
    summary: 'show who is registered',
    load: async () => (await import('../../desk/principal-list-command.ts')).run,
  }),
  define({
    name: 'key add',
    operands: 'PRINCIPAL',
    summary: 'make an access key, with which a client speaks for a principal',
    details: [
      'The key goes into a new file for its owner alone, or without --out to the terminal, once.',
      'The cell keeps only its digest. To replace one, add the next, hand it over, and end the old one.',
    ],
    options: {
      scopes: text('A,B', 'what it may do, at most what the principal may; all of that if not given'),
      days: text('N', 'how long it is good, 90 if not given'),
      out: text('FILE', 'where to put the key; never over a file that is there'),
      keep: flag('keep it for this client, in the place of the one that it had'),
    },
    load: async () => (await import('../../desk/keys/key-add-command.ts')).run,
  }),
  define({
    name: 'key list',
    operands: 'PRINCIPAL',
    summary: 'show the keys of a principal that are good, and until when',
    load: async () => (await import('../../desk/keys/key-list-command.ts')).run,
  }),
  define({
    name: 'key end',
    operands: 'ID',
    summary: 'end a key, at once or soon',
    options: { in: text('TIME', 'when: 30m, 1h, 7d; at once if not given') },
    load: async () => (await import('../../desk/keys/key-end-command.ts')).run,
  }),
];
