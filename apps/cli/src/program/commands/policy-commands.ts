import type { Command, Option } from '../command.ts';
import { define, flag, list, text } from './define.ts';

const READING: Readonly<Record<string, Option>> = {
  tool: list('FILE', 'a tool definition: its arguments are checked; those of this release are known'),
  narrow: list('FILE', 'a layer that narrows the policy, as .writ/policy.yaml of a repository does'),
};

const PACKS = 'Packs that are named are looked for beside the policy, then in this release.';

/** Policies as texts: none of these but the last needs a cell. */
export const POLICY_COMMANDS: readonly Command[] = [
  define({
    name: 'policy lint',
    operands: 'FILE',
    summary: 'find what loads and is likely a mistake: never matches, allows everything, decides nothing',
    details: [PACKS, 'Exit code 0: no error. 1: an error, or the policy does not load.'],
    options: { ...READING, strict: flag('warnings are errors') },
    load: async () => (await import('../../policy/lint-command.ts')).run,
  }),
  define({
    name: 'policy test',
    operands: 'FILE',
    summary: 'run the examples of a policy, and show which rules decide each',
    details: [PACKS, 'Exit code 0: all hold. 1: one does not, or the policy does not load.'],
    options: { ...READING, quiet: flag('only the count') },
    load: async () => (await import('../../policy/test-command.ts')).run,
  }),
  define({
    name: 'policy explain',
    operands: 'FILE',
    summary: 'say a policy in plain words, or why it decides as it does about one action',
    details: [
      PACKS,
      'An action is written as an example is: {tool, args, effects, resources, findings, history…}.',
    ],
    options: {
      ...READING,
      rule: text('ID', 'this rule alone'),
      action: text('FILE', 'every rule for this action: which match, and why not the others'),
    },
    load: async () => (await import('../../policy/explain-command.ts')).run,
  }),
  define({
    name: 'policy diff',
    operands: 'BEFORE AFTER',
    summary: 'compare two policies: which rules changed, which way, and which verdicts on all examples',
    details: [
      PACKS,
      'Exit code 0: the same, or it only tightens. 1: it loosens. 2: cannot be read off the rules.',
    ],
    options: READING,
    load: async () => (await import('../../policy/diff-command.ts')).run,
  }),
  define({
    name: 'policy simulate',
    operands: 'FILE',
    summary:
      'judge what is recorded here under another policy, and show what would have been decided otherwise',
    details: [
      PACKS,
      'Exit code 0: nothing would have been looser. 1: something would. 2: some could not be judged again.',
    ],
    options: {
      ...READING,
      from: text('N', 'the first record'),
      limit: text('M', 'how many records, all if not given'),
      show: text('N', 'how many differences to show, 20 if not given'),
    },
    load: async () => (await import('../../local/policy-simulate-command.ts')).run,
  }),
];
