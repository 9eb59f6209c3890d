import type { EncodedRecord } from '@writ/kernel';
import { printTlogProof, type TreeBatch } from '@writ/proof';

/** A batch that is durable and signed: what answers are proved with and what followers read. */
export type DurableBatch = {
  readonly from: number;
  readonly records: readonly EncodedRecord[];
  readonly leaf_hashes: Uint8Array;
  readonly tree: TreeBatch;
  readonly note: string;
};

/** The head of one record with its proof: what a writ and a spend receipt are made of. */
export type ProvenHead = { readonly index: number; readonly head: string; readonly proof: string };

export function proveIn(batch: DurableBatch, index: number): ProvenHead | null {
  const record = batch.records[index - batch.from];
  if (record === undefined) return null;
  const hashes = batch.tree.proveInclusion(index - batch.from);
  const proof = printTlogProof({ index: BigInt(index), hashes, checkpoint: batch.note });
  return { index, head: record.head, proof };
}
