import { Failure } from '../failure.ts';
import type { TreeNode } from './nodes.ts';

// c2sp.org/tlog-tiles: tiles are 8 levels high and hold up to 256 hashes of their lowest level.
export const TILE_WIDTH = 256;
const TILE_LEVELS = 8;
// The specification allows levels 0 to 63; a tree of 2^53 leaves ends below level 7.
const TILE_LEVEL_MAX = 63;

/**
 * A tile of hashes, or with `kind` "entries" a bundle of entries. `width` is below 256 for a partial tile.
 */
export type Tile =
  | { readonly kind: 'hashes'; readonly level: number; readonly index: number; readonly width: number }
  | { readonly kind: 'entries'; readonly index: number; readonly width: number };

/**
 * Where a node's hash is: hashes `first … first + count` of a tile, folded together when count is above 1.
 */
export type TilePlace = {
  readonly level: number;
  readonly index: number;
  readonly first: number;
  readonly count: number;
};

/** The tile that holds the hash of a complete subtree. */
export function tileOf(node: TreeNode): TilePlace {
  const level = Math.floor(node.level / TILE_LEVELS);
  const count = 2 ** (node.level % TILE_LEVELS);
  const position = node.index * count;
  if (!Number.isSafeInteger(position) || position < 0 || node.level < 0) {
    throw new Failure('TREE_INDEX', 'no node of a tree');
  }
  return { level, index: Math.floor(position / TILE_WIDTH), first: position % TILE_WIDTH, count };
}

/** The path of a tile: `tile/0/x001/x234/067`, `tile/1/000.p/17`, `tile/entries/003`. */
export function printTilePath(tile: Tile): string {
  if (!isTile(tile)) throw new Failure('TILE_PATH', 'not a tile');
  const kind = tile.kind === 'entries' ? 'entries' : String(tile.level);
  const partial = tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`;
  return `tile/${kind}/${printIndex(tile.index)}${partial}`;
}

/** Accepts exactly what `printTilePath` writes. */
export function parseTilePath(path: string): Tile {
  const parts = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (parts === null) throw new Failure('TILE_PATH', 'not the path of a tile');
  const [, kind = '', digits = '', partial] = parts;
  const index = Number(digits.replaceAll('x', '').replaceAll('/', ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  const tile: Tile =
    kind === 'entries' ? { kind, index, width } : { kind: 'hashes', level: Number(kind), index, width };
  // One spelling: leading zeros, needless groups and a partial tile of full width print differently.
  if (!isTile(tile) || printTilePath(tile) !== path) throw new Failure('TILE_PATH', 'not the path of a tile');
  return tile;
}

function isTile(tile: Tile): boolean {
  if (tile.kind === 'hashes') {
    if (!Number.isInteger(tile.level) || tile.level < 0 || tile.level > TILE_LEVEL_MAX) return false;
  }
  if (!Number.isSafeInteger(tile.index) || tile.index < 0) return false;
  return Number.isInteger(tile.width) && tile.width >= 1 && tile.width <= TILE_WIDTH;
}

function printIndex(index: number): string {
  let text = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    text = `x${String(rest % 1000).padStart(3, '0')}/${text}`;
  }
  return text;
}
