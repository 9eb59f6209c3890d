import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  appendLeaves,
  emptyFrontier,
  encodeBase64,
  encodeUtf8,
  hashLeaves,
  type Head,
  parseHead,
  rootOf,
} from '@writ/proof';
import { decodeBatch } from '../../src/core/batch.ts';
import { createReader } from '../../src/journal/sqlite/read.ts';

export type StoredBatch = {
  readonly from: number;
  readonly count: number;
  readonly term: number;
  /** The signed note of the batch before, as the row carries it. */
  readonly note: string;
  readonly records: readonly { readonly head: string; readonly state: string }[];
  /** Root of the log up to the end of this batch. */
  readonly root: string;
};

export type StoredLog = {
  readonly batches: readonly StoredBatch[];
  readonly heads: readonly string[];
  readonly roots: ReadonlyMap<number, string>;
};

const READ_BYTES = 4 * 1024 * 1024;

export function journalOf(directory: string): string {
  return join(directory, 'state', 'cell', 'journal.sqlite');
}

/**
 * What a killed process left in its journal, read from a copy: reading would begin to mend it.
 */
export function readStore(directory: string, scratch: string): StoredLog {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const copy = join(scratch, 'journal.sqlite');
  for (const suffix of ['', '-wal']) {
    if (existsSync(journalOf(directory) + suffix)) copyFileSync(journalOf(directory) + suffix, copy + suffix);
  }
  return readJournal(copy);
}

export function readJournal(file: string): StoredLog {
  const reader = createReader(file, 'FULL');
  const batches: StoredBatch[] = [];
  const roots = new Map<number, string>();
  let frontier = emptyFrontier();
  try {
    for (;;) {
      const found = reader.read(frontier.size, READ_BYTES);
      if (found.length === 0) break;
      for (const { from, count, term, bytes } of found) {
        const { note, records } = decodeBatch(bytes, from, count);
        frontier = appendLeaves(frontier, hashLeaves(records.map(({ head }) => head)));
        const root = encodeBase64(rootOf(frontier));
        roots.set(frontier.size, root);
        batches.push({ from, count, term, note, records, root });
      }
    }
  } finally {
    reader.close();
  }
  return { batches, roots, heads: batches.flatMap(({ records }) => records.map(({ head }) => head)) };
}

export function parsed(head: string): Head {
  return parseHead(encodeUtf8(head));
}
