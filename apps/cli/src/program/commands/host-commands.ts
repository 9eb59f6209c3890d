import type { Command } from '../command.ts';
import { define, flag, list, text } from './define.ts';

/** The door before the tools of a host, and how it stands. */
export const HOST_COMMANDS: readonly Command[] = [
  define({
    name: 'install',
    operands: 'HOST',
    summary: 'put Writ before the calls of claude-code: shown first, and observing to begin with',
    details: [
      'What is missing in the cell is declared: tools, a policy, an agent and a door, each with a key.',
      'The settings of the host keep all that is in them; writ uninstall gives them back.',
    ],
    options: {
      yes: flag('ask nobody; what changes is shown all the same'),
      command: flag('hooks that start a small program, where a host cannot ask over HTTP'),
      managed: flag('the settings that only an administrator writes; with --command'),
      port: text('N', 'where the door listens on this machine; 8788 if not given, 0 for any that is free'),
      settings: text('FILE', 'the settings of the host; those of this user if not given'),
      'host-version': text('VERSION', 'of the host, where it is not found here'),
      env: list('NAME', 'a variable that every command is given, with the value of now'),
    },
    load: async () => (await import('../../hook/setup/install-command.ts')).run,
  }),
  define({
    name: 'uninstall',
    operands: 'HOST',
    summary: 'take the hooks of claude-code away again, and end the keys that they used',
    load: async () => (await import('../../hook/setup/uninstall-command.ts')).run,
  }),
  define({
    name: 'enforce',
    operands: '',
    summary: 'from now on the door of the host refuses what the policy refuses',
    load: async () => (await import('../../hook/mode-command.ts')).runEnforce,
  }),
  define({
    name: 'observe',
    operands: '',
    summary: 'from now on the door of the host only observes: final rules hold, the rest is recorded',
    load: async () => (await import('../../hook/mode-command.ts')).runObserve,
  }),
  define({
    name: 'pause',
    operands: 'TIME',
    summary: 'let the door of the host observe for a while: 15m; it ends by itself',
    load: async () => (await import('../../hook/mode-command.ts')).runPause,
  }),
  define({
    name: 'exec',
    operands: 'ID',
    summary: 'run what was permitted under an id, once; hosts start this in the place of a command',
    load: async () => (await import('../../hook/exec-command.ts')).run,
  }),
  define({
    name: 'hook-door',
    operands: '',
    summary: 'answers the hooks of a host, for what hosts start',
    hidden: true,
    stays: true,
    load: async () => (await import('../../hook/door/hook-door-command.ts')).run,
  }),
];
