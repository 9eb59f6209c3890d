import type { Effect, Understanding } from '@writ/contract';

/** A call of `shell.run`: a program and its arguments, handed over one by one and to no shell. */
export type ShellCall = { readonly executable: string; readonly args: readonly string[] };

export const SHELL_TOOL = 'shell.run';

/** Programs that only read, whatever they are told, and what each reads at most. */
const READERS: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['cat', 'READ_REPO'],
  ['date', 'COMPUTE'],
  ['echo', 'COMPUTE'],
  ['grep', 'READ_REPO'],
  ['ls', 'READ_REPO'],
  ['pwd', 'COMPUTE'],
  ['whoami', 'COMPUTE'],
]);

/** What nobody has described is declared as such: it needs a person, or is refused to who may not have it. */
export const SHELL_EFFECTS: readonly Effect[] = ['COMPUTE', 'OTHER', 'READ_REPO'];

export function isReader(executable: string): boolean {
  return READERS.has(executable);
}

/** Half of what there is: nothing is known of it, and that is not nothing. */
const UNKNOWN_RISK = 500_000;
const READING_RISK = 1_000;

/** What a call means by its words alone. It looks at no file, so a link may lead elsewhere. */
export function understandCall({ executable, args }: ShellCall): Understanding {
  const effect = READERS.get(executable);
  // What has no name cannot be named.
  const resources = executable === '' ? [] : [{ kind: 'program', name: executable } as const];
  if (effect === undefined || !staysWithin(executable, args)) {
    const risk = UNKNOWN_RISK;
    return { effects: ['OTHER'], resources, findings: [], reversibility: 'unknown', risk, costs: [] };
  }
  const findings = effect === 'READ_REPO' ? [{ code: 'lexical_only', where: '/args' } as const] : [];
  const rest = { reversibility: 'nothing_to_undo', risk: READING_RISK, costs: [] } as const;
  return { effects: [effect], resources, findings, ...rest };
}

function staysWithin(executable: string, args: readonly string[]): boolean {
  switch (executable) {
    case 'date':
      // Every other argument may set the clock, or name a file.
      return args.every((argument) => argument.startsWith('+'));
    case 'cat':
    case 'grep':
    case 'ls':
      return !args.some(leadsOut);
    default:
      return true;
  }
}

function leadsOut(argument: string): boolean {
  const option = argument.startsWith('-') && argument.includes('/');
  return option || argument.startsWith('/') || argument.includes('..');
}
