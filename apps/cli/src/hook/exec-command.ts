import process from 'node:process';
import type { Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { hookPlaces } from './door/places.ts';
import { readHookSettings } from './door/settings.ts';

/** The same as what a host is told to start: the small program that the installation put there. */
export const run: Run = async (call) => {
  const places = hookPlaces(call);
  if ((await readHookSettings(places)) === null)
    throw new CliFailure('HOOK_MISSING', 'no hook is installed: writ install claude-code');
  const words = [process.execPath, places.exec, call.operands[0] ?? ''];
  if (process.execve === undefined)
    throw new CliFailure('USAGE', 'this system does not replace a process: start exec.mjs itself');
  return process.execve(process.execPath, words, { ...process.env });
};
