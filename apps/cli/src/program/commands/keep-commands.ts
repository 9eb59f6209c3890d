import type { Command } from '../command.ts';
import { define, flag, text } from './define.ts';

/** What keeps a store whole. */
export const KEEP_COMMANDS: readonly Command[] = [
  define({
    name: 'backup',
    operands: 'DIR',
    summary: 'copy the store, without its keys, into an empty directory',
    load: async () => (await import('../../local/drills/backup-command.ts')).run,
  }),
  define({
    name: 'restore',
    operands: 'DIR',
    summary: 'begin a new log from a backup, where no store is',
    details: ['The keys must be here. Everything that was open is void, and the cell starts frozen.'],
    options: { key: text('VKEY', "the verifier key of the backup's log, where it is not known yet") },
    load: async () => (await import('../../local/drills/restore-command.ts')).run,
  }),
  define({
    name: 'recover',
    operands: '',
    summary: 'begin a new log from what can be verified of a damaged store',
    details: [
      'The old store stays beside the new one. Everything that was open is void, and the cell starts frozen.',
    ],
    options: { to: text('N', 'keep at most so many records') },
    load: async () => (await import('../../local/drills/recover-command.ts')).run,
  }),
  define({
    name: 'clock accept',
    operands: '',
    summary: 'believe the clock of this machine, however far it is after the last record',
    details: ['Look at it first: time never goes back, and what waits may expire. It is recorded.'],
    load: async () => (await import('../../local/clock-accept-command.ts')).run,
  }),
  define({
    name: 'doctor',
    operands: '',
    summary: 'try to get round Writ from where an agent stands, and say how high its wall is',
    details: [
      'It reads a byte of what it can open and throws it away, writes nothing, and never opens the store.',
      'Exit code 0: the claimed wall stands. 1: the wall is lower. 2: not everything was measured.',
    ],
    options: {
      attack: flag('do it; nothing is changed'),
      key: text('FILE', "an agent's access key, to try what it must not do"),
      port: text('N', 'where the cell listens; 8787 if not given'),
      trust: text('FILE', 'whom clients trust; what this client has pinned if not given'),
      claimed: text('WALL', 'the wall that has to stand, 0 to 4; what the cell has recorded if it tells'),
    },
    load: async () => (await import('../../local/doctor-command.ts')).run,
  }),
  define({
    name: 'status',
    operands: '',
    summary: 'show the log, what is open and what is frozen',
    load: async () => (await import('../../desk/status-command.ts')).run,
  }),
  define({
    name: 'completion',
    operands: 'SHELL',
    summary: 'print what completes the words of writ in a shell: bash, zsh or fish',
    load: async () => (await import('../../completion/completion-command.ts')).run,
  }),
];
