import { createHash } from 'node:crypto';
import {
  appendLeaves,
  assembleConsistency,
  assembleInclusion,
  consistencyNodes,
  emptyFrontier,
  type Frontier,
  foldNodes,
  frontierOf,
  HASH_BYTES,
  hashLeaves,
  hashLeavesInto,
  inclusionNodes,
  leafHash,
  nodeHash,
  openBatch,
  parseTilePath,
  peakList,
  peakNodes,
  printTilePath,
  rootOf,
  type TreeNode,
  tileOf,
  verifyConsistency,
  verifyInclusion,
} from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, textBytes, toHex, vectors } from '../support.ts';

const entries = Array.from({ length: 600 }, (_, i) => `entry ${i}`);
const leaves = entries.map((entry) => leafHash(textBytes(entry)));
const packed = (from: number, to: number) => hashLeaves(entries.slice(from, to));
const treeOf = (size: number): Frontier => appendLeaves(emptyFrontier(), packed(0, size));

/** The definition of RFC 9162 section 2.1.1 on the node's own leaves, hashed by the platform directly. */
function complete({ level, index }: TreeNode): Uint8Array {
  const leaf = leaves[index];
  if (level === 0) return leaf ?? new Uint8Array(0);
  const left = complete({ level: level - 1, index: 2 * index });
  const right = complete({ level: level - 1, index: 2 * index + 1 });
  return Uint8Array.from(createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest());
}

describe('Frontier', () => {
  for (const one of vectors<{ size: number; root: string }>('tree/roots.json')) {
    it(`rootOf() gives the root hash when it is ${one.reason}`, () => {
      expect(Buffer.from(rootOf(treeOf(one.size))).toString('base64')).toBe(one.root);
    });
  }

  it('appendLeaves() gives the same tree when the leaves come in any batches', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 70 }), { maxLength: 8 }), (counts) => {
        let frontier = emptyFrontier();
        for (const count of counts) {
          frontier = appendLeaves(frontier, packed(frontier.size, frontier.size + count));
        }
        expect(frontier).toEqual(treeOf(frontier.size));
        expect(peakList(frontier)).toEqual(peakNodes(frontier.size).map(complete));
        expect(foldNodes(peakList(frontier))).toEqual(rootOf(frontier));
      }),
    );
  });

  it('appendLeaves() leaves the frontier and the hashes alone when it makes a new one', () => {
    const before = treeOf(7);
    const copy = frontierOf(7, before.peaks);
    const added = packed(7, 30);
    const batch = openBatch(before, added);
    const root = toHex(batch.root);
    added.fill(0);
    expect(before).toEqual(copy);
    expect(toHex(batch.root)).toBe(root);
    expect(batch.after).toEqual(treeOf(30));
    before.peaks.fill(0);
    const fresh = openBatch(copy, packed(7, 30));
    for (let i = 0; i < 23; i++) expect(batch.proveInclusion(i)).toEqual(fresh.proveInclusion(i));
  });

  it('frontierOf() refuses when the peaks do not fit the size', () => {
    expect(codeOf(() => frontierOf(5, new Uint8Array(96)))).toBe('TREE_FRONTIER');
    expect(codeOf(() => frontierOf(5, new Uint8Array(63)))).toBe('TREE_FRONTIER');
    expect(codeOf(() => frontierOf(-1, new Uint8Array(0)))).toBe('TREE_SIZE');
    expect(codeOf(() => frontierOf(1.5, new Uint8Array(32)))).toBe('TREE_SIZE');
    expect(codeOf(() => frontierOf(2 ** 53, new Uint8Array(32)))).toBe('TREE_SIZE');
    expect(codeOf(() => openBatch({ size: 3, peaks: new Uint8Array(32) }, new Uint8Array(32)))).toBe(
      'TREE_FRONTIER',
    );
  });

  it('openBatch() refuses when hashes are cut or the tree would pass 2^53 − 1', () => {
    expect(codeOf(() => openBatch(emptyFrontier(), new Uint8Array(33)))).toBe('TREE_HASH_LENGTH');
    const full = frontierOf(Number.MAX_SAFE_INTEGER, new Uint8Array(53 * HASH_BYTES));
    expect(codeOf(() => openBatch(full, new Uint8Array(32)))).toBe('TREE_SIZE');
    expect(codeOf(() => openBatch(full, new Uint8Array(0)))).toBe('NONE');
  });

  it('openBatch() proves its leaves when the tree is larger than 32-bit numbers', () => {
    const size = 2 ** 52 + 2 ** 33 + 5;
    const before = frontierOf(size, hashLeaves(['a', 'b', 'c', 'd']));
    const batch = openBatch(before, packed(0, 6));
    for (let i = 0; i < 6; i++) {
      verifyInclusion({
        index: BigInt(size + i),
        size: BigInt(size + 6),
        leafHash: leaves[i] ?? new Uint8Array(0),
        proof: batch.proveInclusion(i),
        root: batch.root,
      });
    }
  });
});

describe('proofs', () => {
  it('proveInclusion() is the proof of the old record when both are made for one leaf', () => {
    const sizes = fc.tuple(fc.nat({ max: 260 }), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(sizes, ([size, count]) => {
        const batch = openBatch(treeOf(size), packed(size, size + count));
        for (let i = 0; i < count; i++) {
          const index = size + i;
          const proof = batch.proveInclusion(i);
          const hashes = inclusionNodes(index, size + count).map(complete);
          expect(proof).toEqual(assembleInclusion(index, size + count, hashes));
          verifyInclusion({
            index: BigInt(index),
            size: BigInt(size + count),
            leafHash: leaves[index] ?? new Uint8Array(0),
            proof,
            root: rootOf(treeOf(size + count)),
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('proveInclusion() refuses when the leaf is not in the batch', () => {
    const batch = openBatch(treeOf(3), packed(3, 5));
    for (const i of [-1, 2, 0.5, Number.NaN])
      expect(codeOf(() => batch.proveInclusion(i))).toBe('TREE_INDEX');
  });

  it('assembleInclusion() proves every leaf when trees have up to 40 leaves', () => {
    for (let size = 1; size <= 40; size++) {
      const root = rootOf(treeOf(size));
      for (let index = 0; index < size; index++) {
        const proof = assembleInclusion(index, size, inclusionNodes(index, size).map(complete));
        const leaf = leaves[index] ?? new Uint8Array(0);
        verifyInclusion({ index: BigInt(index), size: BigInt(size), leafHash: leaf, proof, root });
      }
    }
  });

  it('assembleConsistency() proves every growth when trees have up to 40 leaves', () => {
    for (let second = 1; second <= 40; second++) {
      for (let first = 1; first <= second; first++) {
        const proof = assembleConsistency(first, second, consistencyNodes(first, second).map(complete));
        verifyConsistency({
          firstSize: BigInt(first),
          secondSize: BigInt(second),
          firstRoot: rootOf(treeOf(first)),
          secondRoot: rootOf(treeOf(second)),
          proof,
        });
      }
    }
  });

  it('inclusionNodes() needs few hashes when the tree is as large as trees get', () => {
    const nodes = inclusionNodes(2 ** 52 + 12_345, Number.MAX_SAFE_INTEGER);
    expect(nodes.length).toBeLessThan(110);
    for (const { level, index } of nodes) {
      expect(Number.isSafeInteger(index)).toBe(true);
      expect((index + 1) * 2 ** level).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
    }
  });

  it('the prover refuses when index, sizes or hashes cannot be', () => {
    for (const [index, size] of [
      [0, 0],
      [5, 5],
      [-1, 5],
      [0.5, 5],
    ] as const) {
      expect(codeOf(() => inclusionNodes(index, size))).toBe('TREE_INDEX');
    }
    for (const size of [-1, 2 ** 53, 0.5]) expect(codeOf(() => inclusionNodes(0, size))).toBe('TREE_SIZE');
    for (const [one, two] of [
      [0, 5],
      [6, 5],
      [-1, 5],
      [1, 2 ** 53],
    ] as const) {
      expect(codeOf(() => consistencyNodes(one, two))).toBe('TREE_SIZE');
    }
    const hashes = inclusionNodes(3, 7).map(complete);
    expect(codeOf(() => assembleInclusion(3, 7, hashes.slice(1)))).toBe('TREE_PROOF_LENGTH');
    expect(
      codeOf(() =>
        assembleInclusion(3, 7, [...hashes, nodeHash(leafHash(textBytes('')), leafHash(textBytes('')))]),
      ),
    ).toBe('TREE_PROOF_LENGTH');
    expect(
      codeOf(() =>
        assembleInclusion(
          3,
          7,
          hashes.map((hash) => hash.subarray(1)),
        ),
      ),
    ).toBe('TREE_HASH_LENGTH');
  });
});

describe('hashes', () => {
  it('hashLeavesInto() hashes text and bytes alike when entries are short, long or not ASCII', () => {
    const texts = [
      '',
      'a',
      '\u00e9\u20ac\u{1f600}',
      'x'.repeat(4_094),
      'x'.repeat(4_095),
      'x'.repeat(4_096),
      '\u20ac'.repeat(9_000),
    ];
    const target = new Uint8Array(texts.length * HASH_BYTES + 5).fill(9);
    hashLeavesInto(texts, target);
    texts.forEach((text, i) => {
      const expected = createHash('sha256').update(Uint8Array.of(0)).update(text, 'utf8').digest('hex');
      expect(toHex(target.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))).toBe(expected);
      expect(toHex(leafHash(textBytes(text)))).toBe(expected);
    });
    expect(toHex(target.subarray(texts.length * HASH_BYTES))).toBe('0909090909');
  });

  it('hashLeavesInto() refuses when the target is short or an entry is not well-formed', () => {
    expect(codeOf(() => hashLeavesInto(['a', 'b'], new Uint8Array(63)))).toBe('TREE_LEAF_COUNT');
    expect(codeOf(() => hashLeaves(['\ud800']))).toBe('TEXT_NOT_WELL_FORMED');
    expect(codeOf(() => nodeHash(new Uint8Array(31), new Uint8Array(32)))).toBe('TREE_HASH_LENGTH');
    expect(codeOf(() => nodeHash(new Uint8Array(32), new Uint8Array(33)))).toBe('TREE_HASH_LENGTH');
    expect(codeOf(() => foldNodes([new Uint8Array(31)]))).toBe('TREE_HASH_LENGTH');
  });
});

describe('tiles', () => {
  type Case = { path: string; valid?: true; index?: number; width?: number; level?: number; code?: string };
  for (const one of vectors<Case>('tree/tile-paths.json')) {
    it(`parseTilePath() says ${one.code ?? 'yes'} when the path is ${one.reason}`, () => {
      if (one.code !== undefined) {
        expect(codeOf(() => parseTilePath(one.path))).toBe(one.code);
        return;
      }
      const tile = parseTilePath(one.path);
      expect(tile).toMatchObject({ index: one.index, width: one.width });
      expect(tile.kind === 'hashes' ? tile.level : undefined).toBe(one.level);
      expect(printTilePath(tile)).toBe(one.path);
    });
  }

  it('parseTilePath() gives back every tile when printTilePath() has written it', () => {
    const place = { index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) };
    const tile = fc.oneof(
      fc.record({ kind: fc.constant('hashes' as const), level: fc.integer({ min: 0, max: 63 }), ...place }),
      fc.record({ kind: fc.constant('entries' as const), ...place }),
    );
    fc.assert(
      fc.property(tile, (one) => {
        expect(parseTilePath(printTilePath(one))).toEqual(one);
      }),
    );
    expect(codeOf(() => printTilePath({ kind: 'entries', index: -1, width: 256 }))).toBe('TILE_PATH');
    expect(codeOf(() => printTilePath({ kind: 'hashes', level: 64, index: 0, width: 256 }))).toBe(
      'TILE_PATH',
    );
    expect(codeOf(() => printTilePath({ kind: 'hashes', level: 0, index: 0, width: 257 }))).toBe('TILE_PATH');
  });

  it('tileOf() names the hashes below a node when it lies inside a tile', () => {
    expect(tileOf({ level: 0, index: 300 })).toEqual({ level: 0, index: 1, first: 44, count: 1 });
    expect(tileOf({ level: 3, index: 33 })).toEqual({ level: 0, index: 1, first: 8, count: 8 });
    expect(tileOf({ level: 7, index: 1 })).toEqual({ level: 0, index: 0, first: 128, count: 128 });
    expect(tileOf({ level: 8, index: 256 })).toEqual({ level: 1, index: 1, first: 0, count: 1 });
    expect(tileOf({ level: 17, index: 5 })).toEqual({ level: 2, index: 0, first: 10, count: 2 });
    expect(codeOf(() => tileOf({ level: -1, index: 0 }))).toBe('TREE_INDEX');
    expect(codeOf(() => tileOf({ level: 7, index: 2 ** 52 }))).toBe('TREE_INDEX');
  });
});
