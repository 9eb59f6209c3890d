import { exported } from '../desk/log/exported.ts';
import { writeLog } from '../desk/log/write-log.ts';
import type { Call, Report } from '../program/command.ts';
import { endOf, readLog } from './read-log.ts';
import { withStore } from './store.ts';

/** The whole log from the journal: opening verifies the store, and it is read when it is closed again. */
export async function exportStore(call: Call): Promise<Report> {
  const [path = ''] = call.operands;
  const { cell, end } = await withStore(call, (store) => {
    return Promise.resolve({ cell: store.cell, end: endOf(store.cell) });
  });
  const { origin } = cell.settings;
  const { size } = end;
  const batches = readLog(cell, end, call.flag('state'));
  await writeLog(path, { origin, size, batches, progress: (text) => call.progress(text) });
  return exported(origin, size, path);
}
