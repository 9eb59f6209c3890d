import { stat } from 'node:fs/promises';
import type { Scene } from '@writ/contract';
import type { MappedCall } from '../hook/host/map-call.ts';
import type { Place } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { observeFiles } from '../scene/observe-files.ts';
import { observeShell } from '../scene/observe-shell.ts';
import type { PastCall } from './past-call.ts';

const SHELL = '/bin/bash';
const CHANGING: ReadonlySet<string> = new Set(['file.write', 'file.edit']);

export type ObservedPast = { readonly scene: Scene; readonly observed: boolean };

/**
 * The scene of a past call. Where its directory is still there, this host is looked at as it is now, as the
 * door would look at it before such a call; else there is only what the transcript says, and nothing in it
 * says that something could be undone.
 */
export async function observePast(call: PastCall, mapped: MappedCall, place: Place): Promise<ObservedPast> {
  const { directory, project } = call;
  const isThere = await stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const scene = isThere ? await observeNow(mapped, directory, place) : null;
  if (scene !== null) return { scene, observed: true };
  const roots = [project].filter((root) => root !== '/' && root !== place.user_home);
  return { scene: { directory, home: place.user_home, roots, shell: SHELL, items: [] }, observed: false };
}

async function observeNow(
  { command, paths, tool }: MappedCall,
  directory: string,
  place: Place,
): Promise<Scene | null> {
  try {
    if (command === null) {
      return await observeFiles({ paths, directory, changes: CHANGING.has(tool), place });
    }
    const environment = { PATH: place.environment['PATH'] };
    return await observeShell({ text: command, directory, shell: SHELL, environment, place });
  } catch (error) {
    // A call that names more than a scene holds, or a path that cannot be looked at.
    if (error instanceof CliFailure || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}
