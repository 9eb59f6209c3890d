import { connect } from '../journal/sqlite/settings.ts';
import { DrillFailure } from './failure.ts';

/** How many records the last row reaches; what stands before it is for others to verify. */
export function journalSize(file: string): number {
  const database = connect(file, 'FULL');
  try {
    const row = database.prepare('SELECT first, count FROM batches ORDER BY first DESC LIMIT 1').get();
    const [first, count] = [row?.['first'] ?? 0, row?.['count'] ?? 0];
    const size = Number(first) + Number(count);
    if (Number.isSafeInteger(size) && size >= 0) return size;
    throw new DrillFailure('STORE_DAMAGED', 'the last row of the journal has no sound index');
  } finally {
    database.close();
  }
}
