import {
  blindReference,
  commitPart,
  decodeUtf8,
  type Head,
  isCanonical,
  layPart,
  makePart,
  openPart,
  type PartKind,
  parseHead,
  printHead,
  RECORD_KINDS,
  sha256Base64url,
} from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, commitHead, decisionHead, digestOf, termHead } from '../small-cell.ts';
import { codeOf, textBytes, vectors } from '../support.ts';

describe('vectors/record', () => {
  for (const one of vectors<{ text: string; code?: string; kind?: string }>('record/heads.json')) {
    it(`parseHead() says ${one.code ?? 'yes'} when the head is ${one.reason}`, () => {
      expect(codeOf(() => parseHead(textBytes(one.text)))).toBe(one.code ?? 'NONE');
      if (one.code !== undefined) return;
      const head = parseHead(textBytes(one.text));
      expect(head.kind).toBe(one.kind);
      expect(printHead(head)).toBe(one.text);
      expect(isCanonical(textBytes(one.text))).toBe(true);
    });
  }
  for (const one of vectors<{ kind: PartKind; part: string; commitment?: string; code?: string }>(
    'record/parts.json',
  )) {
    it(`openPart() says ${one.code ?? 'yes'} when the part is ${one.reason}`, () => {
      expect(codeOf(() => openPart(one.part))).toBe(one.code ?? 'NONE');
      if (one.code !== undefined) return;
      const { salt, json } = openPart(one.part);
      expect(makePart(salt, json)).toBe(one.part);
      const { part, commitment } = layPart(sha256Base64url, one.kind, salt, json);
      expect([part, commitment]).toEqual([one.part, one.commitment]);
      expect(commitPart(sha256Base64url, one.kind, one.part)).toBe(one.commitment);
    });
  }
});

describe('heads', () => {
  it('printHead() gives the canonical text whatever the order of the members', () => {
    const genesis = {
      kind: 'genesis',
      predecessor: { size: 3, root: digestOf('root'), origin: digestOf('origin') },
      reason: 'recover',
      keys: [],
      engine: digestOf('engine'),
      state_digest: null,
    };
    const { kind: _kind, reason: _reason, ...base } = JSON.parse(termHead(0)) as Record<string, unknown>;
    // Both have exactly the members of their kind, in an order that is not that of RFC 8785.
    const heads = [
      { ...genesis, ...base },
      Object.fromEntries(Object.entries(JSON.parse(commitHead(1))).reverse()),
    ];
    for (const head of heads as unknown as Head[]) {
      const bytes = bytesOf(printHead(head));
      expect(isCanonical(bytes)).toBe(true);
      expect(parseHead(bytes)).toEqual(head);
    }
  });

  it('parseHead() refuses or reads as another head every head with one byte changed', () => {
    const head = fc.constantFrom(decisionHead(1), commitHead(2), termHead(3));
    fc.assert(
      fc.property(head, fc.nat(), fc.integer({ min: 1, max: 255 }), (text, where, change) => {
        const bytes = bytesOf(text);
        const at = where % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const code = codeOf(() => parseHead(bytes));
        expect(code).not.toBe('THROWN');
        // Whatever is accepted is one head with one spelling: these very bytes.
        if (code === 'NONE') expect(printHead(parseHead(bytes))).toBe(decodeUtf8(bytes));
      }),
      { numRuns: 2_000 },
    );
  });

  it('printHead() refuses a kind that is not known and a head that is too long', () => {
    const term = JSON.parse(termHead(0)) as Head;
    expect(codeOf(() => printHead({ ...term, kind: 'terms' } as unknown as Head))).toBe('RECORD_INVALID');
    const keys = Array.from({ length: 30 }, () => digestOf('key'));
    const own = { engine: digestOf('engine'), keys, predecessor: null, reason: 'new', state_digest: null };
    const long = { ...term, kind: 'genesis', ...own } as unknown as Head;
    expect(codeOf(() => printHead(long))).toBe('RECORD_TOO_LARGE');
    const { term: _term, ...short } = term;
    expect(codeOf(() => printHead(short as Head))).toBe('RECORD_INVALID');
  });

  it('RECORD_KINDS names every kind once', () => {
    expect(RECORD_KINDS).toHaveLength(new Set(RECORD_KINDS).size);
    expect(RECORD_KINDS).toHaveLength(24);
  });
});

describe('commitments', () => {
  it('commitPart() differs when kind, salt or content do', () => {
    const salts = [digestOf('one'), digestOf('two')];
    const parts = salts.flatMap((salt) => [makePart(salt, '{}'), makePart(salt, '[]')]);
    const commitments = parts.flatMap((part) => [
      commitPart(sha256Base64url, 'state', part),
      commitPart(sha256Base64url, 'sealed', part),
    ]);
    expect(new Set(commitments).size).toBe(8);
  });

  it('blindReference() differs when salt, purpose or thing do', () => {
    const references = ['a', 'b'].flatMap((salt) =>
      ['tool', 'target'].flatMap((what) =>
        ['x', 'y'].map((thing) => blindReference(sha256Base64url, salt, what, thing)),
      ),
    );
    expect(new Set(references).size).toBe(8);
  });
});
