import type { EpochBegan } from '@writ/cell';
import { clientHome } from '../../client/client-home.ts';
import type { Call, Report } from '../../program/command.ts';
import { good, type Line, plain, warn } from '../../terminal/line.ts';
import { readBook } from '../../client/address-book.ts';
import { openLocal } from '../store.ts';
import { acceptLog } from '../trust-accept-command.ts';

/** Whoever recovered knows that another log begins: this client follows it from here on. */
export async function reportEpoch(call: Call, began: EpochBegan, more: readonly Line[]): Promise<Report> {
  const cell = await openLocal(call);
  const { origin, vkey } = cell.settings;
  await cell.close();
  const hasBook = (await readBook(clientHome(call.environment, call.user_home))) !== null;
  if (hasBook) await acceptLog(call, origin, vkey);
  const { predecessor, lost } = began;
  const lost_text =
    lost === null ? 'nobody here knows how many records are lost' : `${lost} signed records are lost`;
  return {
    exit: 0,
    lines: [
      good(`a new log begins: ${origin}`),
      plain(`it continues ${predecessor.origin} at ${predecessor.size} records; ${lost_text}`),
      ...more,
      warn('everything that was open is void, and the cell is frozen: look, then writ thaw'),
      warn('access keys of the log before are void, too: writ key add makes new ones'),
      ...(hasBook ? [] : [plain('this client has no setup yet: writ init takes up what is here')]),
    ],
    json: { exit: 0, origin, predecessor, lost },
  };
}
