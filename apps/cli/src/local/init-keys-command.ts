import { existsSync } from 'node:fs';
import { placesOf, resolveHome } from '@writ/cell';
import { clientHome } from '../client/client-home.ts';
import type { Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { plain } from '../terminal/line.ts';
import { initialise } from './init-command.ts';

/** `writ init` in the words of Lexecon: keys that are there stay, and it is no error that they are. */
export const run: Run = async (call) => {
  try {
    await initialise(call, 'local');
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'STORE_EXISTS';
    if (!exists) throw error;
  }
  const private_key = placesOf(resolveHome(call.environment, call.user_home)).checkpointKey;
  const public_key = clientHome(call.environment, call.user_home).trust;
  for (const path of [private_key, public_key]) {
    if (!existsSync(path)) throw new CliFailure('KEY_MISSING', `${path} is missing: restore it`);
  }
  return {
    exit: 0,
    lines: [
      plain('Keys initialized.'),
      plain(`Private key: ${private_key}`),
      plain(`Public key:  ${public_key}`),
    ],
    json: { exit: 0, private_key, public_key },
  };
};
