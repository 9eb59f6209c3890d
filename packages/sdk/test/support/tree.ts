import {
  appendLeaves,
  emptyFrontier,
  encodeUtf8,
  hashLeaves,
  leafHash,
  loadPublicKey,
  nodeHash,
  noteSignatureLine,
  openBatch,
  printCheckpoint,
  printNote,
  printTlogProof,
  publicKeyOfSeed,
  rootOf,
  signEd25519,
  type VerifierKey,
  verifierKeyOf,
} from '@writ/proof';

export type Signer = { readonly seed: Uint8Array; readonly key: VerifierKey };

export const signerOf = (name: string, fill: number): Signer => {
  const seed = new Uint8Array(32).fill(fill);
  return { seed, key: verifierKeyOf(name, loadPublicKey(publicKeyOfSeed(seed))) };
};

/** The signed checkpoint of the tree of these heads. */
export const noteOf = (
  heads: readonly string[],
  { seed, key }: Signer,
  origin: string = key.name,
): string => {
  const frontier = appendLeaves(emptyFrontier(), hashLeaves(heads));
  const text = printCheckpoint({ origin, size: BigInt(frontier.size), root: rootOf(frontier) });
  return printNote(text, [noteSignatureLine(key.name, key.keyId, signEd25519(seed, encodeUtf8(text)))]);
};

export const proofOf = (heads: readonly string[], index: number, note: string): string => {
  const hashes = openBatch(emptyFrontier(), hashLeaves(heads)).proveInclusion(index);
  return printTlogProof({ index: BigInt(index), hashes, checkpoint: note });
};

type Leaves = readonly Uint8Array[];

/** RFC 9162 section 2.1.4.1, as it stands there: written for reading, and independent of what verifies it. */
export const consistencyOf = (heads: readonly string[], from: number): readonly Uint8Array[] => {
  const leaves = heads.map((head) => leafHash(encodeUtf8(head)));
  if (from === 0 || from === leaves.length) return [];
  return subproof(from, leaves, true);
};

const subproof = (from: number, leaves: Leaves, whole: boolean): Leaves => {
  if (from === leaves.length) return whole ? [] : [rootOfLeaves(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  if (from <= split) return [...subproof(from, left, whole), rootOfLeaves(right)];
  return [...subproof(from - split, right, false), rootOfLeaves(left)];
};

const rootOfLeaves = (leaves: Leaves): Uint8Array => {
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  const split = splitOf(leaves.length);
  return nodeHash(rootOfLeaves(leaves.slice(0, split)), rootOfLeaves(leaves.slice(split)));
};

/** The largest power of two below the count. */
const splitOf = (count: number): number => {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
};
