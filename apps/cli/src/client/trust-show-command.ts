import { printTrust } from '@writ/proof';
import type { Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { clientHome } from './client-home.ts';
import { readTrustFile } from './trust.ts';

/** The trust file of this client, for those who verify elsewhere. Public keys only. */
export const run: Run = async (call) => {
  const file = await readTrustFile(clientHome(call.environment, call.user_home));
  if (file.logs.length === 0) throw new CliFailure('NO_TRUST', 'this client has pinned no log: writ init');
  const text = printTrust(file);
  const trust: unknown = JSON.parse(text);
  return { exit: 0, lines: [], raw: `${text}\n`, json: { exit: 0, trust } };
};
