import { checkpointAdvances, emptyMemory, printWrit, remember, encodeBase64url } from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  commitHead,
  decisionHead,
  EXECUTOR,
  idOf,
  LOG,
  noteOf,
  NONCE,
  NOW,
  ORIGIN,
  OTHER_LOG_KEY,
  seedOf,
  termHead,
} from '../small-cell.ts';
import { good, present, said } from './scenario.ts';

describe('verifySpend', () => {
  it('verifySpend() says valid and what to remember when nothing is wrong', () => {
    const verdict = present(good());
    expect(verdict).toMatchObject({
      verdict: 'valid',
      index: 1n,
      head: { kind: 'commit', id: idOf('act', 1), executor: EXECUTOR },
      remember: {
        action: { id: idOf('act', 1), until_ms: NOW + 35_000 },
        checkpoint: { origin: ORIGIN, size: 3n },
      },
    });
  });

  it('verifySpend() says unspent when a good writ is presented', () => {
    const scenario = good();
    scenario.heads = [termHead(0), decisionHead(1)];
    expect(said(present(scenario))).toBe('unspent');
    const nonce = encodeBase64url(NONCE);
    scenario.file = (head, proof) => printWrit({ head, nonce, proof });
    expect(said(present(scenario))).toBe('unspent');
  });

  it('verifySpend() never says unspent when the writ allows nothing or is not proven', () => {
    const scenario = good();
    scenario.heads = [termHead(0), decisionHead(1, { verdict: 'BLOCK', code: 'LOCKED', expires_at: null })];
    expect(said(present(scenario))).toBe('invalid NOT_ALLOWED');
    scenario.heads = [termHead(0), decisionHead(1)];
    scenario.presented = (head) => head.replace('"wall":2', '"wall":4');
    expect(said(present(scenario))).toBe('invalid TREE_ROOT_MISMATCH');
  });

  it('verifySpend() refuses when a commit comes in the file of a writ', () => {
    const scenario = good();
    scenario.file = (head, proof) => printWrit({ head, nonce: encodeBase64url(NONCE), proof });
    expect(said(present(scenario))).toBe('invalid KIND_MISMATCH');
  });
});

describe('verifySpend: who may ask', () => {
  it('verifySpend() wants possession at a target, whatever the receipt says', () => {
    const scenario = good();
    scenario.possession = null;
    expect(said(present(scenario))).toBe('invalid POSSESSION_MISSING');
    const keyless = good();
    keyless.heads[1] = commitHead(1, { cnf: null });
    expect(said(present(keyless))).toBe('invalid POSSESSION_MISSING');
  });

  it('verifySpend() refuses when the signature was made for another target, receipt or challenge', () => {
    const challenge = good();
    challenge.possession = (shown) => ({ ...shown, challenge: bytesOf('another challenge, also fresh') });
    expect(said(present(challenge))).toBe('invalid POSSESSION_INVALID');
    const short = good();
    short.possession = (shown) => ({ ...shown, challenge: bytesOf('short') });
    expect(said(present(short))).toBe('invalid POSSESSION_CHALLENGE');
    const key = good();
    key.publicKey = seedOf(0);
    expect(said(present(key))).toBe('invalid POSSESSION_KEY');
    const signature = good();
    signature.possession = (shown) => ({ ...shown, signature: shown.signature.map((byte) => byte ^ 1) });
    expect(said(present(signature))).toBe('invalid POSSESSION_INVALID');
  });

  it('verifySpend() lets the executor check its own receipt when no target asks', () => {
    const scenario = good();
    scenario.me = { kind: 'executor', executor: EXECUTOR, origin: null };
    scenario.possession = null;
    scenario.heads[1] = commitHead(1, { target: null, cnf: null });
    expect(said(present(scenario))).toBe('valid');
    scenario.me = { kind: 'executor', executor: idOf('exe', 9), origin: null };
    expect(said(present(scenario))).toBe('invalid EXECUTOR_MISMATCH');
  });

  it('verifySpend() refuses at a target when the receipt names none, or no tool', () => {
    const scenario = good();
    scenario.heads[1] = commitHead(1, { target: null });
    expect(said(present(scenario))).toBe('invalid TARGET_MISMATCH');
    scenario.heads[1] = commitHead(1, { tool: null });
    expect(said(present(scenario))).toBe('invalid TOOL_MISMATCH');
  });
});

describe('verifySpend: keys, time and memory', () => {
  it('verifySpend() refuses when the key is unknown, wrong or outside its window', () => {
    const unknown = good();
    unknown.note = (heads) => noteOf(heads, OTHER_LOG_KEY);
    expect(said(present(unknown))).toBe('invalid NOTE_NOT_SIGNED');
    const forged = good();
    forged.note = (heads) => noteOf(heads).replace(/.{8}=\n$/, 'AAAAAAA=\n');
    expect(said(present(forged))).toMatch(/^invalid (NOTE_SIGNATURE_INVALID|NOTE_MALFORMED)$/);
    const late = good();
    late.use = { not_after_ms: NOW };
    expect(said(present(late))).toBe('invalid KEY_OUT_OF_WINDOW');
    const early = good();
    early.use = { not_before_ms: NOW + 2_000 };
    expect(said(present(early))).toBe('invalid KEY_OUT_OF_WINDOW');
    const range = good();
    range.use = { from_size: 4n };
    expect(said(present(range))).toBe('invalid KEY_OUT_OF_RANGE');
    range.use = { from_size: 3n, until_size: 4n };
    expect(said(present(range))).toBe('valid');
  });

  it('verifySpend() says undecidable when nothing is known of the log', () => {
    const scenario = good();
    scenario.me = { ...scenario.me, origin: null };
    scenario.note = (heads) => noteOf(heads, { ...LOG, key: { ...LOG.key, name: 'cell.example/two/00' } });
    expect(said(present(scenario))).toBe('undecidable NO_TRUST');
  });

  it('verifySpend() accepts five seconds of skew and no more, and no clock that is no number', () => {
    const at = (now_ms: number): string => {
      const scenario = good();
      scenario.now_ms = now_ms;
      return said(present(scenario));
    };
    expect(at(NOW - 5_000)).toBe('valid');
    expect(at(NOW - 5_001)).toBe('invalid NOT_YET_VALID');
    expect(at(NOW + 35_000)).toBe('valid');
    expect(at(NOW + 35_001)).toBe('invalid EXPIRED');
    expect(at(Number.NaN)).toBe('invalid KEY_OUT_OF_WINDOW');
    expect(at(Number.POSITIVE_INFINITY)).toBe('invalid KEY_OUT_OF_WINDOW');
  });

  it('verifySpend() accepts one receipt once when its result is remembered', () => {
    const first = good();
    const verdict = present(first);
    if (verdict.verdict !== 'valid') throw new Error(verdict.verdict);
    const memory = remember(emptyMemory(), verdict.remember, first.now_ms);
    const again = good();
    again.memory = memory;
    expect(said(present(again))).toBe('invalid ALREADY_SPENT');
    const other = good();
    other.memory = memory;
    other.heads = [decisionHead(0), commitHead(1), commitHead(2)];
    expect(said(present(other))).toBe('invalid FORKED');
    expect(checkpointAdvances(memory, verdict.remember.checkpoint)).toEqual({ verdict: 'ok' });
  });

  it('verifySpend() stays with expired when the memory was swept and the clock set back', () => {
    const first = present(good());
    if (first.verdict !== 'valid') throw new Error(first.verdict);
    const memory = remember(emptyMemory(), first.remember, NOW);
    const elsewhere = { checkpoint: first.remember.checkpoint, action: null };
    const swept = remember(memory, elsewhere, NOW + 60_000);
    expect([memory.actions.size, swept.actions.size]).toEqual([1, 0]);
    const again = good();
    again.memory = swept;
    expect(said(present(again))).toBe('invalid EXPIRED');
  });
});

describe('verifySpend: any bytes', () => {
  it('verifySpend() answers, and never with valid or unspent, when one byte of a receipt was changed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (where, change) => {
        const scenario = good();
        scenario.bytes = (bytes) => {
          const at = where % bytes.length;
          return bytes.with(at, (bytes[at] ?? 0) ^ change);
        };
        expect(said(present(scenario))).toMatch(/^(invalid|undecidable) /);
      }),
      { numRuns: 1_000 },
    );
  });

  it('verifySpend() answers when what it is given is no receipt at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const scenario = good();
        scenario.bytes = () => bytes;
        expect(said(present(scenario))).toMatch(/^invalid /);
      }),
    );
  });
});
