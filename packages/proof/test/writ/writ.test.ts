import {
  commitArgs,
  commitArgsText,
  deriveNonce,
  emptyMemory,
  encodeBase64url,
  formatOf,
  loadTrust,
  type Memory,
  parseReceipt,
  parseTrust,
  parseWrit,
  printJson,
  printReceipt,
  printWrit,
  type WritQuestion,
  type WritVerdict,
  verifyRecord,
  verifyWrit,
} from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ARGS,
  bytesOf,
  commitHead,
  decisionHead,
  digestOf,
  EXECUTOR,
  idOf,
  keyUse,
  LOG,
  NONCE,
  NOW,
  ORIGIN,
  proofOf,
  seedOf,
  termHead,
  TOOL,
} from '../small-cell.ts';
import { codeOf, hexBytes, textBytes, vectors } from '../support.ts';

const trust = loadTrust({ logs: [{ origin: ORIGIN, keys: [keyUse(LOG)], witnesses: null }] });
const HEADS = [termHead(0), decisionHead(1), termHead(2)];
const nonce = encodeBase64url(NONCE);
const WRIT = { head: HEADS[1] ?? '', nonce, proof: proofOf(HEADS, 1) };
const ALL: WritQuestion = {
  origin: ORIGIN,
  action: idOf('act', 1),
  executor: EXECUTOR,
  tool: TOOL,
  args: ARGS,
};

const ask = (
  question: WritQuestion,
  now_ms: number | null = NOW,
  heads = HEADS,
  memory: Memory = emptyMemory(),
): string =>
  said(
    verifyWrit(
      bytesOf(printWrit({ head: heads[1] ?? '', nonce, proof: proofOf(heads, 1) })),
      question,
      trust,
      memory,
      now_ms,
    ),
  );

const said = (verdict: WritVerdict): string =>
  verdict.verdict === 'valid' ? 'valid' : `${verdict.verdict} ${verdict.code}`;

describe('args commitments', () => {
  for (const one of vectors<{ nonce: string; args: never; commitment: string }>('writ/args.json')) {
    it(`commitArgs() gives the commitment when ${one.reason}`, () => {
      expect(commitArgs(hexBytes(one.nonce), one.args)).toBe(one.commitment);
      expect(commitArgsText(hexBytes(one.nonce), printJson(one.args))).toBe(one.commitment);
    });
  }
  for (const one of vectors<{ domain_key: string; action: string; nonce: string }>('writ/nonces.json')) {
    it(`deriveNonce() gives the nonce when ${one.reason}`, () => {
      expect(encodeBase64url(deriveNonce(hexBytes(one.domain_key), one.action))).toBe(one.nonce);
    });
  }

  it('commitArgs() differs when nonce or arguments do', () => {
    const commitments = [
      commitArgs(NONCE, ARGS),
      commitArgs(seedOf(5), ARGS),
      commitArgs(NONCE, { amount: 250, to: 'Zoe\u0308' }),
      commitArgs(NONCE, {}),
    ];
    expect(new Set(commitments).size).toBe(4);
    expect(codeOf(() => commitArgs(new Uint8Array(31), ARGS))).toBe('NONCE_LENGTH');
  });
});

describe('files of writs and receipts', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
  const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

  it('parseWrit() gives back every writ when printWrit() has written it', () => {
    fc.assert(
      fc.property(text, bytes32, text, (head, secret, proof) => {
        const writ = { head, nonce: encodeBase64url(secret), proof };
        expect(parseWrit(bytesOf(printWrit(writ)))).toEqual(writ);
        expect(parseReceipt(bytesOf(printReceipt({ head, proof })))).toEqual({ head, proof });
      }),
    );
  });

  it('printWrit() refuses when no writ could be read back', () => {
    expect(codeOf(() => printWrit({ ...WRIT, nonce: 'short' }))).toBe('NONCE_LENGTH');
    expect(codeOf(() => printWrit({ ...WRIT, head: '' }))).toBe('RECORD_TOO_LARGE');
    expect(codeOf(() => printWrit({ ...WRIT, head: 'x'.repeat(1_025) }))).toBe('RECORD_TOO_LARGE');
    expect(codeOf(() => printWrit({ ...WRIT, proof: 'x'.repeat(40_000) }))).toBe('FILE_TOO_LARGE');
    expect(codeOf(() => printReceipt({ ...WRIT, proof: 'x'.repeat(40_000) }))).toBe('FILE_TOO_LARGE');
  });

  it('formatOf() tells the formats apart by their first bytes', () => {
    expect(formatOf(bytesOf(printWrit(WRIT)))).toBe('writ');
    expect(formatOf(bytesOf(printReceipt(WRIT)))).toBe('receipt');
    expect(formatOf(bytesOf(WRIT.proof))).toBe('proof');
    expect(formatOf(bytesOf(`writ-log/v1 ${ORIGIN}\n`))).toBe('log');
    for (const other of [
      '',
      '{"format":"writ',
      ` ${printWrit(WRIT)}`,
      '{"format":"writ-trust/v1"',
      'writ-logs',
    ]) {
      expect(formatOf(bytesOf(other))).toBe(null);
    }
  });

  for (const one of vectors<{ text: string; code?: string }>('writ/files.json')) {
    it(`parseWrit() says ${one.code ?? 'yes'} when ${one.reason}`, () => {
      expect(codeOf(() => parseWrit(textBytes(one.text)))).toBe(one.code ?? 'NONE');
      if (one.code === undefined) expect(printWrit(parseWrit(textBytes(one.text)))).toBe(one.text);
    });
  }
});

type Case = { writ: string; trust: object; question: WritQuestion; now_ms: number | null; expect: string };

describe('verifyWrit', () => {
  for (const one of vectors<Case>('writ/verify.json')) {
    it(`verifyWrit() says ${one.expect} when ${one.reason}`, () => {
      const trusted = parseTrust(textBytes(JSON.stringify(one.trust)));
      expect(said(verifyWrit(textBytes(one.writ), one.question, trusted, emptyMemory(), one.now_ms))).toBe(
        one.expect,
      );
    });
  }

  it('verifyWrit() says valid when all that is asked fits', () => {
    expect(ask(ALL)).toBe('valid');
    expect(ask({})).toBe('valid');
  });

  it('verifyWrit() names what does not fit', () => {
    expect(ask({ ...ALL, origin: 'cell.example/two' })).toBe('invalid CHECKPOINT_WRONG_ORIGIN');
    expect(ask({ ...ALL, action: idOf('act', 2) })).toBe('invalid ACTION_MISMATCH');
    expect(ask({ ...ALL, executor: idOf('exe', 8) })).toBe('invalid EXECUTOR_MISMATCH');
    expect(ask({ ...ALL, tool: digestOf('another tool') })).toBe('invalid TOOL_MISMATCH');
    expect(ask({ ...ALL, args: { amount: 250.5, to: 'Zoë' } })).toBe('invalid ARGS_MISMATCH');
    expect(ask({ ...ALL, args: 2 ** 60 })).toBe('invalid USE_STRING');
  });

  it('verifyWrit() refuses a record that is no permission', () => {
    const instead = (head: string): string => ask({}, NOW, [termHead(0), head, termHead(2)]);
    expect(instead(decisionHead(1, { kind: 'release' }))).toBe('valid');
    expect(instead(commitHead(1))).toBe('invalid KIND_MISMATCH');
    for (const verdict of ['BLOCK', 'ESCALATE', 'NEED_EVIDENCE']) {
      expect(instead(decisionHead(1, { verdict }))).toBe('invalid NOT_ALLOWED');
    }
    expect(instead(decisionHead(1, { expires_at: null }))).toBe('invalid NOT_ALLOWED');
  });

  it('verifyWrit() asks the clock for a permission and leaves it aside for evidence', () => {
    expect(ask(ALL, NOW + 35_000)).toBe('valid');
    expect(ask(ALL, NOW + 35_001)).toBe('invalid EXPIRED');
    expect(ask(ALL, NOW - 5_001)).toBe('invalid NOT_YET_VALID');
    expect(ask(ALL, null)).toBe('valid');
  });

  it('verifyWrit() refuses a tree that is smaller or other than one seen before', () => {
    const seen = (size: bigint): Memory => ({
      ...emptyMemory(),
      checkpoints: new Map([[ORIGIN, { origin: ORIGIN, size, root: new Uint8Array(32), note: '' }]]),
    });
    expect(ask(ALL, NOW, HEADS, seen(2n))).toBe('valid');
    expect(ask(ALL, NOW, HEADS, seen(3n))).toBe('invalid FORKED');
    expect(ask(ALL, NOW, HEADS, seen(4n))).toBe('invalid ROLLED_BACK');
  });

  it('verifyWrit() refuses or finds undecidable every writ with one byte changed', () => {
    const bytes = bytesOf(printWrit(WRIT));
    const asked = (changed: Uint8Array): string => said(verifyWrit(changed, ALL, trust, emptyMemory(), NOW));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(asked(changed)).not.toBe('valid');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('verifyRecord', () => {
  it('verifyRecord() proves a record of any kind when the log contains it', () => {
    const head = HEADS[2] ?? '';
    const proof = proofOf(HEADS, 2);
    expect(verifyRecord(head, proof, ORIGIN, trust, emptyMemory())).toMatchObject({
      verdict: 'valid',
      index: 2n,
      head: { kind: 'term' },
    });
    const changed = head.replace('"start"', '"unknown"');
    expect(verifyRecord(changed, proof, ORIGIN, trust, emptyMemory())).toMatchObject({
      code: 'TREE_ROOT_MISMATCH',
    });
    const proofWithExtra = proof.replace('index 2', 'extra AAEC\nindex 2');
    expect(verifyRecord(head, proofWithExtra, null, trust, emptyMemory())).toMatchObject({
      code: 'PROOF_EXTRA',
    });
  });
});
