import type { Command } from '../command.ts';
import { define, list, text } from './define.ts';

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
    name: 'demo',
    operands: '',
    summary: 'show the heart at work in a throw-away directory',
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
