import { Buffer } from 'node:buffer';
import {
  encodeBase64,
  Failure,
  HASH_BYTES,
  parseTilePath,
  peakList,
  TILE_WIDTH,
  type Tile,
} from '@writ/proof';
import { API_LIMITS } from '@writ/contract/api';
import type { Cell } from '../../../cell/open-cell.ts';
import { proveConsistency, proveRecord } from '../../../cell/prove.ts';
import { readSignedBatches } from '../../../cell/read-signed-batches.ts';
import { type Handlers, valueOf } from '../handler.ts';
import { DoorRefusal } from '../refusal.ts';

export const LOG_HANDLERS: Handlers<
  'getCheckpoint' | 'getTile' | 'listEntries' | 'listBatches' | 'getProof' | 'getConsistency'
> = {
  async getCheckpoint({ cell }) {
    const { note, frontier } = cell.running.head();
    return { kind: 'raw', index: frontier.size, bytes: note };
  },

  async getTile({ cell, parts }) {
    const tile = tileOf(parts['path'] ?? '');
    const { size } = cell.running.head().frontier;
    if (!isThere(tile, size)) throw new DoorRefusal('NOT_FOUND');
    await cell.tilesUpTo(size);
    const bytes = tile.kind === 'entries' ? await entriesOf(cell, tile) : await hashesOf(cell, tile);
    return { kind: 'raw', index: size, bytes };
  },

  async listEntries({ cell, query }) {
    const { size } = cell.running.head().frontier;
    const from = query.from ?? 0;
    const limit = query.limit ?? API_LIMITS.page_rows_default;
    const count = Math.max(0, Math.min(limit, size - from));
    const heads = count === 0 ? [] : await cell.readHeads(from, count);
    return valueOf('listEntries', { from, heads: [...heads], size }, size);
  },

  async listBatches({ cell, query: { from = 0 } }) {
    const { before, batches, size } = await readSignedBatches(cell, from);
    const peaks = peakList(before).map(encodeBase64);
    const shown = batches.map(({ heads, note }) => ({ heads: [...heads], note }));
    return valueOf('listBatches', { from, peaks, batches: shown, size }, size);
  },

  async getProof({ cell, parts }) {
    const index = indexOf(parts['index'] ?? '');
    if (index >= cell.running.head().frontier.size) throw new DoorRefusal('NOT_FOUND');
    const proven = await proveRecord(cell, index);
    return valueOf('getProof', proven, cell.running.durableSize());
  },

  async getConsistency({ cell, query }) {
    const { checkpoint, size, hashes } = await proveConsistency(cell, query.from);
    const value = { checkpoint, from: query.from, size, hashes: hashes.map(encodeBase64) };
    return valueOf('getConsistency', value, size);
  },
};

const INDEX = /^(?:0|[1-9][0-9]{0,15})$/;

function indexOf(text: string): number {
  const index = INDEX.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(index)) return index;
  throw new DoorRefusal('NOT_FOUND');
}

function tileOf(path: string): Tile {
  try {
    return parseTilePath(`tile/${path}`);
  } catch (error) {
    if (error instanceof Failure) throw new DoorRefusal('NOT_FOUND');
    throw error;
  }
}

const LEVELS_PER_TILE = 8;

/** A tile of the tree as it is now: whole, or as wide as it is. */
function isThere(tile: Tile, size: number): boolean {
  const level = tile.kind === 'entries' ? 0 : tile.level;
  const nodes = Math.floor(size / 2 ** (LEVELS_PER_TILE * level));
  return tile.index * TILE_WIDTH + tile.width <= nodes;
}

async function hashesOf({ tiles }: Cell, tile: Extract<Tile, { readonly kind: 'hashes' }>): Promise<Buffer> {
  const bytes = Buffer.alloc(tile.width * HASH_BYTES);
  for (let at = 0; at < tile.width; at += 1) {
    const hash = await tiles.hashAt(tile.level * LEVELS_PER_TILE, tile.index * TILE_WIDTH + at);
    bytes.set(hash, at * HASH_BYTES);
  }
  return bytes;
}

const LENGTH_BYTES = 2;

/** c2sp.org/tlog-tiles: each entry with its length before it, as 16 bits in network order. */
async function entriesOf(cell: Cell, tile: Tile): Promise<Buffer> {
  const heads = await cell.readHeads(tile.index * TILE_WIDTH, tile.width);
  return Buffer.concat(
    heads.flatMap((head) => {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(Buffer.byteLength(head));
      return [length, Buffer.from(head, 'utf8')];
    }),
  );
}
