import {
  appendLeaves,
  assembleInclusion,
  decodeBase64,
  decodeBase64url,
  decodeHex,
  emptyFrontier,
  encodeBase64url,
  encodeHex,
  encodeUtf8,
  Failure,
  hashLeaves,
  hkdfSha256,
  hmacSha256,
  inclusionNodes,
  isCanonical,
  leafHash,
  loadPublicKey,
  nodeHash,
  openBatch,
  parseAccessKey,
  parseCheckpoint,
  parseHead,
  parseJson,
  parseNote,
  parseTlogProof,
  parseVerifierKey,
  printCheckpoint,
  printJson,
  printTlogProof,
  publicKeyOfSeed,
  rootOf,
  sha256,
  sha256Base64url,
  signEd25519,
  type TreeNode,
  verifyEd25519,
  verifyInclusion,
} from '@writ/proof';

/**
 * Everything the package reads, fed with every text of every vector: what comes out, or the code of the
 * refusal.
 */
const READERS: Readonly<Record<string, (bytes: Uint8Array, text: string) => unknown>> = {
  json: (bytes) => printJson(parseJson(bytes)),
  canonical: (bytes) => isCanonical(bytes),
  note: (bytes) => parseNote(bytes).text,
  tlog_proof: (bytes) => printTlogProof(parseTlogProof(bytes)),
  head: (bytes) => parseHead(bytes).kind,
  checkpoint: (_bytes, text) => printCheckpoint(parseCheckpoint(text)),
  access_key: (_bytes, text) => parseAccessKey(text),
  verifier_key: (_bytes, text) => parseVerifierKey(text).name,
  base64: (_bytes, text) => encodeHex(decodeBase64(text)),
  base64url: (_bytes, text) => encodeHex(decodeBase64url(text)),
  hex: (_bytes, text) => encodeBase64url(decodeHex(text)),
  digest: (bytes) => [sha256Base64url(bytes), encodeHex(hmacSha256(bytes, bytes))],
  derive: (bytes) => encodeHex(hkdfSha256(bytes, bytes, bytes, 48)),
  public_key: (_bytes, text) => {
    loadPublicKey(decodeBase64(text));
    return true;
  },
  sign: (bytes) => {
    const seed = sha256(bytes);
    const signature = signEd25519(seed, bytes);
    const key = loadPublicKey(publicKeyOfSeed(seed));
    return [encodeHex(signature), verifyEd25519(key, bytes, signature), verifyEd25519(key, seed, signature)];
  },
};

/** Signing twice a text is the slowest reader by far on portable code; so many texts are enough. */
const SIGNED_TEXTS = 40;
const TREE_SIZE = 70;

/** The vectors, read and written again in a context without clock, chance, locale and machine. */
export const probe = (vectors: Readonly<Record<string, string>>): unknown => {
  const texts = [...new Set(Object.values(vectors).flatMap(textsOf))];
  const answers: Record<string, unknown> = { texts: texts.length, tree: probeTree() };
  for (const [name, read] of Object.entries(READERS)) {
    const chosen = name === 'sign' ? texts.slice(0, SIGNED_TEXTS) : texts;
    answers[name] = summarize(chosen.map((text) => attempt(() => read(encodeUtf8(text), text))));
  }
  return answers;
};

/** Every string in a JSON vector; any other file as it is. */
const textsOf = (file: string): readonly string[] => {
  let value: unknown;
  try {
    value = JSON.parse(file);
  } catch {
    return [file];
  }
  const found: string[] = [file];
  const walk = (one: unknown): void => {
    if (typeof one === 'string') {
      if (one.isWellFormed()) found.push(one);
    } else if (one !== null && typeof one === 'object') Object.values(one).forEach(walk);
  };
  walk(value);
  return found;
};

const attempt = (run: () => unknown): string => {
  try {
    return JSON.stringify(run());
  } catch (error) {
    // a refusal has a code; anything else is a fault of the package and must not pass as an answer
    if (error instanceof Failure) return `refused ${error.code}`;
    throw error;
  }
};

const summarize = (answers: readonly string[]): unknown => {
  const refusals: Record<string, number> = {};
  for (const answer of answers) {
    if (answer.startsWith('refused ')) refusals[answer] = (refusals[answer] ?? 0) + 1;
  }
  return { refusals, all: sha256Base64url(JSON.stringify(answers)) };
};

/** Grows a tree leaf by leaf; each leaf's proof, by both provers, against its root. */
const probeTree = (): unknown => {
  const leaves = Array.from({ length: TREE_SIZE }, (_, index) => leafHash(encodeUtf8(`leaf ${index}`)));
  const hash = ({ level, index }: TreeNode): Uint8Array =>
    level === 0
      ? (leaves[index] ?? new Uint8Array())
      : nodeHash(
          hash({ level: level - 1, index: 2 * index }),
          hash({ level: level - 1, index: 2 * index + 1 }),
        );
  const roots: string[] = [];
  let frontier = emptyFrontier();
  for (let size = 1; size <= TREE_SIZE; size++) {
    const added = hashLeaves([`leaf ${size - 1}`]);
    const batch = openBatch(frontier, added);
    frontier = appendLeaves(frontier, added);
    const root = rootOf(frontier);
    const index = (size * 7) % size;
    const proof = assembleInclusion(index, size, inclusionNodes(index, size).map(hash));
    const claim = {
      index: BigInt(index),
      size: BigInt(size),
      leafHash: hash({ level: 0, index }),
      proof,
      root,
    };
    verifyInclusion(claim);
    roots.push(encodeHex(root), encodeHex(batch.root), String(proof.length));
  }
  return roots;
};
