// What a verifier believes.
import { proof } from './fault.mjs';

export const VERIFYING = [
  proof(
    'tree/hash.ts',
    'const LEAF_PREFIX = 0x00;',
    'const LEAF_PREFIX = 0x01;',
    'tree/prove',
    'rootOf() gives the root hash',
  ),
  proof(
    'tree/verify-inclusion.ts',
    "if (last !== 0n) throw new Failure('TREE_PROOF_LENGTH', 'the proof is too short for the tree');",
    '',
    'tree/verify',
    'verifyInclusion() says TREE_PROOF_LENGTH',
  ),
  proof(
    'tree/verify-consistency.ts',
    'if (!equalBytes(roots.second, secondRoot))',
    'if (roots.second.length !== secondRoot.length)',
    'tree/verify',
    'verifyConsistency() says TREE_ROOT_MISMATCH',
  ),
  proof(
    'writ/bind.ts',
    'if (!(now_ms <= expires_at + SKEW_MS))',
    'if (!(now_ms < expires_at + SKEW_MS))',
    'receipt/verify',
    'verifySpend() accepts five seconds of skew and no more',
  ),
  proof(
    'writ/bind.ts',
    'if (!sameText(head.args, commitArgs(nonce, args))) {',
    'if (commitArgs(nonce, args) === head.args + "x") {',
    'receipt/order',
    'verifySpend() says invalid ARGS_MISMATCH',
  ),
  proof(
    'writ/bind.ts',
    'checkpoint.size === seen.size && !equalBytes',
    'checkpoint.size < seen.size && !equalBytes',
    'writ/writ',
    'verifyWrit() refuses a tree that is smaller or other than one seen before',
  ),
  proof(
    'writ/verify.ts',
    "head.verdict !== 'ALLOW' || expires_at === null",
    'expires_at === null',
    'writ/writ',
    'verifyWrit() refuses a record that is no permission',
  ),
  proof(
    'receipt/verify.ts',
    "if (memory.actions.has(head.id)) throw new Failure('ALREADY_SPENT', 'this action was accepted before');",
    '',
    'receipt/verify',
    'verifySpend() accepts one receipt once',
  ),
  proof(
    'receipt/possession.ts',
    'if (!verifyEd25519(loadPublicKey(possession.publicKey), message, possession.signature)) {',
    'if (message.length === 0) {',
    'receipt/verify',
    'verifySpend() refuses when the signature was made for another target',
  ),
  proof(
    'receipt/verify.ts',
    'if (me.executor !== null && head.executor !== me.executor) {',
    'if (me.executor === head.id) {',
    'receipt/order',
    'verifySpend() says invalid EXECUTOR_MISMATCH',
  ),
];
