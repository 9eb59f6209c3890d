import type { LogBatch } from '@writ/proof';
import type { Call, Report, Run } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { findServer } from '../../remote/find-server.ts';
import type { LogDesk } from '../desk.ts';
import { sizeOf } from './checkpoint-size.ts';
import { exported } from './exported.ts';
import { readLogFrom } from './prove-log.ts';
import { writeLog } from './write-log.ts';

/** From the journal itself, or, while the cell is served, proven batch by batch as it comes. */
export const run: Run = async (call) => {
  const socket = await findServer(call.environment, call.user_home);
  if (socket === null) return (await import('../../local/export-log.ts')).exportStore(call);
  if (call.flag('state')) {
    throw new CliFailure('USAGE', 'state parts are read from the store itself: stop writ serve first');
  }
  const { withServer } = await import('../../remote/with-server.ts');
  return withServer(call, socket, (desk) => exportServed(desk, call));
};

async function exportServed(desk: LogDesk, call: Call): Promise<Report> {
  const [path = ''] = call.operands;
  const { origin } = desk;
  const size = sizeOf(await desk.checkpoint());
  const batches = wholeLog(desk, size);
  await writeLog(path, { origin, size, batches, progress: (text) => call.progress(text) });
  return exported(origin, size, path);
}

/** Every batch up to a size that was signed, which is where one of them ends. */
async function* wholeLog(desk: LogDesk, size: number): AsyncGenerator<LogBatch> {
  const reader = await readLogFrom(desk, 0);
  while (reader.size() < size) {
    const batches = await reader.next();
    if (batches.length === 0) throw cut(reader.size());
    for (const batch of batches) {
      if (batch.from >= size) return;
      if (batch.from + batch.entries.length > size) throw cut(batch.from);
      yield batch;
    }
  }
}

function cut(size: number): CliFailure {
  return new CliFailure('LOG_UNPROVEN', `the log ends at record ${size}, before its own checkpoint`, 1);
}
