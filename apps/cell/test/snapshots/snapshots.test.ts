import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printSnapshot } from '@writ/kernel';
import { encodeBase64, rootOf, sha256Base64url } from '@writ/proof';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recover } from '../../src/core/recover.ts';
import { createReader } from '../../src/journal/sqlite/read.ts';
import type { ReadBatches } from '../../src/snapshots/carried-state.ts';
import { type LoadedBase, loadBase } from '../../src/snapshots/load-base.ts';
import { openSnapshots, type Snapshots } from '../../src/snapshots/open-snapshots.ts';
import { parseSnapshotFile, printSnapshotFile } from '../../src/snapshots/snapshot-file.ts';
import { takeSnapshot } from '../../src/snapshots/take-snapshot.ts';
import { type MadeLog, makeLog } from './make-log.ts';

let directory: string;
let log: MadeLog;
let reader: ReturnType<typeof createReader>;
let read: ReadBatches;
let places: { readonly folder: string; readonly carried: string };

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'writ-snapshots-'));
  log = await makeLog(directory);
  reader = createReader(log.file, 'FULL');
  read = reader.read;
  places = { folder: join(directory, 'snapshots'), carried: join(directory, 'carried') };
});

afterEach(async () => {
  reader.close();
  await log.close();
  rmSync(directory, { recursive: true });
});

async function grow(batches: number): Promise<void> {
  for (let batch = 0; batch < batches; batch += 1) {
    for (let nth = 0; nth < 10; nth += 1)
      log.act(nth, (['open', 'committed', 'succeeded'] as const)[nth % 3] ?? 'open');
    await log.flush();
  }
}

/** Takes a snapshot of all there is and records it; `named` false leaves the record out. */
async function take(named = true): Promise<number> {
  const taken = await takeSnapshot(log.engine, read, places, log.state.size);
  if (named)
    log.run({ kind: 'snapshot', id: log.id('snp'), size: taken.size, state_digest: taken.state_digest });
  await grow(1);
  return taken.size;
}

const load = (): Promise<LoadedBase> => loadBase(log.engine, read, places, log.state.size);

async function foldFrom({ base }: LoadedBase): Promise<string> {
  const journal = { read: (from: number, max: number) => Promise.resolve(read(from, max)) };
  const folded = await recover(journal, log.engine, base, log.state.size, () => Promise.resolve());
  return printSnapshot(folded.state);
}

const pathOf = (size: number): string => join(places.folder, `${String(size).padStart(16, '0')}.snapshot`);

describe('loadBase()', () => {
  test('gives the newest snapshot that a record names, and the tail leads to the live state', async () => {
    await grow(3);
    await take();
    const second = await take();
    const loaded = await load();
    expect(loaded.base.frontier.size).toBe(second);
    expect(loaded.ignored).toBe(0);
    expect(await foldFrom(loaded)).toBe(printSnapshot(log.state));
  });

  test('takes the older one when no record names the newest', async () => {
    await grow(2);
    const first = await take();
    await take(false);
    const loaded = await load();
    expect(loaded.base.frontier.size).toBe(first);
    expect(loaded.ignored).toBe(1);
    expect(await foldFrom(loaded)).toBe(printSnapshot(log.state));
  });

  test('begins with nothing when nobody vouches for any', async () => {
    await grow(2);
    await take(false);
    expect((await load()).base.frontier.size).toBe(0);
  });

  test('does not use a snapshot newer than the journal', async () => {
    await grow(2);
    const size = await take();
    const loaded = await loadBase(log.engine, read, places, size - 1);
    expect(loaded.base.frontier.size).toBe(0);
  });

  test('ignores a state that someone wrote himself, whole as it is', async () => {
    await grow(2);
    const size = await take();
    const file = parseSnapshotFile(readFileSync(pathOf(size)));
    if (file === null) throw new Error('not a snapshot');
    const state = file.state.replace('"risk_cap":600000', '"risk_cap":999999');
    expect(state).not.toBe(file.state);
    const forged = { ...file, state, state_digest: sha256Base64url(state) };
    writeFileSync(pathOf(size), printSnapshotFile(forged));
    expect((await load()).base.frontier.size).toBe(0);
  });

  test('ignores another tree, engine or version, and flipped bits', async () => {
    await grow(2);
    const size = await take();
    const whole = readFileSync(pathOf(size));
    const file = parseSnapshotFile(whole);
    if (file === null) throw new Error('not a snapshot');
    const peaks = Uint8Array.from(file.frontier.peaks);
    peaks[0] = (peaks[0] ?? 0) ^ 1;
    const variants: readonly Uint8Array[] = [
      printSnapshotFile({ ...file, frontier: { size, peaks } }),
      printSnapshotFile({ ...file, engine: 'A'.repeat(43) }),
      printSnapshotFile({ ...file, size: size + 1 }),
      Buffer.from(whole.toString('utf8').replace('writ-snapshot/v1', 'writ-snapshot/v2')),
      whole.subarray(0, whole.length - 1),
      Buffer.concat([whole, Buffer.from('\n')]),
      new Uint8Array(0),
      ...[0, 20, 70, 200, whole.length - 2].map((at) => {
        const flipped = Uint8Array.from(whole);
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        return flipped;
      }),
    ];
    for (const variant of variants) {
      writeFileSync(pathOf(size), variant);
      const loaded = await load();
      expect(loaded.base.frontier.size).toBe(0);
      expect(loaded.ignored).toBe(1);
    }
    writeFileSync(pathOf(size), whole);
    expect((await load()).base.frontier.size).toBe(size);
  });
});

describe('takeSnapshot()', () => {
  test('keeps the snapshot it began with and the new one, and nothing that a crash left', async () => {
    await grow(2);
    const sizes = [await take(), await take(), await take()];
    writeFileSync(`${pathOf(1)}.0123456789abcdef.tmp`, 'torn');
    sizes.push(await take());
    expect(readdirSync(places.folder).length).toBe(2);
    expect(existsSync(pathOf(sizes[2] ?? 0)) && existsSync(pathOf(sizes[3] ?? 0))).toBe(true);
  });

  test('never drops the one that is named while newer ones are not', async () => {
    await grow(2);
    const named = await take();
    for (let nth = 0; nth < 3; nth += 1) await take(false);
    expect((await load()).base.frontier.size).toBe(named);
  });

  test('says the state and the tree that the cell has', async () => {
    await grow(2);
    const { base } = await load();
    await take();
    const loaded = await load();
    const size = loaded.base.frontier.size;
    const journal = {
      read: (from: number, max: number) =>
        Promise.resolve(read(from, max).filter((batch) => batch.from < size)),
    };
    const folded = await recover(journal, log.engine, base, size, () => Promise.resolve());
    expect(encodeBase64(rootOf(loaded.base.frontier))).toBe(encodeBase64(rootOf(folded.frontier)));
    expect(printSnapshot(loaded.base.state)).toBe(printSnapshot(folded.state));
  });
});

describe('openSnapshots()', () => {
  const open = (submit: (taken: { size: number; state_digest: string }) => Promise<unknown>): Snapshots =>
    openSnapshots({
      ...places,
      journal: log.file,
      engines: join(directory, 'engines'),
      engine: log.engine,
      every_records: 40,
      submit,
    });

  const name = async ({ size, state_digest }: { size: number; state_digest: string }): Promise<void> => {
    log.run({ kind: 'snapshot', id: log.id('snp'), size, state_digest });
    await log.flush();
  };

  async function feed(snapshots: Snapshots, batches: number): Promise<void> {
    for (let nth = 0; nth < batches; nth += 1) {
      for (let act = 0; act < 10; act += 1) log.act(act, 'succeeded');
      snapshots.durable(await log.flush());
    }
  }

  test('takes one in its thread when one is due, and has it recorded', async () => {
    const snapshots = open(name);
    await snapshots.loadBase(log.state.size);
    await feed(snapshots, 3);
    await snapshots.idle();
    expect(snapshots.status().taken).toBe(1);
    const size = snapshots.status().size;
    expect(size).toBeGreaterThan(0);
    const base = await snapshots.loadBase(log.state.size);
    expect(base.frontier.size).toBe(size);
    await snapshots.close();
  });

  test('asks again for the record when it could not be committed', async () => {
    let fails = true;
    const snapshots = open((taken) => (fails ? Promise.reject(new Error('busy')) : name(taken)));
    await snapshots.loadBase(log.state.size);
    await feed(snapshots, 2);
    await snapshots.idle();
    expect(snapshots.status()).toMatchObject({ taken: 0, failures: 1, size: 0 });
    fails = false;
    await feed(snapshots, 1);
    await snapshots.idle();
    expect(snapshots.status()).toMatchObject({ taken: 1, failures: 1 });
    await snapshots.close();
  });

  test('counts a try that fails and harms nobody', async () => {
    const snapshots = openSnapshots({
      ...places,
      journal: log.file,
      engines: join(directory, 'nowhere'),
      engine: log.engine,
      every_records: 10,
      submit: () => Promise.resolve(),
    });
    await feed(snapshots, 1);
    await snapshots.idle();
    expect(snapshots.status()).toMatchObject({ taken: 0, failures: 1 });
    await snapshots.close();
  });
});
