import {
  appendLeaves,
  emptyFrontier,
  encodeUtf8,
  hashLeaves,
  loadPublicKey,
  loadTrust,
  noteSignatureLine,
  printCheckpoint,
  printNote,
  printVerifierKey,
  publicKeyOfSeed,
  rootOf,
  signEd25519,
  verifierKeyOf,
} from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { askAsClients, forgeAnswer } from '../../src/doctor/forge-answer.ts';
import type { Pinned } from '../../src/doctor/vantage.ts';

const ORIGIN = 'cell.example/one/0123456789abcdef';
const TRUE_SEED = new Uint8Array(32).fill(1);
const LIAR_SEED = new Uint8Array(32).fill(2);

const keyOf = (seed: Uint8Array) => verifierKeyOf(ORIGIN, loadPublicKey(publicKeyOfSeed(seed)));

function pinned(seed: Uint8Array, seen: Pinned['seen'] = null): Pinned {
  const vkey = printVerifierKey(keyOf(seed));
  const key = { vkey, from_size: 0n, until_size: null, not_before_ms: null, not_after_ms: null };
  return { trust: loadTrust({ logs: [{ origin: ORIGIN, keys: [key], witnesses: null }] }), seen };
}

/** What a client has seen of the true log. */
function seenCheckpoint(): NonNullable<Pinned['seen']> {
  const frontier = appendLeaves(emptyFrontier(), hashLeaves(['one', 'two', 'three']));
  const root = rootOf(frontier);
  const text = printCheckpoint({ origin: ORIGIN, size: 3n, root });
  const line = noteSignatureLine(ORIGIN, keyOf(TRUE_SEED).keyId, signEd25519(TRUE_SEED, encodeUtf8(text)));
  return { origin: ORIGIN, size: 3n, root, note: printNote(text, [line]) };
}

describe('forgeAnswer()', () => {
  it('holds: no lie is believed, with or without a true checkpoint to lie about', async () => {
    const plain = await forgeAnswer({ pinned: pinned(TRUE_SEED) });
    expect(plain).toMatchObject({ kind: 'held', wall_max: 3 });
    expect(plain.detail).toContain('NOTE_NOT_SIGNED');
    const replaying = await forgeAnswer({ pinned: pinned(TRUE_SEED, seenCheckpoint()) });
    expect(replaying.kind).toBe('held');
    expect(replaying.detail.match(/: [A-Z_]+/g)).toHaveLength(3);
    // The second and third pass the checkpoint of the log, and fail at the record itself.
    expect(replaying.detail).toMatch(/before a record of another key: NOTE_NOT_SIGNED/);
    expect(replaying.detail).toMatch(/under a true checkpoint: (TREE|PROOF)_[A-Z_]+/);
  });

  it('breaks when the key of the liar is pinned: the lie is good in everything else', async () => {
    const finding = await forgeAnswer(
      { pinned: pinned(LIAR_SEED) },
      { believe: askAsClients, seed: LIAR_SEED },
    );
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 0 });
  });

  it('breaks a client that believes a 200', async () => {
    const finding = await forgeAnswer(
      { pinned: pinned(TRUE_SEED) },
      {
        seed: LIAR_SEED,
        async believe(transport) {
          const request = { method: 'POST', path: '/api/v1/actions', headers: {}, body: null } as const;
          const { status, body } = await transport({ ...request, answer_bytes_max: 65_536 });
          expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({ answer: { verdict: 'ALLOW' } });
          return status === 200 ? 'ALLOW' : 'BLOCK';
        },
      },
    );
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 0 });
  });

  it('measures nothing without pinned keys, or when the lie was not heard', async () => {
    expect(await forgeAnswer({ pinned: null })).toMatchObject({ kind: 'not_measured' });
    const empty = { trust: loadTrust({ logs: [] }), seen: null };
    expect(await forgeAnswer({ pinned: empty })).toMatchObject({ kind: 'not_measured' });
    const deaf = { seed: LIAR_SEED, believe: () => Promise.resolve('TRANSPORT_FAILED') };
    expect(await forgeAnswer({ pinned: pinned(TRUE_SEED) }, deaf)).toMatchObject({ kind: 'not_measured' });
  });
});
