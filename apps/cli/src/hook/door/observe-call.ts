import type { Scene } from '@writ/contract';
import { findProgram, type FoundProgram } from '../../run/find-program.ts';
import { observeFiles } from '../../scene/observe-files.ts';
import { observeShell } from '../../scene/observe-shell.ts';
import { CliFailure } from '../../program/failure.ts';
import type { MappedCall } from '../host/map-call.ts';
import type { DoorContext } from './context.ts';

const SHELL = 'bash';
/**
 * No file of anybody's is read before the text, and nothing of the environment is a function or an option.
 */
const SHELL_WORDS = ['--noprofile', '--norc', '-p', '-c'] as const;
/** Tools after which a file is another one. */
const CHANGING: ReadonlySet<string> = new Set(['file.write', 'file.edit']);

type Observing = Pick<DoorContext, 'place' | 'settings'>;

/** How a text is run: the words of the shell, and the text as its last. */
export function shellWords(command: string): readonly string[] {
  return [...SHELL_WORDS, command];
}

/** What this host is to a text for the shell. */
export function observeText(
  { place, settings: { environment } }: Observing,
  text: string,
  directory: string,
): Promise<Scene> {
  return observeShell({ text, directory, shell: SHELL, environment, place });
}

/** What this host is to a call that the host of the agent runs itself. */
export function observePaths(
  { place }: Observing,
  { tool, paths }: MappedCall,
  directory: string,
): Promise<Scene> {
  return observeFiles({ paths, directory, changes: CHANGING.has(tool), place });
}

export type Shell = { readonly program: FoundProgram; readonly digest: string };

/** The shell as the scene has it: what runs is the file that was observed, by what it held then. */
export async function findShell({ settings }: Observing, scene: Scene): Promise<Shell> {
  const program = await findProgram(SHELL, scene.directory, settings.environment['PATH']);
  const seen = scene.items.find(({ kind, name }) => kind === 'program' && name === program.real);
  if (seen !== undefined) return { program, digest: seen.digest };
  throw new CliFailure('PROGRAM_UNREADABLE', 'the shell cannot be read, so nobody knows what would run');
}
