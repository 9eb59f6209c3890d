import {
  emptyMemory,
  loadTrust,
  LOG_LINE_BYTES_MAX,
  type LogOptions,
  remember,
  startLogVerification,
  verifyLog,
} from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  decisionHead,
  keyUse,
  LOG,
  NOW,
  ORIGIN,
  OTHER_LOG_KEY,
  vkeyOf,
  witnessOf,
} from '../small-cell.ts';
import { textBytes, vectors } from '../support.ts';
import { entriesOf, exportOf, judge, said, TRUST } from './sample-log.ts';

const BATCHES = entriesOf({ batches: [3, 1, 2] });
const GOOD = exportOf(BATCHES);
const WITH_PARTS = exportOf(entriesOf({ batches: [2, 2], parts: true }));

describe('vectors/log', () => {
  for (const one of vectors<{ text: string; options?: LogOptions; expect: string }>('log/files.json')) {
    it(`startLogVerification() says ${one.expect} when ${one.reason}`, () => {
      expect(said(judge(textBytes(one.text), one.options))).toBe(one.expect);
    });
  }
});

describe('startLogVerification', () => {
  it('startLogVerification() says what was checked, and what to remember', () => {
    const verdict = judge(WITH_PARTS);
    expect(verdict).toMatchObject({
      verdict: 'valid',
      completeness: 'unknown',
      complete_to: null,
      origin: ORIGIN,
      size: 4,
      checked: { checkpoints: 'last', heads: 'hashed', states: 4, sealed: 4 },
      remember: { checkpoint: { origin: ORIGIN, size: 4n }, action: null },
    });
    const full: LogOptions = { checkpoints: 'every', heads: 'parsed' };
    expect(judge(WITH_PARTS, full)).toMatchObject({ verdict: 'valid', checked: full });
  });

  it('startLogVerification() takes what was remembered of the log as a held checkpoint', () => {
    const first = judge(exportOf(BATCHES.slice(0, 2)));
    if (first.verdict !== 'valid') throw new Error(first.code);
    const memory = remember(emptyMemory(), first.remember, NOW);
    expect(judge(GOOD, { memory, requireComplete: true })).toMatchObject({
      verdict: 'valid',
      complete_to: 4n,
    });
    expect(said(judge(exportOf(BATCHES.slice(0, 1)), { memory }))).toBe('invalid LOG_TRUNCATED in 3..4');
    const against = [{ origin: 'cell.example/two', size: 1n, root: new Uint8Array(32) }];
    expect(said(judge(GOOD, { against }))).toBe('undecidable LOG_OTHER');
  });

  it('startLogVerification() says the same wherever the bytes are cut', () => {
    const expected = judge(WITH_PARTS);
    const edited = WITH_PARTS.replace(/\n(2 .*)"wall":2/, '\n$1"wall":4');
    for (const chunk of [1, 2, 3, 7, 64, 333, 1_000, 4_097]) {
      expect(judge(WITH_PARTS, {}, chunk)).toEqual(expected);
      expect(said(judge(edited, {}, chunk))).toBe('invalid LOG_RECORD_CHANGED at 2');
    }
    fc.assert(
      fc.property(fc.array(fc.nat(WITH_PARTS.length)), (cuts) => {
        const bytes = bytesOf(WITH_PARTS);
        const verification = startLogVerification(TRUST);
        const ends = [...cuts.sort((a, b) => a - b), bytes.length];
        for (const [at, end] of ends.entries()) verification.push(bytes.slice(ends[at - 1] ?? 0, end));
        expect(verification.finish()).toEqual(expected);
      }),
    );
  });

  it('startLogVerification() keeps no byte of a chunk that its owner uses again', () => {
    const inChunks = (ends: (text: string, at: number) => number): string => {
      const verification = startLogVerification(TRUST);
      const buffer = new Uint8Array(4_096);
      for (let at = 0; at < WITH_PARTS.length; at = ends(WITH_PARTS, at)) {
        const chunk = bytesOf(WITH_PARTS.slice(at, ends(WITH_PARTS, at)));
        buffer.set(chunk);
        verification.push(buffer.subarray(0, chunk.length));
        buffer.fill(0xff);
      }
      return said(verification.finish());
    };
    expect(inChunks((_text, at) => at + 100)).toBe('valid, completeness unknown');
    expect(inChunks((text, at) => text.indexOf('\n', at) + 1)).toBe('valid, completeness unknown');
  });

  it('push() says that no more is of interest when a fault is found, and finish() stays with it', () => {
    const verification = startLogVerification(TRUST);
    expect(verification.push(bytesOf(GOOD))).toBe(true);
    expect(verification.size()).toBe(6);
    expect(verification.push(bytesOf('x\n'))).toBe(false);
    expect(said(verification.finish())).toBe('invalid LOG_AFTER_END file');
    expect(verification.push(bytesOf(GOOD))).toBe(false);
    expect(said(verification.finish())).toBe('invalid LOG_AFTER_END file');
  });

  it('startLogVerification() refuses a line without end before it fills the memory', () => {
    const verification = startLogVerification(TRUST);
    const chunk = new Uint8Array(LOG_LINE_BYTES_MAX / 8).fill(0x41);
    const pushed = Array.from({ length: 12 }, () => verification.push(chunk));
    expect(pushed.indexOf(false)).toBe(8);
    expect(said(verification.finish())).toBe('invalid LOG_LINE_TOO_LONG file');
    const whole = `${GOOD.split('\n').slice(0, 3).join('\n')}\nstate ${'A'.repeat(LOG_LINE_BYTES_MAX)}\n`;
    expect(said(judge(whole, {}, 1_000_000))).toBe('invalid LOG_LINE_TOO_LONG at 1');
  });
});

describe('startLogVerification: trust', () => {
  const watched = loadTrust({
    logs: [
      {
        origin: ORIGIN,
        keys: [keyUse(LOG, { not_after_ms: NOW })],
        witnesses: { quorum: 1, keys: [vkeyOf(witnessOf('witness.example/one', 8))] },
      },
    ],
  });

  it('startLogVerification() asks the witness policy of the last checkpoint', () => {
    const verification = startLogVerification(watched);
    verification.push(bytesOf(GOOD));
    expect(said(verification.finish())).toBe('undecidable WITNESSES_MISSING');
  });

  it('startLogVerification() asks the key for its window only when a time is given', () => {
    const unwatched = loadTrust({
      logs: [{ origin: ORIGIN, keys: [keyUse(LOG, { not_after_ms: NOW })], witnesses: null }],
    });
    const at = (options: LogOptions): string => {
      const verification = startLogVerification(unwatched, options);
      verification.push(bytesOf(GOOD));
      return said(verification.finish());
    };
    expect(at({})).toBe('valid, completeness unknown');
    expect(at({ now_ms: NOW })).toBe('valid, completeness unknown');
    expect(at({ now_ms: NOW + 1 })).toBe('invalid KEY_OUT_OF_WINDOW in 0..6');
  });
});

describe('startLogVerification: heads and parts', () => {
  it('startLogVerification() names a head that the log signed but nobody can read', () => {
    const [first = [], ...rest] = BATCHES;
    const spaced = { head: decisionHead(1).replace('{', '{ '), state: null, sealed: null };
    const text = exportOf([[first[0] ?? spaced, spaced, first[2] ?? spaced], ...rest]);
    expect(said(judge(text))).toBe('valid, completeness unknown');
    expect(said(judge(text, { heads: 'parsed' }))).toBe('invalid NOT_CANONICAL at 1');
  });

  it('startLogVerification() names the record when one of its parts is not the one it commits to', () => {
    const lines = WITH_PARTS.split('\n');
    const swap = (from: number, to: number): string => {
      const changed = [...lines];
      [changed[from], changed[to]] = [changed[to] ?? '', changed[from] ?? ''];
      return changed.join('\n');
    };
    // header, batch, then for each record its head, its state, its sealed part
    expect(said(judge(swap(3, 6)))).toBe('invalid PART_MISMATCH at 0');
    expect(said(judge(swap(3, 4)))).toBe('invalid LOG_SYNTAX at 0');
    const without = (number: number): string => lines.toSpliced(number, 1).join('\n');
    expect(judge(without(4))).toMatchObject({ verdict: 'valid', checked: { states: 4, sealed: 3 } });
    const twice = lines.toSpliced(4, 0, lines[3] ?? '').join('\n');
    expect(said(judge(twice))).toBe('invalid LOG_SYNTAX at 0');
    const noText = lines.with(3, 'state !').join('\n');
    expect(said(judge(noText))).toBe('invalid BASE64_INVALID at 0');
  });
});

describe('any single byte', () => {
  const lines = WITH_PARTS.split('\n');
  const starts = lines.map((_, number) => lines.slice(0, number).join('\n').length + (number === 0 ? 0 : 1));
  const bytes = bytesOf(WITH_PARTS);
  /** The signature lines of a checkpoint that is not the last: the only part that one pass does not cover. */
  const uncovered = (at: number): boolean => {
    const start = starts[1] ?? 0;
    const fields = (lines[1] ?? '').split(' ');
    const note = Buffer.from(fields[3] ?? '', 'base64').toString('latin1');
    const text = start + fields.slice(0, 3).join(' ').length + 1;
    const signatures = text + Math.floor(((note.indexOf('\n\n') + 2) * 4) / 3);
    return at >= signatures && at < text + (fields[3] ?? '').length;
  };
  const changedAt = (at: number, change: number): Uint8Array => {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ change;
    return changed;
  };

  it('startLogVerification() finds every changed byte, or says that it did not check it', () => {
    let passed = 0;
    for (let at = 0; at < bytes.length; at++) {
      const found = judge(changedAt(at, 1 + (at % 255))).verdict !== 'valid';
      if (!found) passed += 1;
      expect(found || uncovered(at) ? 'found or said' : `missed at ${at}`).toBe('found or said');
    }
    expect(passed).toBeGreaterThan(0);
  });

  it('startLogVerification() finds every changed byte when it checks every checkpoint', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        expect(judge(changedAt(at, change), { checkpoints: 'every' }).verdict).not.toBe('valid');
      }),
      { numRuns: 3_000 },
    );
  });

  it('startLogVerification() answers and never throws when lines are cut, doubled and moved', () => {
    const line = fc.oneof(
      fc.constantFrom(...lines),
      fc.constantFrom('', ' ', '0', '0 ', 'state', 'end 4', 'batch', 'sealed A'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.boolean(), (some, headed) => {
        const text = `${headed ? `${lines[0]}\n${lines[1]}\n` : ''}${some.join('\n')}\n`;
        const verdict = judge(text);
        expect(verdict.verdict === 'valid' ? text.startsWith(WITH_PARTS.slice(0, 500)) : true).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('verifyLog', () => {
  const opening = (texts: readonly string[]) => {
    let opened = 0;
    return async function* open(): AsyncGenerator<Uint8Array> {
      const text = texts[Math.min(opened, texts.length - 1)] ?? '';
      opened += 1;
      await Promise.resolve();
      for (let at = 0; at < text.length; at += 1_000) yield bytesOf(text.slice(at, at + 1_000));
    };
  };

  it('verifyLog() makes one pass over a good log and tells its progress', async () => {
    const sizes: number[] = [];
    const verdict = await verifyLog(opening([GOOD, '']), TRUST, {}, (size) => sizes.push(size));
    expect(said(verdict)).toBe('valid, completeness unknown');
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes.at(-1)).toBe(6);
  });

  it('verifyLog() stays with what it found when the second pass reads something else', async () => {
    const forged = exportOf(BATCHES, OTHER_LOG_KEY);
    expect(said(await verifyLog(opening([forged]), TRUST))).toBe('invalid NOTE_NOT_SIGNED in 0..3');
    expect(said(await verifyLog(opening([forged, GOOD]), TRUST))).toBe('invalid NOTE_NOT_SIGNED in 0..6');
  });
});
