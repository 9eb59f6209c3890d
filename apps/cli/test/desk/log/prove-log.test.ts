import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appendLeaves,
  assembleConsistency,
  consistencyNodes,
  emptyFrontier,
  encodeUtf8,
  frontierOf,
  hashLeaves,
  loadPublicKey,
  noteSignatureLine,
  printCheckpoint,
  printNote,
  printVerifierKey,
  publicKeyOfSeed,
  rootOf,
  signEd25519,
  verifierKeyOf,
} from '@writ/proof';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientHome } from '../../../src/client/client-home.ts';
import { keepCheckpoint, readMemory } from '../../../src/client/memory.ts';
import { pinLog } from '../../../src/client/trust.ts';
import { type LogSource, readLogFrom } from '../../../src/desk/log/prove-log.ts';

const ORIGIN = 'example.test/cell/0011223344556677';
const seedOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const keyOf = (fill: number) => verifierKeyOf(ORIGIN, loadPublicKey(publicKeyOfSeed(seedOf(fill))));
const VKEY = printVerifierKey(keyOf(1));

const treeOf = (heads: readonly string[]) => appendLeaves(emptyFrontier(), hashLeaves(heads));
const headsOf = (count: number, name = 'a'): string[] =>
  Array.from({ length: count }, (_, at) => `{"${name}":${at}}`);

function noteOf(heads: readonly string[], fill = 1): string {
  const tree = treeOf(heads);
  const text = printCheckpoint({ origin: ORIGIN, size: BigInt(tree.size), root: rootOf(tree) });
  const { name, keyId } = keyOf(fill);
  return printNote(text, [noteSignatureLine(name, keyId, signEd25519(seedOf(fill), encodeUtf8(text)))]);
}

const remembered = (heads: readonly string[]) => {
  const { size } = treeOf(heads);
  return { origin: ORIGIN, size: BigInt(size), root: rootOf(treeOf(heads)), note: noteOf(heads) };
};

let directory: string;
let client: LogSource['client'];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'writ-prove-log-'));
  client = clientHome({ WRIT_HOME: directory }, directory);
  await pinLog(client, ORIGIN, VKEY);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A log that shows what it is told to, batches of three, each signed. */
function logOf(heads: readonly string[], change: Partial<LogSource> = {}): LogSource {
  return {
    client,
    origin: ORIGIN,
    vkey: VKEY,
    batches: (from) => {
      const ends = [3, 6, 9, 12].filter((end) => end > from && end <= heads.length);
      const batches = ends.map((end, at) => ({
        heads: heads.slice(at === 0 ? from : ends[at - 1], end),
        note: noteOf(heads.slice(0, end)),
      }));
      return Promise.resolve({ before: treeOf(heads.slice(0, from)), batches });
    },
    consistency: (from) => {
      const nodes = consistencyNodes(from, heads.length);
      const hashes = nodes.map(({ level, index }) => {
        const width = 2 ** level;
        return rootOf(treeOf(heads.slice(index * width, (index + 1) * width)));
      });
      return Promise.resolve({
        checkpoint: noteOf(heads),
        hashes: assembleConsistency(from, heads.length, hashes),
      });
    },
    ...change,
  };
}

const sizeSeen = async (): Promise<bigint | undefined> =>
  (await readMemory(client)).checkpoints.get(ORIGIN)?.size;

describe('readLogFrom()', () => {
  it('gives what is signed, in order, and remembers how far it was', async () => {
    const reader = await readLogFrom(logOf(headsOf(6)), 0);
    const batches = await reader.next();
    expect(batches.flatMap(({ entries }) => entries.map(({ head }) => head))).toEqual(headsOf(6));
    expect(batches.map(({ from }) => from)).toEqual([0, 3]);
    expect(await sizeSeen()).toBe(6n);
    expect(await reader.next()).toEqual([]);
  });

  it.each([
    ['before it', 3, 9],
    ['within a batch', 4, 9],
    ['where it ends', 9, 9],
  ])('holds a page against a checkpoint that is remembered %s', async (_where, seen, heads) => {
    await keepCheckpoint(client, remembered(headsOf(seen)));
    const reader = await readLogFrom(logOf(headsOf(heads)), 0);
    expect(await reader.next()).toHaveLength(3);
    await keepCheckpoint(client, remembered(headsOf(heads)));
  });

  it('holds a page that ends before what is remembered against where both lead', async () => {
    await keepCheckpoint(client, remembered(headsOf(11)));
    const log = logOf(headsOf(12));
    const short = { ...log, batches: async (from: number) => ({ ...(await log.batches(from)) }) };
    short.batches = async (from) => {
      const page = await log.batches(from);
      return { ...page, batches: page.batches.slice(0, 1) };
    };
    expect(await (await readLogFrom(short, 4)).next()).toMatchObject([{ from: 4 }]);
    expect(await sizeSeen()).toBe(11n);
  });

  it('refuses a fork that the key has signed, wherever it leaves what is remembered', async () => {
    const forked = [...headsOf(4), ...headsOf(8, 'b')];
    for (const seen of [5, 6, 9]) {
      await keepCheckpoint(client, remembered(headsOf(seen)));
      const reader = await readLogFrom(logOf(forked), 0);
      await expect(reader.next()).rejects.toMatchObject({ code: 'FORKED' });
      expect(await sizeSeen()).toBe(BigInt(seen));
    }
    await keepCheckpoint(client, remembered(headsOf(12)));
    const below = logOf(forked, { batches: async (from) => await logOf(forked.slice(0, 9)).batches(from) });
    await expect((await readLogFrom(below, 0)).next()).rejects.toMatchObject({ code: 'FORKED' });
  });

  it('refuses heads that are not those that were signed, and gives none of the page', async () => {
    const log = logOf(headsOf(9));
    const lie = logOf(headsOf(9), {
      batches: async (from) => {
        const { before, batches } = await log.batches(from);
        const [first, ...more] = batches;
        const heads = ['{"a":99}', ...(first?.heads.slice(1) ?? [])];
        return { before, batches: [{ note: first?.note ?? '', heads }, ...more] };
      },
    });
    await expect((await readLogFrom(lie, 0)).next()).rejects.toMatchObject({ code: 'LOG_UNPROVEN' });
    expect(await sizeSeen()).toBe(undefined);
  });

  it('refuses a tree to begin with that leads to nothing signed', async () => {
    const log = logOf(headsOf(9));
    const lie = logOf(headsOf(9), {
      batches: async (from) => ({
        ...(await log.batches(from)),
        before: frontierOf(4, rootOf(treeOf(headsOf(4, 'b')))),
      }),
    });
    await expect((await readLogFrom(lie, 4)).next()).rejects.toMatchObject({ code: 'LOG_UNPROVEN' });
    const other = logOf(headsOf(9), { batches: () => log.batches(3) });
    await expect((await readLogFrom(other, 4)).next()).rejects.toMatchObject({ code: 'LOG_UNPROVEN' });
  });

  it('refuses a note of another key', async () => {
    const log = logOf(headsOf(3));
    const lie = logOf(headsOf(3), {
      batches: async (from) => ({
        ...(await log.batches(from)),
        batches: [{ heads: headsOf(3), note: noteOf(headsOf(3), 2) }],
      }),
    });
    await expect((await readLogFrom(lie, 0)).next()).rejects.toMatchObject({ code: 'LOG_UNPROVEN' });
  });
});
