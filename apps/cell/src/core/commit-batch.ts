import { Buffer } from 'node:buffer';
import type { EncodedRecord } from '@writ/kernel';
import { decodeBase64url, type Frontier, hashLeaves, openBatch } from '@writ/proof';
import type { AppendResult, Journal, JournalHead } from '../journal/journal.ts';
import type { Part, PartStore } from '../parts/part-store.ts';
import type { Signer } from '../signer/signer.ts';
import { encodeBatch } from './batch.ts';
import { signCheckpoint } from './checkpoint.ts';
import type { DurableBatch } from './durable.ts';

export type CommitPorts = {
  readonly journal: Journal;
  readonly parts: PartStore;
  readonly signer: Signer;
  readonly origin: string;
};

/** What is known of the log before a batch. */
export type LogHead = { readonly frontier: Frontier; readonly note: string; readonly term: number };

export type WrittenBatch = Omit<DurableBatch, 'note'>;

/** The batch as a tree and its row; the frontier before stays as it was until the commit is known. */
export function layBatch(head: LogHead, from: number, records: readonly EncodedRecord[]): WrittenBatch {
  const leafHashes = hashLeaves(records.map((record) => record.head));
  return { from, records, leaf_hashes: leafHashes, tree: openBatch(head.frontier, leafHashes) };
}

/** Parts first, then the one row that names them: an orphaned part is harmless, a missing one is not. */
export async function writeBatch(
  ports: CommitPorts,
  head: LogHead,
  batch: WrittenBatch,
  records: readonly EncodedRecord[],
  term: number,
): Promise<AppendResult> {
  const parts = partsOf(batch.from, records);
  if (parts.length > 0) await ports.parts.put(parts);
  const bytes = encodeBatch({ note: head.note, records });
  const expected: JournalHead = { size: batch.from, term: head.term };
  return ports.journal.append({ from: batch.from, count: records.length, term, bytes }, expected);
}

export async function signBatch(ports: CommitPorts, batch: WrittenBatch): Promise<DurableBatch> {
  const { origin, signer } = ports;
  const note = await signCheckpoint(signer, { origin, size: batch.tree.after.size, root: batch.tree.root });
  return { ...batch, note };
}

function partsOf(from: number, records: readonly EncodedRecord[]): readonly Part[] {
  const parts: Part[] = [];
  for (const [at, record] of records.entries()) {
    if (record.sealed === null || record.sealed_commitment === null) continue;
    parts.push({
      index: from + at,
      domain: record.ns,
      commitment: decodeBase64url(record.sealed_commitment),
      plaintext: Buffer.from(record.sealed, 'utf8'),
    });
  }
  return parts;
}
