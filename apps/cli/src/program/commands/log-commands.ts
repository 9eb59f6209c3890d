import type { Command } from '../command.ts';
import { define, flag, list, text } from './define.ts';

/** The log, and what verifies without a cell. */
export const LOG_COMMANDS: readonly Command[] = [
  define({
    name: 'log show',
    operands: '',
    summary: 'show the heads of records, the newest if --from is not given',
    options: { from: text('N', 'the first record'), limit: text('M', 'how many, 20 if not given') },
    load: async () => (await import('../../desk/log-show-command.ts')).run,
  }),
  define({
    name: 'log tail',
    operands: '',
    summary: 'show the last records, and new ones as they become durable, until Ctrl-C',
    details: [
      'Each batch is computed into the tree that this client remembers, and shown when a checkpoint fits.',
      'Without a served cell it shows what is there and ends: nobody can add to a store that it holds.',
    ],
    options: {
      from: text('N', 'the first record; ten before the newest if not given'),
      count: text('M', 'end after so many'),
      once: flag('end when there is no more'),
      lines: flag('one JSON object a record: index and head'),
    },
    load: async () => (await import('../../desk/log/tail-command.ts')).run,
  }),
  define({
    name: 'log export',
    operands: 'FILE',
    summary: 'write the whole log to a file that anyone can verify',
    details: [
      'While a cell is served, each batch is proven as it comes; the file is the same, without state parts.',
    ],
    options: { state: flag('with the state parts; from the store itself') },
    load: async () => (await import('../../desk/log/export-command.ts')).run,
  }),
  define({
    name: 'log checkpoint',
    operands: '',
    summary: 'print the newest signed checkpoint, to be kept elsewhere',
    load: async () => (await import('../../desk/log-checkpoint-command.ts')).run,
  }),
  define({
    name: 'log judge',
    operands: '',
    summary: 'judge what is recorded again, by the engine that decided it, and compare',
    details: [
      'Exit code 0: everything comes out the same. 1: something does not, and the first is named.',
      '2: none differs, and some cannot be judged any more: erased, or their engine or policy is not there.',
      'With --understand what each action means is derived again too, from its original, and compared.',
    ],
    options: {
      from: text('N', 'the first record'),
      limit: text('M', 'how many records, all if not given'),
      understand: flag('from the originals too, not only from what was understood of them'),
    },
    load: async () => (await import('../../local/log-judge-command.ts')).run,
  }),
  define({
    name: 'writ',
    operands: 'ACTION',
    summary: 'print the writ of an action again',
    options: { index: text('N', 'the record that permitted it, if it is long ago') },
    load: async () => (await import('../../local/writ-command.ts')).run,
  }),
  define({
    name: 'receipt',
    operands: 'RECORD',
    summary: 'make one HTML file of a record, which verifies itself in any browser, offline',
    details: [
      'RECORD is an index, or the id of an action: then its commit, else the last verdict on it.',
      'Whoever has the nonce can test guesses of the arguments: it is left out unless it is asked for.',
    ],
    options: {
      args: text('FILE', 'show these arguments, which the record must be about; includes the nonce'),
      nonce: flag('let readers compare arguments that they bring'),
      out: text('FILE', 'where to put the page; standard output if not given'),
    },
    load: async () => (await import('../../local/receipt-command.ts')).run,
  }),
  define({
    name: 'verify',
    operands: 'FILE',
    operands_max: 1_000,
    summary: 'check writs, spend receipts, pages and exported logs, offline; and ledgers of Lexecon',
    details: [
      'Exit code 0: all are valid. 1: one is invalid, and the first bad record is named. 2: undecidable.',
      'Keys come from --trust, or from what this client has pinned; never from the file.',
      'A ledger of Lexecon is verified with --public-key; without it the signatures are undecidable.',
    ],
    options: {
      trust: text('FILE', 'whom to trust; what this client has pinned if not given'),
      against: list('FILE', 'a signed checkpoint that was held before'),
      args: text('FILE', 'for a writ or a page: it must be for exactly these arguments'),
      'require-complete': flag('a log whose completeness is unknown is undecidable'),
      'no-memory': flag('neither use nor change what this client remembers'),
      lexecon: flag('the files are ledgers of Lexecon, even where they do not look like it any more'),
      'public-key': text('PEM', 'for a ledger of Lexecon: the public key of its writer'),
      held: text(
        'COUNT[:HASH]',
        'for a ledger of Lexecon: how many records it had, and the hash of the last',
      ),
    },
    load: async () => (await import('../../verify/verify-command.ts')).run,
  }),
  define({
    name: 'trust show',
    operands: '',
    summary: 'print the trust file of this client: public keys, for those who verify elsewhere',
    load: async () => (await import('../../client/trust-show-command.ts')).run,
  }),
  define({
    name: 'trust accept',
    operands: 'ORIGIN',
    summary: 'follow the log that a recovery began in the place of the one before',
    load: async () => (await import('../../local/trust-accept-command.ts')).run,
  }),
];
