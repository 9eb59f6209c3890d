import { printTlogProof } from '@writ/proof';
import type { ProvenHead } from '../core/durable.ts';
import { CoreFailure } from '../core/failure.ts';
import type { CellContext } from './cell.ts';

/** Proves any durable record under the newest checkpoint, from the tiles. */
export async function proveRecord(context: CellContext, index: number): Promise<ProvenHead> {
  const { note, frontier } = context.running.head();
  const { size } = frontier;
  if (index >= size) throw new CoreFailure('UNAVAILABLE', `record ${index} is not durable`);
  await context.tilesUpTo(size);
  const hashes = await context.tiles.inclusionProof(index, size);
  const head = await context.readHead(index);
  return { index, head, proof: printTlogProof({ index: BigInt(index), hashes, checkpoint: note }) };
}

/** The newest checkpoint, and proof that it continues the log of `from` records. */
export async function proveConsistency(
  context: CellContext,
  from: number,
): Promise<{ readonly checkpoint: string; readonly size: number; readonly hashes: readonly Uint8Array[] }> {
  const { note, frontier } = context.running.head();
  const { size } = frontier;
  if (from > size) throw new CoreFailure('ROLLED_BACK', `the log has ${size} records, not ${from}`);
  await context.tilesUpTo(size);
  const hashes = from === 0 ? [] : await context.tiles.consistencyProof(from, size);
  return { checkpoint: note, size, hashes };
}
