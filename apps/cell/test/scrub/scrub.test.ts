import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { decodeBase64, encodeBase64url, hashLeaves } from '@writ/proof';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeBatch, encodeBatch } from '../../src/core/batch.ts';
import { signCheckpoint } from '../../src/core/checkpoint.ts';
import { checksumOf } from '../../src/journal/sqlite/rows.ts';
import { createReader } from '../../src/journal/sqlite/read.ts';
import { openMemoryPartStore } from '../../src/parts/memory-part-store.ts';
import type { PartContent, PartStore } from '../../src/parts/part-store.ts';
import type { ScrubMismatch } from '../../src/scrub/check-slice.ts';
import { openScrub, type Scrub } from '../../src/scrub/open-scrub.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { openSeedSigner } from '../../src/signer/seed-signer.ts';
import { openTiles, type Tiles } from '../../src/tiles/tiles.ts';
import { type MadeLog, makeLog, ORIGIN, SIGNER } from '../snapshots/make-log.ts';

let directory: string;
let log: MadeLog;
let tiles: Tiles;
let parts: PartStore;
let scrub: Scrub | null;
let found: ScrubMismatch[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'writ-scrub-'));
  log = await makeLog(directory);
  tiles = await openTiles(join(directory, 'tiles'));
  const keys = openMemoryKeystore();
  await keys.createDomains([log.home, log.ns]);
  parts = openMemoryPartStore(keys);
  scrub = null;
  found = [];
  for (let nth = 0; nth < 6; nth += 1) {
    log.act(nth, 'succeeded');
    await log.flush();
  }
  await fill();
});

afterEach(async () => {
  await scrub?.close();
  await tiles.close();
  await log.close();
  rmSync(directory, { recursive: true });
});

/** Tiles and parts as the cell would have made them. */
async function fill(): Promise<void> {
  for (const batch of read(0)) {
    const { records } = decodeBatch(batch.bytes, batch.from, batch.count);
    if (batch.from >= tiles.size())
      await tiles.append(batch.from, hashLeaves(records.map(({ head }) => head)));
  }
  await parts.put(log.sealed);
}

function read(from: number): ReturnType<ReturnType<typeof createReader>['read']> {
  const reader = createReader(log.file, 'FULL');
  const batches = reader.read(from, 8_000_000);
  reader.close();
  return batches;
}

type Change = Partial<Parameters<typeof openScrub>[0]>;

function start(change: Change = {}): Scrub {
  scrub = openScrub({
    journal: log.file,
    engines: join(directory, 'engines'),
    engine: log.engine.digest,
    origin: ORIGIN,
    vkey: SIGNER.vkey,
    tiles,
    tilesUpTo: () => Promise.resolve(),
    parts,
    isErased: () => false,
    durableSize: () => log.state.size,
    onMismatch: (mismatch) => found.push(mismatch),
    records_per_second: 1e6,
    parts_every: 1,
    rest_ms: 1,
    first_rest_ms: 0,
    ...change,
  });
  return scrub;
}

/** Until so many passes ended, or something was found. */
async function passes(wanted: number, change: Change = {}): Promise<ScrubMismatch | null> {
  const running = start(change);
  while (running.position().passes < wanted && running.position().mismatch === null) await setTimeout(10);
  await running.close();
  return running.position().mismatch;
}

/** Rewrites the row that holds a record, with a checksum that fits. */
function rewrite(
  index: number,
  change: (records: { head: string; state: string }[], note: string) => string | void,
): void {
  const [batch] = read(index);
  if (batch === undefined) throw new Error('no such record');
  const content = decodeBatch(batch.bytes, batch.from, batch.count);
  const records = content.records.map((record) => ({ ...record }));
  const note = change(records, content.note) ?? content.note;
  const bytes = encodeBatch({ note, records });
  const database = new DatabaseSync(log.file);
  const crc = checksumOf({ ...batch, bytes });
  database.prepare('UPDATE batches SET bytes = ?, crc = ? WHERE first = ?').run(bytes, crc, batch.from);
  database.close();
}

function noteAt(index: number): string {
  const [batch] = read(index);
  if (batch === undefined) throw new Error('no such record');
  return decodeBatch(batch.bytes, batch.from, batch.count).note;
}

const indexOf = (kind: string): number =>
  read(0)
    .flatMap((batch) => decodeBatch(batch.bytes, batch.from, batch.count).records)
    .findIndex(({ head }) => head.includes(`"kind":"${kind}"`));

describe('openScrub()', () => {
  test('finds nothing in a sound store, pass after pass, and says where it is', async () => {
    expect(await passes(3)).toBe(null);
    expect(scrub?.position()).toMatchObject({ size: log.state.size, failures: 0, mismatch: null });
    expect(found).toEqual([]);
  });

  test('names the record whose head was changed', async () => {
    const index = indexOf('decision');
    rewrite(index, (records) => {
      const record = records[0];
      if (record !== undefined) record.head = record.head.replace('"wall":2', '"wall":4');
    });
    expect(await passes(1)).toMatchObject({ where: 'journal', index, through: index });
    expect(found.length).toBe(1);
  });

  test('names the batch between two notes when the tiles were changed as well', async () => {
    const index = indexOf('decision');
    rewrite(index, (records) => {
      const record = records[0];
      if (record !== undefined) record.head = record.head.replace('"wall":2', '"wall":4');
    });
    await tiles.close();
    rmSync(join(directory, 'tiles'), { recursive: true });
    tiles = await openTiles(join(directory, 'tiles'));
    await fill();
    expect(await passes(1)).toMatchObject({ where: 'journal', index, through: index + 3 });
  });

  test('names the record whose state part is not the one that its head names', async () => {
    const index = indexOf('outcome');
    rewrite(index, (records) => {
      const record = records[index - (read(index)[0]?.from ?? 0)];
      if (record !== undefined) record.state = record.state.replace('"spent":[]', '"spent":[ ]');
    });
    expect(await passes(1)).toMatchObject({ where: 'journal', index });
  });

  test('names the place of a note that the key of the log has not signed', async () => {
    const index = indexOf('commit');
    const from = read(index)[0]?.from ?? 0;
    rewrite(index, (_, note) => note.replace(/(— \S+ .{12})./, '$1A').replace(/(— \S+ .{13})./, '$1B'));
    expect(await passes(1)).toMatchObject({ where: 'journal', through: from });
  });

  test('names the place of an earlier note that another key signed, and of one from before', async () => {
    const index = indexOf('commit');
    const from = read(index)[0]?.from ?? 0;
    const [, earlier] = read(0).map((batch) => decodeBatch(batch.bytes, batch.from, batch.count).note);
    const [origin, size, root] = noteAt(index).split('\n');
    const forged = openSeedSigner({ purpose: 'checkpoint', name: ORIGIN, seed: new Uint8Array(32).fill(9) });
    const body = { origin: origin ?? '', size: Number(size), root: decodeBase64(root ?? '') };
    // All that a note says is true: only the signature is not of the key of the log.
    const note = await signCheckpoint(forged, body);
    for (const other of [note, earlier ?? '']) {
      const own = noteAt(index);
      expect(other).not.toBe(own);
      rewrite(index, () => other);
      expect(await passes(1)).toMatchObject({ where: 'journal', through: from });
      rewrite(index, () => own);
      expect(await passes(1)).toBe(null);
    }
  });

  test('names the batch whose bytes the disk changed', async () => {
    const index = indexOf('decision');
    const database = new DatabaseSync(log.file);
    database.prepare('UPDATE batches SET crc = crc + 1 WHERE first = ?').run(index);
    database.close();
    expect(await passes(1)).toMatchObject({ where: 'journal', index });
  });

  test('names a record that is missing', async () => {
    const index = indexOf('decision');
    const database = new DatabaseSync(log.file);
    database.prepare('DELETE FROM batches WHERE first = ?').run(index);
    database.close();
    expect(await passes(1)).toMatchObject({ where: 'journal', index });
  });

  test('names the record whose sealed part is missing, or is another', async () => {
    const index = indexOf('decision');
    const other = encodeBase64url(new Uint8Array(32));
    const answering = (content: PartContent): Change => ({
      parts: {
        erase: parts.erase,
        getMany: async (requests) => {
          const contents = await parts.getMany(requests);
          return contents.map((found_, at) => (requests[at]?.index === index ? content : found_));
        },
      },
    });
    expect(await passes(1, answering('missing'))).toMatchObject({ where: 'parts', index });
    expect(await passes(1, answering(Buffer.from(`${other}\n{}`)))).toMatchObject({ where: 'parts', index });
  });

  test('takes an erasure that a record names for right, and one without a record for damage', async () => {
    const index = indexOf('decision');
    await parts.erase([index]);
    expect(await passes(3)).toMatchObject({ where: 'parts', index });
    const erase = { kind: 'erase', id: log.id('ers'), by: log.operator, ns: log.ns } as const;
    log.run({ ...erase, subject: { kind: 'action', index } });
    await log.flush();
    await fill();
    expect(await passes(3)).toBe(null);
  });

  test('ends an erasure that was recorded and not carried out', async () => {
    const index = indexOf('decision');
    const commitment = log.sealed.find((part) => part.index === index)?.commitment ?? new Uint8Array(32);
    const erase = { kind: 'erase', id: log.id('ers'), by: log.operator, ns: log.ns } as const;
    log.run({ ...erase, subject: { kind: 'action', index } });
    await log.flush();
    await fill();
    expect(await parts.get(index, commitment)).not.toBe('erased');
    expect(await passes(1)).toBe(null);
    expect(await parts.get(index, commitment)).toBe('erased');
  });

  test('tries again when the disk does not answer, and takes nothing for damage', async () => {
    let calls = 0;
    const failing: Change['tiles'] = {
      check: (from, hashes) => {
        calls += 1;
        return calls <= 2 ? Promise.reject(new Error('EIO')) : tiles.check(from, hashes);
      },
    };
    expect(await passes(1, { tiles: failing })).toBe(null);
    expect(scrub?.position().failures).toBe(2);
  });
});
