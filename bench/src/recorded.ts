import type { Cell } from '@writ/cell';
import { decideOnce, openWorld, type World } from './world.ts';

type Batch = NonNullable<Awaited<ReturnType<Cell['running']['submit']>>['batch']>;

/** A log that a real cell wrote, with every batch as it became durable. */
export type RecordedLog = {
  readonly world: World;
  readonly batches: readonly Batch[];
  readonly size: number;
};

const CLIENTS = 256;

/** Records from the first batch seen on; those that set the cell up stand before it. */
export async function recordLog(records: number): Promise<RecordedLog> {
  const world = await openWorld(CLIENTS);
  const batches = new Map<number, Batch>();
  const { cell } = world;
  const submit: Cell['running']['submit'] = async (command, submission) => {
    const delivered = await cell.running.submit(command, submission);
    if (delivered.batch !== null) batches.set(delivered.batch.from, delivered.batch);
    return delivered;
  };
  const watched: World = { ...world, cell: { ...cell, running: { ...cell.running, submit } } };
  let left = records;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      while (left > 0) {
        left -= 1;
        await decideOnce(watched, client);
      }
    }),
  );
  const ordered = [...batches.values()].sort((one, other) => one.from - other.from);
  return { world, batches: ordered, size: cell.running.durableSize() };
}
