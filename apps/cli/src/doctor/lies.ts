import { randomBytes } from 'node:crypto';
import type { WireProposed } from '@writ/contract/api';
import {
  appendLeaves,
  blindReference,
  commitArgsText,
  type Digest,
  emptyFrontier,
  encodeBase64url,
  encodeUtf8,
  hashLeaves,
  type JsonObject,
  loadPublicKey,
  noteSignatureLine,
  openBatch,
  printCheckpoint,
  printHead,
  printJson,
  printNote,
  printTlogProof,
  publicKeyOfSeed,
  rootOf,
  sha256Base64url,
  signEd25519,
  verifierKeyOf,
} from '@writ/proof';

/** A whole log of one record, signed with a key that nobody pinned, under the name of the true log. */
export type FalseLog = {
  /** Its checkpoint, good in everything but the key. */
  readonly note: string;
  readonly proposed: WireProposed;
};

export type Wanted = {
  readonly origin: string;
  readonly executor: string;
  readonly tool: Digest;
  readonly args: JsonObject;
  readonly now_ms: number;
  /** Shown with the record instead of the log's own; null for its own. */
  readonly note: string | null;
};

const LIFE_MS = 30_000;

/** ALLOW for exactly what was asked, with a proof that fits: only who signed it is wrong. */
export function lieAbout(wanted: Wanted, seed: Uint8Array): FalseLog {
  const { origin, executor, tool, args, now_ms, note: shown } = wanted;
  const id = `act_${'0'.repeat(26)}`;
  const nonce = randomBytes(32);
  const digest = sha256Base64url('a lie');
  const salt = encodeBase64url(randomBytes(16));
  const head = printHead({
    v: 1,
    kind: 'decision',
    id,
    ns: `ns_${'0'.repeat(26)}`,
    time: now_ms,
    term: 1,
    salt,
    parts: { state: digest, sealed: digest },
    args: commitArgsText(nonce, printJson(args)),
    code: 'ALLOWED',
    engine: digest,
    executor,
    expires_at: now_ms + LIFE_MS,
    obligations: [],
    policy: digest,
    reasons: 0,
    state_hash: digest,
    ticket: null,
    tool: blindReference(sha256Base64url, salt, 'tool', tool),
    verdict: 'ALLOW',
    wall: 4,
  });
  const note = noteOf(head, origin, seed);
  const hashes = openBatch(emptyFrontier(), hashLeaves([head])).proveInclusion(0);
  const proof = printTlogProof({ index: 0n, hashes, checkpoint: shown ?? note });
  const answer: WireProposed['answer'] = {
    kind: 'judged',
    id,
    verdict: 'ALLOW',
    code: 'ALLOWED',
    text: 'allowed',
    reasons: [],
    gates: [],
    obligations: [],
    expires_at: now_ms + LIFE_MS,
    ticket: null,
  };
  const proven = { index: 0, head, proof };
  return { note, proposed: { id, answer, proven, nonce: encodeBase64url(nonce) } };
}

function noteOf(head: string, origin: string, seed: Uint8Array): string {
  const key = verifierKeyOf(origin, loadPublicKey(publicKeyOfSeed(seed)));
  const frontier = appendLeaves(emptyFrontier(), hashLeaves([head]));
  const text = printCheckpoint({ origin, size: 1n, root: rootOf(frontier) });
  return printNote(text, [noteSignatureLine(origin, key.keyId, signEd25519(seed, encodeUtf8(text)))]);
}
