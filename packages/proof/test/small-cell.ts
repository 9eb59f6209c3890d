import {
  appendLeaves,
  blindReference,
  commitArgs,
  cosignedMessage,
  deriveNonce,
  emptyFrontier,
  encodeBase64url,
  encodeUtf8,
  type Head,
  hashLeaves,
  type JsonValue,
  keyThumbprint,
  loadPublicKey,
  noteSignatureLine,
  openBatch,
  parseHead,
  printCheckpoint,
  printCosignature,
  printHead,
  printNote,
  printTlogProof,
  printVerifierKey,
  printWitnessKey,
  publicKeyOfSeed,
  rootOf,
  sha256,
  sha256Base64url,
  signEd25519,
  type TrustFileKey,
  type VerifierKey,
  verifierKeyOf,
  type WitnessKey,
  witnessKeyOf,
} from '@writ/proof';

/** A log of a few records with everything that is needed to sign and prove them; no part of Writ. */
export const ORIGIN = 'cell.example/one/0123456789abcdef';
export const NOW = 1_790_000_000_000;
export const TARGET = 'payments.example';
export const ARGS: JsonValue = { amount: 250, to: 'Zoë' };
export const TOOL = sha256Base64url('the definition of a tool');

export const seedOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
export const bytesOf = encodeUtf8;
export const digestOf = (text: string): string => sha256Base64url(text);
export const tagOf = (text: string): string => encodeBase64url(sha256(encodeUtf8(text)).subarray(0, 16));
export const idOf = (prefix: string, number: number): string =>
  `${prefix}_${String(number).padStart(26, '0')}`;

export type Signer = { readonly seed: Uint8Array; readonly key: VerifierKey };
export type Witness = { readonly seed: Uint8Array; readonly key: WitnessKey };

export const signerOf = (name: string, fill: number): Signer => {
  const seed = seedOf(fill);
  return { seed, key: verifierKeyOf(name, loadPublicKey(publicKeyOfSeed(seed))) };
};

export const witnessOf = (name: string, fill: number): Witness => {
  const seed = seedOf(fill);
  return { seed, key: witnessKeyOf(name, loadPublicKey(publicKeyOfSeed(seed))) };
};

export const LOG = signerOf(ORIGIN, 1);
export const OTHER_LOG_KEY = signerOf(ORIGIN, 2);
export const EXECUTOR_SEED = seedOf(3);
export const EXECUTOR_KEY = publicKeyOfSeed(EXECUTOR_SEED);
export const EXECUTOR = idOf('exe', 7);
export const NONCE = deriveNonce(seedOf(4), idOf('act', 0));

export const keyUse = (signer: Signer, change: Partial<TrustFileKey> = {}): TrustFileKey => ({
  vkey: printVerifierKey(signer.key),
  from_size: 0n,
  until_size: null,
  not_before_ms: null,
  not_after_ms: null,
  ...change,
});

export const vkeyOf = (witness: Witness): string => printWitnessKey(witness.key);

const BASE = {
  v: 1,
  ns: idOf('ns', 1),
  time: NOW,
  term: 3,
  parts: { state: digestOf('state'), sealed: digestOf('sealed') },
} as const;

const saltOf = (index: number): string => tagOf(`salt ${index}`);
const blind = (salt: string, what: string, thing: string): string =>
  blindReference(sha256Base64url, salt, what, thing);

type Change = Readonly<Record<string, unknown>>;

/** A head is read back, so that no test runs on one that could not be in a log. */
const headOf = (members: Change): string => {
  const text = printHead(members as unknown as Head);
  parseHead(encodeUtf8(text));
  return text;
};

export const decisionHead = (index: number, change: Change = {}): string => {
  const salt = saltOf(index);
  return headOf({
    ...BASE,
    kind: 'decision',
    id: idOf('act', index),
    salt,
    verdict: 'ALLOW',
    code: 'ALLOWED',
    args: commitArgs(NONCE, ARGS),
    executor: EXECUTOR,
    expires_at: NOW + 30_000,
    obligations: ['no_network', 'run_fenced'],
    reasons: 1,
    state_hash: digestOf('state hash'),
    ticket: null,
    tool: blind(salt, 'tool', TOOL),
    policy: blind(salt, 'policy', digestOf('a policy')),
    engine: digestOf('an engine'),
    wall: 2,
    ...change,
  });
};

export const commitHead = (index: number, change: Change = {}): string => {
  const salt = saltOf(index);
  return headOf({
    ...BASE,
    kind: 'commit',
    id: idOf('act', index),
    salt,
    args: commitArgs(NONCE, ARGS),
    attempt: tagOf('an attempt'),
    cnf: keyThumbprint(EXECUTOR_KEY),
    decided_at: 0,
    engine: digestOf('an engine'),
    executor: EXECUTOR,
    expires_at: NOW + 30_000,
    obligations: [],
    policy: blind(salt, 'policy', digestOf('a policy')),
    state_hash: digestOf('state hash'),
    target: blind(salt, 'target', TARGET),
    tool: blind(salt, 'tool', TOOL),
    wall: 2,
    ...change,
  });
};

export const termHead = (index: number): string =>
  headOf({ ...BASE, kind: 'term', id: idOf('rec', index), salt: saltOf(index), reason: 'start' });

/** The signed checkpoint of a tree, with cosignatures if there are witnesses. */
export const noteOf = (
  heads: readonly string[],
  signer: Signer = LOG,
  witnesses: readonly Witness[] = [],
): string => {
  const frontier = appendLeaves(emptyFrontier(), hashLeaves(heads));
  const text = printCheckpoint({
    origin: signer.key.name,
    size: BigInt(frontier.size),
    root: rootOf(frontier),
  });
  const line = noteSignatureLine(
    signer.key.name,
    signer.key.keyId,
    signEd25519(signer.seed, encodeUtf8(text)),
  );
  return printNote(text, [line, ...witnesses.map((witness) => cosign(text, witness))]);
};

const cosign = (text: string, { seed, key }: Witness): string => {
  const time_s = BigInt(NOW / 1_000);
  const signature = signEd25519(seed, cosignedMessage(time_s, text));
  return noteSignatureLine(key.name, key.keyId, printCosignature({ time_s, signature }));
};

/** The proof of one record in the tree of all `heads`. */
export const proofOf = (heads: readonly string[], index: number, note: string = noteOf(heads)): string => {
  const batch = openBatch(emptyFrontier(), hashLeaves(heads));
  return printTlogProof({ index: BigInt(index), hashes: batch.proveInclusion(index), checkpoint: note });
};
