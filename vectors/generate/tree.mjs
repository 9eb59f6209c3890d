import { consistency, inclusion, leafHash, treeHash } from './merkle.mjs';
import { base64, writeCases } from './write.mjs';

const leaves = Array.from({ length: 300 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));
const first = (count) => leaves.slice(0, count);
const ZERO = Buffer.alloc(32);

const flipped = (hash) => Buffer.from(hash.map((byte, i) => (i === 17 ? byte ^ 4 : byte)));
const replaced = (list, at, value) => list.map((one, i) => (i === at ? value : one));

const roots = [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 255, 256, 257, 300].map((size) => ({
  reason: `the tree of the entries "entry 0" to "entry ${size - 1}", ${size} in all`,
  size,
  root: base64(treeHash(first(size))),
}));
writeCases('tree/roots.json', 'Root hashes of trees over "entry 0", "entry 1", … (spec/02-tree.md).', roots);

const included = (reason, index, size, change = {}) => ({
  reason,
  ...('code' in change ? { code: change.code } : { valid: true }),
  index: String(change.index ?? index),
  size: String(change.size ?? size),
  leaf_hash: base64(change.leaf ?? leaves[index]),
  proof: (change.proof ?? inclusion(index, first(size))).map(base64),
  root: base64(change.root ?? treeHash(first(size))),
});
const route = inclusion(5, first(13));
const short = Buffer.from(route[0].subarray(0, 31));
writeCases('tree/inclusion.json', 'Claims that a leaf stands at an index of a tree (spec/02-tree.md).', [
  included('the tree has one leaf', 0, 1),
  included('the leaf is the lone last one', 4, 5),
  included('the leaf lies left in a full tree', 0, 8),
  included('the leaf lies on the right edge, levels are passed over', 12, 13),
  included('the leaf lies inside a large tree', 170, 300),
  included('the size is another of the same shape: only a checkpoint binds a root to its size', 5, 13, {
    size: 12,
  }),
  included('the index is that of a neighbour', 5, 13, { index: 4, code: 'TREE_ROOT_MISMATCH' }),
  included('the index is the size', 5, 13, { index: 13, code: 'TREE_INDEX' }),
  included('the index is negative', 5, 13, { index: -1, code: 'TREE_INDEX' }),
  included('the tree is empty', 0, 1, { size: 0, code: 'TREE_INDEX' }),
  included('the size is negative', 0, 1, { size: -1, code: 'TREE_SIZE' }),
  included('the size passes 64 bits', 0, 1, { size: 2n ** 64n, code: 'TREE_SIZE' }),
  included('the index differs by 2^64', 5, 13, { index: 5n + 2n ** 64n, code: 'TREE_INDEX' }),
  included('the size asks for a longer path', 5, 13, { size: 17, code: 'TREE_PROOF_LENGTH' }),
  included('the size asks for a shorter path', 5, 13, { size: 8, code: 'TREE_PROOF_LENGTH' }),
  included('a bit of the leaf hash is turned', 5, 13, {
    leaf: flipped(leaves[5]),
    code: 'TREE_ROOT_MISMATCH',
  }),
  included('a bit of the root is turned', 5, 13, {
    root: flipped(treeHash(first(13))),
    code: 'TREE_ROOT_MISMATCH',
  }),
  ...route.map((hash, i) =>
    included(`a bit of hash ${i} of the path is turned`, 5, 13, {
      proof: replaced(route, i, flipped(hash)),
      code: 'TREE_ROOT_MISMATCH',
    }),
  ),
  included('the path lacks its last hash', 5, 13, { proof: route.slice(0, -1), code: 'TREE_PROOF_LENGTH' }),
  included('the path lacks its first hash', 5, 13, { proof: route.slice(1), code: 'TREE_PROOF_LENGTH' }),
  included('the path is empty', 5, 13, { proof: [], code: 'TREE_PROOF_LENGTH' }),
  included('the path has a hash too many', 5, 13, { proof: [...route, ZERO], code: 'TREE_PROOF_LENGTH' }),
  included('the path is turned round', 5, 13, { proof: route.toReversed(), code: 'TREE_ROOT_MISMATCH' }),
  included('the root stands as its own path', 0, 1, { proof: [leaves[0]], code: 'TREE_PROOF_LENGTH' }),
  included('a hash has 31 bytes', 5, 13, { proof: replaced(route, 0, short), code: 'TREE_HASH_LENGTH' }),
  included('two hashes are cut elsewhere', 5, 13, {
    proof: [short, Buffer.concat([route[0].subarray(31), route[1]]), ...route.slice(2)],
    code: 'TREE_HASH_LENGTH',
  }),
  included('the leaf hash has 33 bytes', 5, 13, { leaf: Buffer.alloc(33), code: 'TREE_HASH_LENGTH' }),
  included('a hash too many has 31 bytes: lengths are looked at first', 5, 13, {
    proof: [...route, short],
    code: 'TREE_HASH_LENGTH',
  }),
  included('the only leaf has 33 bytes and a proof that it needs not', 0, 1, {
    leaf: Buffer.alloc(33),
    proof: [ZERO],
    code: 'TREE_HASH_LENGTH',
  }),
  included('the root is empty', 5, 13, { root: Buffer.alloc(0), code: 'TREE_HASH_LENGTH' }),
]);

const grown = (reason, one, two, change = {}) => ({
  reason,
  ...('code' in change ? { code: change.code } : { valid: true }),
  first_size: String(change.one ?? one),
  second_size: String(change.two ?? two),
  first_root: base64(change.rootOne ?? treeHash(first(one))),
  second_root: base64(change.rootTwo ?? treeHash(first(two))),
  proof: (change.proof ?? (one < 1 ? [] : consistency(one, first(two)))).map(base64),
});
const steps = consistency(6, first(13));
writeCases('tree/consistency.json', 'Claims that a tree is another with leaves added (spec/02-tree.md).', [
  grown('the sizes are equal', 13, 13),
  grown('the first tree is one complete subtree', 8, 13),
  grown('the first tree has one leaf', 1, 300),
  grown('both trees are ragged', 6, 13),
  grown('one leaf is added to a large tree', 299, 300),
  grown('the first tree is empty', 0, 13, { code: 'TREE_SIZE' }),
  grown('the first tree is the larger', 6, 13, { one: 14, code: 'TREE_SIZE' }),
  grown('the first size is negative', 6, 13, { one: -6, code: 'TREE_SIZE' }),
  grown('the second size passes 64 bits', 6, 13, { two: 2n ** 64n, code: 'TREE_SIZE' }),
  grown('the sizes are equal and the roots are not', 13, 13, { rootTwo: ZERO, code: 'TREE_ROOTS_DIFFER' }),
  grown('the sizes are equal and a proof comes along', 13, 13, { proof: [ZERO], code: 'TREE_PROOF_LENGTH' }),
  grown('there is no proof', 6, 13, { proof: [], code: 'TREE_PROOF_LENGTH' }),
  grown('there is no proof for a complete first tree', 8, 13, { proof: [], code: 'TREE_PROOF_LENGTH' }),
  grown('the first root is another', 6, 13, { rootOne: ZERO, code: 'TREE_ROOT_MISMATCH' }),
  grown('the second root is another', 6, 13, { rootTwo: ZERO, code: 'TREE_ROOT_MISMATCH' }),
  grown('the roots are exchanged', 6, 13, {
    rootOne: treeHash(first(13)),
    rootTwo: treeHash(first(6)),
    code: 'TREE_ROOT_MISMATCH',
  }),
  grown('the first size is that of another tree', 6, 13, { one: 5, code: 'TREE_PROOF_LENGTH' }),
  ...steps.map((hash, i) =>
    grown(`a bit of hash ${i} is turned`, 6, 13, {
      proof: replaced(steps, i, flipped(hash)),
      code: 'TREE_ROOT_MISMATCH',
    }),
  ),
  grown('the last hash is missing', 6, 13, { proof: steps.slice(0, -1), code: 'TREE_PROOF_LENGTH' }),
  grown('there is a hash too many', 6, 13, { proof: [...steps, ZERO], code: 'TREE_PROOF_LENGTH' }),
  grown('a hash has 31 bytes', 6, 13, {
    proof: replaced(steps, 1, Buffer.alloc(31)),
    code: 'TREE_HASH_LENGTH',
  }),
  grown('a hash too many has 31 bytes: lengths are looked at first', 6, 13, {
    proof: [...steps, short],
    code: 'TREE_HASH_LENGTH',
  }),
  grown('the first root has 33 bytes', 6, 13, { rootOne: Buffer.alloc(33), code: 'TREE_HASH_LENGTH' }),
]);

const tile = (reason, path, index, width, level) => ({
  reason,
  path,
  valid: true,
  index,
  width,
  ...(level === undefined ? {} : { level }),
});
const noTile = (reason, path) => ({ reason, path, code: 'TILE_PATH' });
writeCases(
  'tree/tile-paths.json',
  'Paths of tiles (spec/02-tree.md); without level it is a bundle of entries.',
  [
    tile('the first tile', 'tile/0/000', 0, 256, 0),
    tile('a partial tile', 'tile/1/067.p/5', 67, 5, 1),
    tile('an index of two groups', 'tile/0/x001/067', 1067, 256, 0),
    tile('an index of three groups', 'tile/2/x001/x234/067.p/255', 1234067, 255, 2),
    tile('a bundle of entries', 'tile/entries/x999/999', 999999, 256),
    tile('the last level that the format knows', 'tile/63/000.p/1', 0, 1, 63),
    noTile('a level beyond 63', 'tile/64/000'),
    noTile('a level with a leading zero', 'tile/00/000'),
    noTile('an index of two digits', 'tile/0/67'),
    noTile('an index of four digits', 'tile/0/1067'),
    noTile('a group that says nothing', 'tile/0/x000/067'),
    noTile('a group without its x', 'tile/0/001/067'),
    noTile('a last group with an x', 'tile/0/x001/x067'),
    noTile('a partial tile of nothing', 'tile/0/067.p/0'),
    noTile('a partial tile that is full', 'tile/0/067.p/256'),
    noTile('a width with a leading zero', 'tile/0/067.p/05'),
    noTile('a negative level', 'tile/-1/067'),
    noTile('a path that climbs', 'tile/0/../067'),
    noTile('a path from the root', '/tile/0/067'),
    noTile('something behind it', 'tile/0/067/'),
    noTile('a newline behind it', 'tile/0/067\n'),
    noTile('an unknown kind', 'tile/data/067'),
    noTile('an index beyond 2^53', 'tile/0/x999/x999/x999/x999/x999/999'),
  ],
);
