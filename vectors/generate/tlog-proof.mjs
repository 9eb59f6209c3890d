import { inclusion, leafHash, treeHash } from './merkle.mjs';
import { ALPHA, BETA } from './signer.mjs';
import { base64, writeCases } from './write.mjs';

const entries = Array.from({ length: 13 }, (_, i) => `entry ${i}`);
const leaves = entries.map((entry) => leafHash(Buffer.from(entry)));
const bodyOf = (size, origin = ALPHA.name) =>
  `${origin}\n${size}\n${base64(treeHash(leaves.slice(0, size)))}\n`;
const body = bodyOf(13);
const checkpoint = `${body}\n${ALPHA.line(body)}`;
const path = inclusion(5, leaves).map(base64);
const lines = (hashes) => hashes.map((hash) => `${hash}\n`).join('');
const HEADER = 'c2sp.org/tlog-proof@v1\n';
const proof = `${HEADER}index 5\n${lines(path)}\n${checkpoint}`;
const single = bodyOf(1);
const log = { origin: ALPHA.name, keys: [ALPHA.vkey] };

const good = (reason, text, leaf = entries[5]) => ({ reason, valid: true, ...log, leaf, proof: text });
const bad = (reason, code, text, change = {}) => ({
  reason,
  code,
  ...log,
  leaf: entries[5],
  proof: text,
  ...change,
});
const otherBody = bodyOf(13, 'example.com/other');

writeCases('tlog-proof/proofs.json', 'Proofs of inclusion in one file (spec/05-tlog-proof.md).', [
  good('a leaf among thirteen', proof),
  good('extra data comes along', `${HEADER}extra AAEC\nindex 5\n${lines(path)}\n${checkpoint}`),
  good('the only leaf has no path', `${HEADER}index 0\n\n${single}\n${ALPHA.line(single)}`, entries[0]),
  good('a stranger cosigned', `${proof}${BETA.line(body)}`),
  bad('the leaf is another', 'TREE_ROOT_MISMATCH', proof, { leaf: entries[6] }),
  bad('the leaf has a byte more', 'TREE_ROOT_MISMATCH', proof, { leaf: `${entries[5]}\n` }),
  bad('the leaf is empty', 'TREE_ROOT_MISMATCH', proof, { leaf: '' }),
  bad('the index is another', 'TREE_ROOT_MISMATCH', proof.replace('index 5', 'index 4')),
  bad('the index is beyond the tree', 'TREE_INDEX', proof.replace('index 5', 'index 13')),
  bad('the path is short', 'TREE_PROOF_LENGTH', `${HEADER}index 5\n${lines(path.slice(1))}\n${checkpoint}`),
  bad(
    'the path is long',
    'TREE_PROOF_LENGTH',
    `${HEADER}index 5\n${lines([...path, path[0]])}\n${checkpoint}`,
  ),
  bad(
    'the checkpoint is an older one',
    'TREE_PROOF_LENGTH',
    proof.replace(checkpoint, `${bodyOf(6)}\n${ALPHA.line(bodyOf(6))}`),
  ),
  bad(
    'the checkpoint is of another log',
    'CHECKPOINT_WRONG_ORIGIN',
    proof.replace(checkpoint, `${otherBody}\n${ALPHA.line(otherBody)}`),
  ),
  bad(
    'the checkpoint is signed by a stranger',
    'NOTE_NOT_SIGNED',
    proof.replace(checkpoint, `${body}\n${BETA.line(body)}`),
  ),
  bad(
    'the signature is of another checkpoint',
    'NOTE_SIGNATURE_INVALID',
    proof.replace(checkpoint, `${body}\n${ALPHA.line(bodyOf(6))}`),
  ),
  bad('the checkpoint is not signed', 'NOTE_MALFORMED', proof.replace(checkpoint, body)),
  bad('no key is trusted', 'NOTE_NOT_SIGNED', proof, { keys: [] }),
  bad(
    'the log signed what is no checkpoint',
    'CHECKPOINT_MALFORMED',
    proof.replace(checkpoint, `hello\n\n${ALPHA.line('hello\n')}`),
  ),
  bad('there is nothing', 'PROOF_MALFORMED', ''),
  bad('the header is missing', 'PROOF_MALFORMED', proof.slice(HEADER.length)),
  bad('the version is another', 'PROOF_VERSION', proof.replace('@v1', '@v2')),
  bad('the version has more to it', 'PROOF_VERSION', proof.replace('@v1', '@v1 ')),
  bad('the header is in capitals', 'PROOF_MALFORMED', proof.replace('c2sp', 'C2SP')),
  bad('the index line is missing', 'PROOF_INDEX', proof.replace('index 5\n', '')),
  bad('the index has a leading zero', 'PROOF_INDEX', proof.replace('index 5', 'index 05')),
  bad('the index is negative', 'PROOF_INDEX', proof.replace('index 5', 'index -5')),
  bad('the index is empty', 'PROOF_INDEX', proof.replace('index 5', 'index ')),
  bad('the index is 2^63', 'PROOF_INDEX', proof.replace('index 5', 'index 9223372036854775808')),
  bad(
    'the index stands before the extra data',
    'PROOF_HASH',
    `${HEADER}index 5\nextra AAEC\n${lines(path)}\n${checkpoint}`,
  ),
  bad(
    'the extra data stands twice',
    'PROOF_INDEX',
    `${HEADER}extra AAEC\nextra AAEC\nindex 5\n${lines(path)}\n${checkpoint}`,
  ),
  bad('the extra data is empty', 'PROOF_EXTRA', `${HEADER}extra \nindex 5\n${lines(path)}\n${checkpoint}`),
  bad(
    'the extra data is not base64',
    'PROOF_EXTRA',
    `${HEADER}extra AAE\nindex 5\n${lines(path)}\n${checkpoint}`,
  ),
  bad(
    'a hash has 31 bytes',
    'PROOF_HASH',
    `${HEADER}index 5\n${lines([base64(Buffer.alloc(31)), ...path])}\n${checkpoint}`,
  ),
  bad(
    'a hash has free bits',
    'PROOF_HASH',
    `${HEADER}index 5\n${lines([`${'A'.repeat(42)}B=`, ...path])}\n${checkpoint}`,
  ),
  bad(
    'there are 64 hashes',
    'PROOF_TOO_MANY_HASHES',
    `${HEADER}index 5\n${lines(Array(64).fill(path[0]))}\n${checkpoint}`,
  ),
  bad('the empty line is missing', 'PROOF_HASH', `${HEADER}index 5\n${lines(path)}${checkpoint}`),
  bad('the checkpoint is missing', 'PROOF_MALFORMED', `${HEADER}index 5\n${lines(path)}\n`),
  bad(
    'two empty lines stand before the checkpoint',
    'NOTE_SIGNATURE_INVALID',
    `${HEADER}index 5\n${lines(path)}\n\n${checkpoint}`,
  ),
  bad('carriage returns end the lines', 'PROOF_MALFORMED', proof.replaceAll('\n', '\r\n')),
  bad(
    'a node is passed off as a leaf',
    'TREE_PROOF_LENGTH',
    `${HEADER}index 2\n${lines(path.slice(1))}\n${checkpoint}`,
    {
      leaf_hex: Buffer.concat([leaves[4], leaves[5]]).toString('hex'),
    },
  ),
]);
