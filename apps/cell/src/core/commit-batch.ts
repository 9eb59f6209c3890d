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

/**
 * Parts are durable before the one row that names them: an orphaned part is harmless, a missing one is not.
 */
export async function sealBatch(
  ports: CommitPorts,
  from: number,
  records: readonly EncodedRecord[],
): Promise<void> {
  const parts = partsOf(from, records);
  if (parts.length > 0) await ports.parts.put(parts);
}

/** Commits the row. INVARIANT: `sealBatch` for these records has resolved. */
export function writeBatch(
  { journal }: CommitPorts,
  head: LogHead,
  { from, records }: WrittenBatch,
  term: number,
): Promise<AppendResult> {
  const bytes = encodeBatch({ note: head.note, records });
  const expected: JournalHead = { size: from, term: head.term };
  return journal.append({ from, count: records.length, term, bytes }, expected);
}

export async function signBatch(ports: CommitPorts, batch: WrittenBatch): Promise<DurableBatch> {
  const { origin, signer } = ports;
  const note = await signCheckpoint(signer, { origin, size: batch.tree.after.size, root: batch.tree.root });
  return { ...batch, note };
}

/** The sealed parts of a batch, laid into one buffer: one allocation instead of one a record. */
function partsOf(from: number, records: readonly EncodedRecord[]): readonly Part[] {
  const bytes = records.reduce(
    (sum, { sealed }) => sum + (sealed === null ? 0 : Buffer.byteLength(sealed)),
    0,
  );
  const whole = Buffer.allocUnsafe(bytes);
  const parts: Part[] = [];
  let start = 0;
  for (const [at, { ns, sealed, sealed_commitment }] of records.entries()) {
    if (sealed === null || sealed_commitment === null) continue;
    const end = start + whole.write(sealed, start, 'utf8');
    const commitment = decodeBase64url(sealed_commitment);
    parts.push({ index: from + at, domain: ns, commitment, plaintext: whole.subarray(start, end) });
    start = end;
  }
  return parts;
}
