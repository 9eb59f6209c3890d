import type { Run } from '../program/command.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { good } from '../terminal/line.ts';
import { exportLog } from './export-log.ts';
import { endOf } from './read-log.ts';
import { withStore } from './store.ts';

const PROGRESS_EACH = 100_000;

export const run: Run = async (call) => {
  const [path = ''] = call.operands;
  // Opening verifies the store; the journal is read when the cell is closed again.
  const { cell, end } = await withStore(call, (store) => {
    return Promise.resolve({ cell: store.cell, end: endOf(store.cell) });
  });
  let told = 0;
  const progress = (size: number): void => {
    if (size < told + PROGRESS_EACH) return;
    told = size;
    call.progress(`exported ${size} of ${end.size} records`);
  };
  await exportLog(cell, end, path, { with_state: call.flag('state'), progress });
  const { origin } = cell.settings;
  return {
    exit: 0,
    lines: [good(`${end.size} records of ${origin} are in ${quoteText(path)}`)],
    json: { exit: 0, origin, size: end.size, file: path },
  };
};
