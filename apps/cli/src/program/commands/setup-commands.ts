import type { Command } from '../command.ts';
import { define, flag, list, text } from './define.ts';

/** What begins with a cell, and what keeps it open. */
export const SETUP_COMMANDS: readonly Command[] = [
  define({
    name: 'init',
    operands: '',
    summary: 'make keys, store, a namespace and the person at this terminal',
    details: [
      'Where a store is and this client has no setup, as after writ restore, it takes up what is there.',
    ],
    options: {
      name: text('NAME', 'names the cell in the origin of its log; local if not given'),
      namespace: text('ID', 'the one to take up, where the store has several'),
    },
    load: async () => (await import('../../local/init-command.ts')).run,
  }),
  define({
    name: 'history',
    operands: '',
    summary: 'judge what agents did on this machine before, from their transcripts: silent, asked, blocked',
    details: [
      'Needs no cell. It reads transcripts of Claude Code, and looks at this machine as it is now.',
      'Nothing is recorded, and nothing leaves this machine.',
    ],
    options: {
      policy: text('FILE', 'judge by this policy; policies/coding.yaml of this release if not given'),
      tool: list('FILE', 'a tool definition: with --policy, its arguments are checked'),
      narrow: list('FILE', 'a layer that narrows the policy'),
      since: text('DAYS', 'only the last days'),
      project: text('DIR', 'only sessions that began there or below'),
      show: text('N', 'how many of the worst to show, 20 if not given'),
    },
    load: async () => (await import('../../local/history/history-command.ts')).run,
  }),
  define({
    name: 'tune',
    operands: '[FILE]',
    summary: 'propose what to add to the lists of a policy, from what was asked about in transcripts',
    details: [
      'FILE is the policy of the namespace. Without it, one that stands on the pack coding and adds nothing.',
      'A proposal that lets one of the attacks of this release become ALLOW is dropped, and said so.',
      'Exit code 0: all there is to propose is shown. --apply puts it in force, as writ policy set would.',
    ],
    options: {
      tool: list('FILE', 'a tool definition: its arguments are checked'),
      narrow: list('FILE', 'a layer that narrows the policy'),
      since: text('DAYS', 'only the last days'),
      project: text('DIR', 'only sessions that began there or below'),
      least: text('N', 'how often something was asked about, 3 if not given'),
      out: text('NEW', 'write the new policy to this file'),
      apply: flag('put the new policy in force'),
    },
    load: async () => (await import('../../local/tune/tune-command.ts')).run,
  }),
  define({
    name: 'serve',
    operands: '',
    summary: 'open the cell and answer over HTTP, on loopback and on a socket, until it is told to stop',
    details: [
      'Beyond loopback it listens only with TLS: --tls-names, --tls-key and --tls-certificate go together.',
    ],
    options: {
      port: text('N', 'on both loopback addresses; 8787 if not given, 0 for any that is free'),
      'tls-address': text('ADDRESS', 'where to listen with TLS; all addresses if not given'),
      'tls-port': text('N', '8443 if not given'),
      'tls-names': list('NAME', 'a name that clients use; it is what Host must say'),
      'tls-key': text('FILE', 'PEM; for its owner alone'),
      'tls-certificate': text('FILE', 'PEM'),
    },
    stays: true,
    load: async () => (await import('../../local/serve-command.ts')).run,
  }),
  define({
    name: 'stage',
    operands: '',
    summary: 'show a cell, an agent and their log on a page, and let them be attacked there',
    details: [
      'All of it is in a throw-away directory. It opens nothing by itself: the address is printed.',
      'Where nobody could see a page (CI is set, and the output is no terminal) it does what --once does.',
    ],
    options: {
      port: text('N', 'on both loopback addresses; 8787 if not given, another one if that is taken'),
      once: flag('no page: the printed demonstration (writ demo), and its exit code'),
      'no-open': flag('what it does anyway: no browser is opened'),
    },
    load: async () => (await import('../../local/stage/stage-command.ts')).run,
  }),
  define({
    name: 'stage-cell',
    operands: '',
    summary: 'the cell of a stage, for the stage to start',
    hidden: true,
    stays: true,
    load: async () => (await import('../../local/stage/cell/stage-cell-command.ts')).run,
  }),
  define({
    name: 'init-keys',
    operands: '',
    summary: 'the same as init, in the words of Lexecon; keys that are there stay',
    load: async () => (await import('../../local/init-keys-command.ts')).run,
  }),
  define({
    name: 'demo',
    operands: '[PROGRAM] [ARGUMENT]…',
    operands_max: 65,
    summary: 'show the heart at work in a throw-away directory',
    details: [
      'With --lexecon one call of shell.run: `rm -rf ./important_data`, or PROGRAM. What is allowed runs.',
    ],
    options: {
      lexecon: flag('one call under an imported policy of Lexecon, told in its words'),
      keep: text('DIR', 'with --lexecon: a new directory for the exported log and the keys to verify it'),
    },
    load: async () => (await import('../../local/demo/demo-command.ts')).run,
  }),
  define({
    name: 'demo-load',
    operands: '',
    summary: 'proposes without end, for the demonstration to kill',
    hidden: true,
    stays: true,
    load: async () => (await import('../../local/demo/load-command.ts')).run,
  }),
];
