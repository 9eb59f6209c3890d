import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  appendLeaves,
  concatBytes,
  decodeBase64,
  encodeUtf8,
  frontierOf,
  hashLeaves,
  openCheckpoint,
  parseVerifierKey,
  rootOf,
  verifyConsistency,
  verifyTlogProof,
} from '@writ/proof';
import { askDoor, createDoorWorld, type DoorWorld, type Got } from './world.ts';

const RECORDS = 300;

let world: DoorWorld;
beforeAll(async () => {
  world = await createDoorWorld();
  const body = { tool: 'files.read', args: { path: 'a' } };
  for (let made = 0; made < RECORDS; made += 1) await world.ask('POST', '/api/v1/actions', { body });
}, 60_000);
afterAll(() => world.destroy());

const read = (path: string): Promise<Got> => world.ask('GET', path, { key: world.keys.admin });
const trust = () => ({ origin: world.settings.origin, keys: [parseVerifierKey(world.settings.vkey)] });

type Consistency = {
  readonly checkpoint: string;
  readonly from: number;
  readonly size: number;
  readonly hashes: readonly string[];
};

describe('getCheckpoint', () => {
  it('is signed by the key of the cell', async () => {
    const { text, headers } = await read('/api/v1/log/checkpoint');
    const { checkpoint } = openCheckpoint(encodeUtf8(text), trust());
    expect(Number(checkpoint.size)).toBe(Number(headers['writ-index']));
  });
});

describe('listEntries', () => {
  it('gives all heads, in order, as the tree holds them', async () => {
    const { json } = await read('/api/v1/log/entries?from=0&limit=1000');
    const { heads, size } = json as unknown as { readonly heads: readonly string[]; readonly size: number };
    expect(heads).toHaveLength(size);
    const proven = (await read(`/api/v1/log/proof/${size - 1}`)).json as unknown as {
      readonly head: string;
      readonly proof: string;
    };
    expect(heads.at(-1)).toBe(proven.head);
    verifyTlogProof(encodeUtf8(proven.proof), encodeUtf8(proven.head), trust());
  });

  it('gives nothing beyond the end', async () => {
    expect((await read('/api/v1/log/entries?from=100000')).json).toMatchObject({ heads: [] });
  });
});

type Batches = {
  readonly peaks: readonly string[];
  readonly batches: readonly { readonly heads: readonly string[]; readonly note: string }[];
  readonly size: number;
};

describe('listBatches', () => {
  const page = async (from: number): Promise<Batches> =>
    (await read(`/api/v1/log/batches?from=${from}`)).json as unknown as Batches;

  it.each([0, 1, 7, 255, 256, 300])(
    'gives heads from %i on that lead to each root that is signed over them',
    async (from) => {
      const { peaks, batches, size } = await page(from);
      let tree = frontierOf(from, concatBytes(...peaks.map((peak) => decodeBase64(peak))));
      for (const { heads, note } of batches) {
        tree = appendLeaves(tree, hashLeaves(heads));
        const { checkpoint } = openCheckpoint(encodeUtf8(note), trust());
        expect([checkpoint.size, checkpoint.root]).toEqual([BigInt(tree.size), rootOf(tree)]);
      }
      expect(tree.size).toBe(size);
      expect(batches.length).toBeGreaterThan(0);
    },
  );

  it('gives nothing at the end, and refuses what lies beyond it', async () => {
    const { size } = await page(0);
    expect((await page(size)).batches).toEqual([]);
    expect((await read(`/api/v1/log/batches?from=${size + 1}`)).json).toMatchObject({ code: 'LOG_SHORTER' });
  });

  it('is for readers of the log', async () => {
    expect((await world.ask('GET', '/api/v1/log/batches?from=0')).status).toBe(403);
  });
});

describe('getTile', () => {
  it('holds the leaf hashes of the entries that its bundle holds', async () => {
    const [hashes, bundle] = await Promise.all([bytesOf('0/000'), bytesOf('entries/000')]);
    const heads: string[] = [];
    for (let at = 0; at < bundle.length; ) {
      const end = at + 2 + bundle.readUInt16BE(at);
      heads.push(bundle.toString('utf8', at + 2, end));
      at = end;
    }
    expect(heads).toHaveLength(256);
    expect(Buffer.from(hashLeaves(heads)).equals(hashes)).toBe(true);
  });

  it('is partial only as far as the tree goes', async () => {
    expect((await bytesOf('0/001.p/10')).length).toBe(320);
    for (const path of [
      '0/001',
      '0/005.p/1',
      '0/x001/000',
      'entries/001.p/255',
      '1/000',
      '9/000',
      '0/000.p/256',
      '0/0',
    ])
      expect([path, (await read(`/api/v1/log/tile/${path}`)).status]).toEqual([path, 404]);
    expect((await read('/api/v1/log/tile/1/000.p/1')).status).toBe(200);
  });
});

describe('getConsistency', () => {
  it('proves that the log continues what was seen', async () => {
    const seen = openCheckpoint(encodeUtf8((await read('/api/v1/log/checkpoint')).text), trust()).checkpoint;
    await world.ask('POST', '/api/v1/actions', { body: { tool: 'files.read', args: { path: 'b' } } });
    const got = (await read(`/api/v1/log/consistency?from=${seen.size}`)).json as unknown as Consistency;
    const now = openCheckpoint(encodeUtf8(got.checkpoint), trust()).checkpoint;
    expect(now.size).toBeGreaterThan(seen.size);
    const proof = got.hashes.map((hash) => decodeBase64(hash));
    verifyConsistency({
      firstSize: seen.size,
      secondSize: now.size,
      firstRoot: seen.root,
      secondRoot: now.root,
      proof,
    });
  });

  it('tells whoever has seen more that this is not that log', async () => {
    const got = await read('/api/v1/log/consistency?from=1000000');
    expect(got.json).toMatchObject({ code: 'LOG_SHORTER', status: 409 });
  });
});

async function bytesOf(path: string): Promise<Buffer> {
  const { port, keys } = world;
  const got = await askDoor({ port, key: keys.admin }, 'GET', `/api/v1/log/tile/${path}`, {});
  expect([path, got.status]).toEqual([path, 200]);
  return got.bytes;
}
