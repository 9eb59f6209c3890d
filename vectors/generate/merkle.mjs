// RFC 9162 section 2.1, written as the standard defines it: recursive, over all leaves, as slow as it is
// plain.
import { createHash } from 'node:crypto';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

export const leafHash = (entry) => sha256(Buffer.of(0), entry);

const split = (count) => {
  let k = 1;
  while (k * 2 < count) k *= 2;
  return k;
};

/** MTH(D[n]) over leaf hashes. */
export const treeHash = (leaves) => {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  const k = split(leaves.length);
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
};

/** PATH(m, D[n]). */
export const inclusion = (m, leaves) => {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...inclusion(m, leaves.slice(0, k)), treeHash(leaves.slice(k))]
    : [...inclusion(m - k, leaves.slice(k)), treeHash(leaves.slice(0, k))];
};

/** PROOF(m, D[n]). */
export const consistency = (m, leaves) => subproof(m, leaves, true);

const subproof = (m, leaves, whole) => {
  if (m === leaves.length) return whole ? [] : [treeHash(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), whole), treeHash(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), treeHash(leaves.slice(0, k))];
};
