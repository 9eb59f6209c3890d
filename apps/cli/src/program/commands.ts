import type { Command, Option } from './command.ts';

const text = (value: string, help: string): Option => ({ kind: 'text', value, help });
const list = (value: string, help: string): Option => ({ kind: 'list', value, help });
const flag = (help: string): Option => ({ kind: 'flag', value: '', help });

type Short = Pick<Command, 'name' | 'operands' | 'summary' | 'load'> & Partial<Command>;

function define(short: Short): Command {
  const words = short.operands.split(' ').filter((word) => word !== '');
  return {
    operands_min: words.filter((word) => !word.startsWith('[')).length,
    operands_max: words.length,
    details: [],
    options: {},
    hidden: false,
    stays: false,
    ...short,
  };
}

const AS = text('NAME', 'the principal that acts: a name or an id');
const OF = text('NAME', 'whose session it is; the only agent if not given');
const PROPOSAL = 'FILE holds {"action", "scene", "understanding"} as JSON; - is standard input.';

const PERSON =
  'It asks at the terminal. --unattended asks nobody and counts as the weakest proof of a person.';
const ANSWER = {
  as: AS,
  note: text('TEXT', 'why; it is sealed'),
  unattended: flag('nobody is there; the cell will say whether that is enough'),
};

/** All commands, in the order of help. */
export const COMMANDS: readonly Command[] = [
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
    load: async () => (await import('../local/init-command.ts')).run,
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
    load: async () => (await import('../local/serve-command.ts')).run,
  }),
  define({
    name: 'demo',
    operands: '',
    summary: 'show the heart at work in a throw-away directory',
    load: async () => (await import('../local/demo/demo-command.ts')).run,
  }),
  define({
    name: 'demo-load',
    operands: '',
    summary: 'proposes without end, for the demonstration to kill',
    hidden: true,
    stays: true,
    load: async () => (await import('../local/demo/load-command.ts')).run,
  }),
  define({
    name: 'tool add',
    operands: 'FILE',
    summary: 'declare a tool: its name, its arguments as JSON Schema, its effects',
    load: async () => (await import('../local/tool-add-command.ts')).run,
  }),
  define({
    name: 'policy set',
    operands: 'FILE',
    summary: 'check a policy and put it in force',
    load: async () => (await import('../local/policy-set-command.ts')).run,
  }),
  define({
    name: 'principal add',
    operands: 'KIND [NAME]',
    summary: 'register an agent, an executor or a human',
    details: ['A profile is a JSON object whose members replace those of the narrow profile of the kind.'],
    options: { profile: text('FILE', 'members of the profile to replace') },
    load: async () => (await import('../local/principal-add-command.ts')).run,
  }),
  define({
    name: 'principal list',
    operands: '',
    summary: 'show who is registered',
    load: async () => (await import('../local/principal-list-command.ts')).run,
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
    },
    load: async () => (await import('../local/keys/key-add-command.ts')).run,
  }),
  define({
    name: 'key list',
    operands: 'PRINCIPAL',
    summary: 'show the keys of a principal that are good, and until when',
    load: async () => (await import('../local/keys/key-list-command.ts')).run,
  }),
  define({
    name: 'key end',
    operands: 'ID',
    summary: 'end a key, at once or soon',
    options: { in: text('TIME', 'when: 30m, 1h, 7d; at once if not given') },
    load: async () => (await import('../local/keys/key-end-command.ts')).run,
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
    load: async () => (await import('../local/propose-command.ts')).run,
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
    load: async () => (await import('../local/commit-command.ts')).run,
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
    load: async () => (await import('../local/outcome-command.ts')).run,
  }),
  define({
    name: 'tickets',
    operands: '',
    summary: 'show what waits for a person',
    load: async () => (await import('../local/tickets-command.ts')).run,
  }),
  define({
    name: 'approve',
    operands: 'TICKET',
    summary: 'approve exactly what the ticket shows',
    details: [PERSON],
    options: ANSWER,
    load: async () => (await import('../local/answer-command.ts')).runApprove,
  }),
  define({
    name: 'deny',
    operands: 'TICKET',
    summary: 'deny what the ticket asks for',
    details: [PERSON],
    options: ANSWER,
    load: async () => (await import('../local/answer-command.ts')).runDeny,
  }),
  define({
    name: 'release',
    operands: 'TICKET [FILE]',
    summary: 'turn an approved ticket into a writ, once; everything is judged again',
    details: ['FILE is the proposal again: its scene is compared with the one that was approved.'],
    options: { as: AS, out: text('FILE', 'where to put the writ') },
    load: async () => (await import('../local/release-command.ts')).run,
  }),
  define({
    name: 'freeze',
    operands: '[SCOPE] [NAME]',
    summary: 'refuse everything from now on; or a namespace, session, principal or effect',
    options: { of: OF },
    load: async () => (await import('../local/freeze-command.ts')).runFreeze,
  }),
  define({
    name: 'thaw',
    operands: '[SCOPE] [NAME]',
    summary: 'end a freeze; this takes a person',
    details: [PERSON],
    options: { of: OF, unattended: flag('nobody is there; the cell will say whether that is enough') },
    load: async () => (await import('../local/freeze-command.ts')).runThaw,
  }),
  define({
    name: 'log show',
    operands: '',
    summary: 'show the heads of records, the newest if --from is not given',
    options: { from: text('N', 'the first record'), limit: text('M', 'how many, 20 if not given') },
    load: async () => (await import('../local/log-show-command.ts')).run,
  }),
  define({
    name: 'log export',
    operands: 'FILE',
    summary: 'write the whole log to a file that anyone can verify',
    options: { state: flag('with the state parts') },
    load: async () => (await import('../local/log-export-command.ts')).run,
  }),
  define({
    name: 'log checkpoint',
    operands: '',
    summary: 'print the newest signed checkpoint, to be kept elsewhere',
    load: async () => (await import('../local/log-checkpoint-command.ts')).run,
  }),
  define({
    name: 'log judge',
    operands: '',
    summary: 'judge what is recorded again, by the engine that decided it, and compare',
    details: [
      'Exit code 0: everything comes out the same. 1: something does not, and the first is named.',
      '2: none differs, and some cannot be judged any more: erased, or their engine or policy is not there.',
    ],
    options: { from: text('N', 'the first record'), limit: text('M', 'how many records, all if not given') },
    load: async () => (await import('../local/log-judge-command.ts')).run,
  }),
  define({
    name: 'writ',
    operands: 'ACTION',
    summary: 'print the writ of an action again',
    options: { index: text('N', 'the record that permitted it, if it is long ago') },
    load: async () => (await import('../local/writ-command.ts')).run,
  }),
  define({
    name: 'verify',
    operands: 'FILE',
    operands_max: 1_000,
    summary: 'check writs, spend receipts and exported logs, offline; and ledgers of Lexecon',
    details: [
      'Exit code 0: all are valid. 1: one is invalid, and the first bad record is named. 2: undecidable.',
      'Keys come from --trust, or from what this client has pinned; never from the file.',
      'A ledger of Lexecon is verified with --public-key; without it the signatures are undecidable.',
    ],
    options: {
      trust: text('FILE', 'whom to trust; what this client has pinned if not given'),
      against: list('FILE', 'a signed checkpoint that was held before'),
      args: text('FILE', 'for a writ: it must be for exactly these arguments'),
      'require-complete': flag('a log whose completeness is unknown is undecidable'),
      'no-memory': flag('neither use nor change what this client remembers'),
      lexecon: flag('the files are ledgers of Lexecon, even where they do not look like it any more'),
      'public-key': text('PEM', 'for a ledger of Lexecon: the public key of its writer'),
      held: text(
        'COUNT[:HASH]',
        'for a ledger of Lexecon: how many records it had, and the hash of the last',
      ),
    },
    load: async () => (await import('../verify/verify-command.ts')).run,
  }),
  define({
    name: 'trust show',
    operands: '',
    summary: 'print the trust file of this client: public keys, for those who verify elsewhere',
    load: async () => (await import('../client/trust-show-command.ts')).run,
  }),
  define({
    name: 'trust accept',
    operands: 'ORIGIN',
    summary: 'follow the log that a recovery began in the place of the one before',
    load: async () => (await import('../local/trust-accept-command.ts')).run,
  }),
  define({
    name: 'backup',
    operands: 'DIR',
    summary: 'copy the store, without its keys, into an empty directory',
    load: async () => (await import('../local/drills/backup-command.ts')).run,
  }),
  define({
    name: 'restore',
    operands: 'DIR',
    summary: 'begin a new log from a backup, where no store is',
    details: ['The keys must be here. Everything that was open is void, and the cell starts frozen.'],
    options: { key: text('VKEY', "the verifier key of the backup's log, where it is not known yet") },
    load: async () => (await import('../local/drills/restore-command.ts')).run,
  }),
  define({
    name: 'recover',
    operands: '',
    summary: 'begin a new log from what can be verified of a damaged store',
    details: [
      'The old store stays beside the new one. Everything that was open is void, and the cell starts frozen.',
    ],
    options: { to: text('N', 'keep at most so many records') },
    load: async () => (await import('../local/drills/recover-command.ts')).run,
  }),
  define({
    name: 'clock accept',
    operands: '',
    summary: 'believe the clock of this machine, however far it is after the last record',
    details: ['Look at it first: time never goes back, and what waits may expire. It is recorded.'],
    load: async () => (await import('../local/clock-accept-command.ts')).run,
  }),
  define({
    name: 'status',
    operands: '',
    summary: 'show the log, what is open and what is frozen',
    load: async () => (await import('../local/status-command.ts')).run,
  }),
];
