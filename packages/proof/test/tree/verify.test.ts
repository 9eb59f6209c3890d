import { type ConsistencyClaim, type InclusionClaim, verifyConsistency, verifyInclusion } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { base64Bytes, codeOf, thirdParty, vectors } from '../support.ts';

type Inclusion = {
  index: string;
  size: string;
  leaf_hash: string;
  proof: string[];
  root: string;
  code?: string;
};
type Consistency = {
  first_size: string;
  second_size: string;
  first_root: string;
  second_root: string;
  proof: string[];
  code?: string;
};

const inclusionOf = (one: Inclusion): InclusionClaim => ({
  index: BigInt(one.index),
  size: BigInt(one.size),
  leafHash: base64Bytes(one.leaf_hash),
  proof: one.proof.map(base64Bytes),
  root: base64Bytes(one.root),
});
const consistencyOf = (one: Consistency): ConsistencyClaim => ({
  firstSize: BigInt(one.first_size),
  secondSize: BigInt(one.second_size),
  firstRoot: base64Bytes(one.first_root),
  secondRoot: base64Bytes(one.second_root),
  proof: one.proof.map(base64Bytes),
});

describe('vectors/tree', () => {
  for (const one of vectors<Inclusion>('tree/inclusion.json')) {
    it(`verifyInclusion() says ${one.code ?? 'yes'} when ${one.reason}`, () => {
      expect(codeOf(() => verifyInclusion(inclusionOf(one)))).toBe(one.code ?? 'NONE');
    });
  }
  for (const one of vectors<Consistency>('tree/consistency.json')) {
    it(`verifyConsistency() says ${one.code ?? 'yes'} when ${one.reason}`, () => {
      expect(codeOf(() => verifyConsistency(consistencyOf(one)))).toBe(one.code ?? 'NONE');
    });
  }
});

type PublishedInclusion = {
  file: string;
  desc: string;
  leafIdx: string;
  treeSize: string;
  leafHash: string;
  proof: string[];
  root: string;
  valid: boolean;
};
type PublishedConsistency = {
  file: string;
  desc: string;
  size1: string;
  size2: string;
  root1: string;
  root2: string;
  proof: string[];
  valid: boolean;
};

describe('vectors/third-party', () => {
  for (const one of thirdParty<PublishedInclusion>('inclusion.json')) {
    it(`verifyInclusion() says ${one.valid} when ${one.file} has: ${one.desc}`, () => {
      const { leafIdx: index, treeSize: size, leafHash: leaf_hash, proof, root } = one;
      const code = codeOf(() => verifyInclusion(inclusionOf({ index, size, leaf_hash, proof, root })));
      expect(code).not.toBe('THROWN');
      expect(code === 'NONE').toBe(one.valid);
    });
  }
  for (const one of thirdParty<PublishedConsistency>('consistency.json')) {
    it(`verifyConsistency() says ${one.valid} when ${one.file} has: ${one.desc}`, () => {
      const { size1: first_size, size2: second_size, root1: first_root, root2: second_root, proof } = one;
      const claim = consistencyOf({ first_size, second_size, first_root, second_root, proof });
      const code = codeOf(() => verifyConsistency(claim));
      expect(code).not.toBe('THROWN');
      expect(code === 'NONE').toBe(one.valid);
    });
  }
});
