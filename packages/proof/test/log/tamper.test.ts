import {
  encodeBase64,
  hashLeaves,
  type HeldCheckpoint,
  type LogEntry,
  openTrustedCheckpoint,
  printLogBatch,
} from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { bytesOf, noteOf, OTHER_LOG_KEY } from '../small-cell.ts';
import { entriesOf, entryOf, exportOf, judge, judgeTwice, said, TRUST } from './sample-log.ts';

const SHAPE = { batches: [3, 4, 5] };
const BATCHES = entriesOf(SHAPE);
const GOOD = exportOf(BATCHES);
const LINES = GOOD.split('\n');
const HEADS = BATCHES.flat().map(({ head }) => head);

/** Line numbers: header, batch, 0–2, batch, 3–6, batch, 7–11, end. */
const lineOf = (index: number): number => index + (index < 3 ? 2 : index < 7 ? 3 : 4);
const withLines = (change: (lines: string[]) => void): string => {
  const lines = [...LINES];
  change(lines);
  return lines.join('\n');
};
const renumbered = (index: number, line: string | undefined): string =>
  (line ?? '').replace(/^\d+/, `${index}`);

const heldOf = (count: number, heads: readonly string[] = HEADS): HeldCheckpoint =>
  openTrustedCheckpoint(noteOf(heads.slice(0, count)), TRUST);

/** A log in which one record was changed before everything after it was computed anew. */
const rewritten = (at: number): LogEntry[][] =>
  BATCHES.map((entries, batch) =>
    entries.map((entry, place) => (batch === 1 && place === at - 3 ? entryOf(at, 9) : entry)),
  );

describe('tampering with an exported log, found with its index by anyone', () => {
  const index = 5;
  const at = lineOf(index);
  const cases: readonly (readonly [what: string, says: string, detail: string, text: string])[] = [
    [
      'edit a record',
      'at 5',
      'edited',
      withLines((lines) => {
        lines[at] = (lines[at] ?? '').replace('"wall":2', '"wall":4');
      }),
    ],
    [
      'remove a record and renumber',
      'at 5',
      'removed',
      withLines((lines) => {
        lines[at] = renumbered(5, lines[at + 1]);
        lines.splice(at + 1, 1);
      }),
    ],
    ['remove a record and leave the numbers', 'at 5', 'removed', withLines((lines) => lines.splice(at, 1))],
    [
      'remove the last record of a batch',
      'at 6',
      'missing',
      withLines((lines) => lines.splice(lineOf(6), 1)),
    ],
    [
      'insert a record',
      'at 5',
      'inserted',
      withLines((lines) => {
        lines.splice(at, 0, `5 ${entryOf(99).head}`);
        lines[at + 1] = renumbered(6, lines[at + 1]);
        lines[at + 2] = renumbered(7, lines[at + 2]);
      }),
    ],
    [
      'add a record to a batch',
      'at 7',
      'inserted',
      withLines((lines) => lines.splice(lineOf(7) - 1, 0, `7 ${entryOf(99).head}`)),
    ],
    [
      'reorder two records',
      'at 4',
      'belongs at 6',
      withLines((lines) => {
        [lines[lineOf(4)], lines[lineOf(6)]] = [
          renumbered(4, lines[lineOf(6)]),
          renumbered(6, lines[lineOf(4)]),
        ];
      }),
    ],
    [
      'put a copy in the place of a record',
      'at 5',
      'a copy of 3',
      withLines((lines) => {
        lines[at] = renumbered(5, lines[lineOf(3)]);
      }),
    ],
    [
      'duplicate a record and renumber',
      'at 5',
      'a copy of 4',
      withLines((lines) => {
        lines.splice(at, 0, renumbered(5, lines[lineOf(4)]));
        lines[at + 1] = renumbered(6, lines[at + 1]);
        lines[at + 2] = renumbered(7, lines[at + 2]);
      }),
    ],
  ];
  for (const [what, where, detail, text] of cases) {
    it(`startLogVerification() names the first bad index when somebody did this: ${what}`, () => {
      const verdict = judge(text);
      expect(said(verdict)).toBe(`invalid LOG_RECORD_CHANGED ${where}`);
      expect(verdict).toMatchObject({ settled: true, detail: expect.stringContaining(detail) as string });
    });
  }

  it('startLogVerification() names the line when it is numbered wrongly and nothing else is wrong', () => {
    const text = withLines((lines) => {
      lines[at] = renumbered(6, lines[at]);
    });
    expect(said(judge(text))).toBe('invalid LOG_SYNTAX at 5');
  });

  it('startLogVerification() names a listed hash when it was changed and the records were not', () => {
    const text = withLines((lines) => {
      const fields = (lines[lineOf(3) - 1] ?? '').split(' ');
      const hashes = hashLeaves(HEADS.slice(3, 7));
      hashes[2 * 32] = (hashes[2 * 32] ?? 0) ^ 1;
      lines[lineOf(3) - 1] = [...fields.slice(0, 4), encodeBase64(hashes)].join(' ');
    });
    expect(said(judge(text))).toBe('invalid LOG_HASHES_CHANGED at 5');
  });

  it('startLogVerification() names the batch when listed hashes were changed with a record', () => {
    const changed = BATCHES[1]?.map((entry, place) => (place === 2 ? entryOf(5, 9) : entry)) ?? [];
    const batch = printLogBatch({
      from: 3,
      note: noteOf(HEADS.slice(0, 7)),
      hashes: hashLeaves(changed.map(({ head }) => head)),
      entries: changed,
    });
    const text = withLines((lines) => lines.splice(lineOf(3) - 1, 5, ...batch.trimEnd().split('\n')));
    expect(said(judge(text))).toBe('invalid LOG_BATCH_CHANGED in 3..7');
  });

  it('startLogVerification() names the batch when its signature was damaged with a record', () => {
    const text = withLines((lines) => {
      lines[at] = (lines[at] ?? '').replace('"wall":2', '"wall":4');
      const fields = (lines[lineOf(3) - 1] ?? '').split(' ');
      const note = noteOf(HEADS.slice(0, 7), OTHER_LOG_KEY);
      lines[lineOf(3) - 1] = fields.with(3, encodeBase64(bytesOf(note))).join(' ');
    });
    expect(said(judge(text))).toBe('invalid LOG_BATCH_CHANGED in 3..7');
  });

  it('startLogVerification() names the range of a whole batch that was taken out', () => {
    const text = withLines((lines) => lines.splice(lineOf(3) - 1, 5));
    expect(said(judge(text))).toBe('invalid LOG_SYNTAX in 3..null');
    const swapped = withLines((lines) => lines.splice(1, 0, ...lines.splice(lineOf(3) - 1, 5)));
    expect(said(judge(swapped))).toBe('invalid LOG_SYNTAX in 0..null');
  });
});

describe('tampering with an exported log, found by whoever holds a checkpoint or the key', () => {
  /** Everything computed anew, and the signatures left as they were: what can be done without the key. */
  const unsigned = (batches: readonly (readonly LogEntry[])[]): string => {
    const fresh = exportOf(batches).split('\n');
    return fresh
      .map((line, number) => {
        if (!line.startsWith('batch ')) return line;
        const [note, old] = [line, LINES[number] ?? ''].map((one) =>
          Buffer.from(one.split(' ')[3] ?? '', 'base64').toString('utf8'),
        );
        const text = `${note?.split('\n\n')[0]}\n\n${old?.split('\n\n')[1]}`;
        return line
          .split(' ')
          .with(3, encodeBase64(bytesOf(text)))
          .join(' ');
      })
      .join('\n');
  };

  it('verifyLog() names the first batch when all was computed anew without the key', async () => {
    const text = unsigned(rewritten(5));
    expect(judge(text)).toMatchObject({ code: 'NOTE_SIGNATURE_INVALID', settled: false });
    expect(said(await judgeTwice(text))).toBe('invalid NOTE_SIGNATURE_INVALID in 3..7');
  });

  it('verifyLog() names the batch when a later one shows that an earlier one is not signed', async () => {
    const text = unsigned(rewritten(5)).replace(/\n(9 .*)"wall":2/, '\n$1"wall":4');
    expect(said(judge(text))).toBe('invalid LOG_BATCH_CHANGED in 0..12');
    expect(said(await judgeTwice(text))).toBe('invalid NOTE_SIGNATURE_INVALID in 3..7');
  });

  it('verifyLog() refuses when all was computed anew under another key', async () => {
    const text = exportOf(rewritten(5), OTHER_LOG_KEY);
    expect(said(judge(text))).toBe('invalid NOTE_NOT_SIGNED in 0..12');
    expect(said(await judgeTwice(text))).toBe('invalid NOTE_NOT_SIGNED in 0..3');
  });

  it('startLogVerification() finds truncation when the file just ends', () => {
    for (const cut of [10, 200, 1_500, 4_000, GOOD.length - 20, GOOD.length - 1]) {
      expect(judge(GOOD.slice(0, cut)).verdict).toBe('invalid');
    }
    expect(said(judge(LINES.slice(0, -2).join('\n')))).toMatch(/^invalid LOG_ENDED_EARLY in \d+\.\.null$/);
  });

  it('startLogVerification() says that completeness is unknown when the end was cut off with care', () => {
    const cut = exportOf(BATCHES.slice(0, 2));
    expect(said(judge(cut))).toBe('valid, completeness unknown');
    expect(said(judge(cut, { requireComplete: true }))).toBe('undecidable COMPLETENESS_UNKNOWN');
    const nothing = { ...heldOf(7), size: 0n };
    expect(said(judge(cut, { against: [nothing], requireComplete: true }))).toBe(
      'undecidable COMPLETENESS_UNKNOWN',
    );
    expect(said(judge(cut, { against: [heldOf(12)] }))).toBe('invalid LOG_TRUNCATED in 7..12');
    expect(said(judge(cut, { against: [heldOf(7)] }))).toBe('valid, completeness known');
  });

  it('startLogVerification() finds a log that was rolled back and grew anew under its own key', () => {
    const other = rewritten(5);
    expect(said(judge(exportOf(other)))).toBe('valid, completeness unknown');
    expect(said(judge(exportOf(other), { against: [heldOf(12)] }))).toBe('invalid LOG_REWRITTEN in 0..12');
    // A checkpoint that was held before the fork does not show it; one in the middle of a later batch does.
    expect(said(judge(exportOf(other), { against: [heldOf(5)] }))).toBe('valid, completeness known');
    expect(said(judge(exportOf(other), { against: [heldOf(3), heldOf(9)] }))).toBe(
      'invalid LOG_REWRITTEN in 0..9',
    );
    const against = [heldOf(12), heldOf(9), heldOf(3), heldOf(8)];
    expect(said(judge(exportOf(other), { against }))).toBe('invalid LOG_REWRITTEN in 0..8');
  });

  it('startLogVerification() tells what is wrong in the file before what a checkpoint contradicts', () => {
    const edited = exportOf(rewritten(5)).replace(/\n(9 .*)"wall":2/, '\n$1"wall":4');
    expect(said(judge(edited, { against: [heldOf(6)] }))).toBe('invalid LOG_RECORD_CHANGED at 9');
  });
});
