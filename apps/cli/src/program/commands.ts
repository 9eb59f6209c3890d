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
    ...short,
  };
}

const AS = text('NAME', 'the principal that acts: a name or an id');
const PROPOSAL = 'FILE holds {"action", "scene", "understanding"} as JSON; - is standard input.';

/** All commands, in the order of help. */
export const COMMANDS: readonly Command[] = [
  define({
    name: 'init',
    operands: '',
    summary: 'make keys, store, a namespace and the person at this terminal',
    options: { name: text('NAME', 'names the cell in the origin of its log; local if not given') },
    load: async () => (await import('../local/init-command.ts')).run,
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
      'attested-by': text('WHO', 'runner, hook, agent or person; agent if not given'),
      unwrapped: flag('it did not run byte for byte as it was understood'),
      produced: list('DIGEST', 'SHA-256 of what was produced, base64url'),
      spent: list('UNIT=AMOUNT', 'what was really spent'),
      report: text('FILE', 'a JSON object; it is sealed'),
    },
    load: async () => (await import('../local/outcome-command.ts')).run,
  }),
  define({
    name: 'verify',
    operands: 'FILE',
    operands_max: 1_000,
    summary: 'check writs, spend receipts and exported logs, offline',
    details: [
      'Exit code 0: all are valid. 1: one is invalid, and the first bad record is named. 2: undecidable.',
      'Keys come from --trust, or from what this client has pinned; never from the file.',
    ],
    options: {
      trust: text('FILE', 'whom to trust; what this client has pinned if not given'),
      against: list('FILE', 'a signed checkpoint that was held before'),
      args: text('FILE', 'for a writ: it must be for exactly these arguments'),
      'require-complete': flag('a log whose completeness is unknown is undecidable'),
      'no-memory': flag('neither use nor change what this client remembers'),
    },
    load: async () => (await import('../verify/verify-command.ts')).run,
  }),
];
