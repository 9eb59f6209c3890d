import { expect, test } from 'vitest';
import { SLOW_MS } from './run-script.ts';
import { tamperTables } from './tamper/table.ts';

// A cell that starts reads its whole history, or that since the last snapshot; what it does not read the
// scrub does. `–`: not found, or nothing to find. `elsewhere`: a place is named, and it is not the one.
const STORE = [
  ['nothing', '–', '–'],
  ['one byte of a head edited', 'TILES_MISMATCH, record', 'SCRUB journal, record'],
  ['one byte of a state part edited', 'STORE_CORRUPT, record', 'SCRUB journal, record'],
  ['one byte of the root in a note edited', 'STORE_CORRUPT, record', 'SCRUB journal, batch'],
  ['one byte of the signature in a note edited', '–', 'SCRUB journal, batch'],
  ['one byte of a sealed part edited', '–', 'SCRUB parts, record'],
  ['a record removed', 'TILES_MISMATCH, record', 'SCRUB journal, record'],
  ['a record inserted', 'TILES_MISMATCH, record', 'SCRUB journal, record'],
  ['two records reordered', 'TILES_MISMATCH, record', 'SCRUB journal, record'],
  ['a record duplicated', 'TILES_MISMATCH, record', 'SCRUB journal, record'],
  ['two batches swapped', 'STORE_CORRUPT, record', 'SCRUB journal, record'],
  ['the last batches cut off', 'ROLLED_BACK, no place', '–'],
  ['the whole store rolled back', 'ROLLED_BACK, no place', '–'],
  [
    'the whole log computed anew and signed with another key',
    'TILES_MISMATCH, record',
    'SCRUB journal, record',
  ],
  ['the anchor deleted', 'ROLLED_BACK, no place', '–'],
  ['the tiles deleted', '–', '–'],
  ['one byte of the tiles edited', 'TILES_CORRUPT, record elsewhere', '–'],
];
const EXPORTED = [
  ['nothing', 'completeness unknown', 'completeness unknown', '–'],
  [
    'one byte of a head edited',
    'LOG_RECORD_CHANGED, record',
    'LOG_RECORD_CHANGED, record',
    'LOG_RECORD_CHANGED, record',
  ],
  [
    'one byte of a state part edited',
    'PART_MISMATCH, record',
    'PART_MISMATCH, record',
    'PART_MISMATCH, record',
  ],
  [
    'one byte of a sealed part edited',
    'PART_MISMATCH, record',
    'PART_MISMATCH, record',
    'PART_MISMATCH, record',
  ],
  [
    'one byte of the newest note edited',
    'NOTE_SIGNATURE_INVALID, batch',
    'NOTE_SIGNATURE_INVALID, batch',
    'NOTE_SIGNATURE_INVALID, batch',
  ],
  [
    'a record removed',
    'LOG_RECORD_CHANGED, record',
    'LOG_RECORD_CHANGED, record',
    'LOG_RECORD_CHANGED, record',
  ],
  [
    'a record inserted',
    'LOG_RECORD_CHANGED, record',
    'LOG_RECORD_CHANGED, record',
    'LOG_RECORD_CHANGED, record',
  ],
  [
    'two records reordered',
    'LOG_RECORD_CHANGED, record',
    'LOG_RECORD_CHANGED, record',
    'LOG_RECORD_CHANGED, record',
  ],
  [
    'a record duplicated',
    'LOG_RECORD_CHANGED, record',
    'LOG_RECORD_CHANGED, record',
    'LOG_RECORD_CHANGED, record',
  ],
  ['two batches swapped', 'LOG_SYNTAX, batch', 'LOG_SYNTAX, batch', 'LOG_SYNTAX, batch'],
  [
    'a record edited, and all hashes computed anew',
    'NOTE_SIGNATURE_INVALID, batch',
    'NOTE_SIGNATURE_INVALID, batch',
    'NOTE_SIGNATURE_INVALID, batch',
  ],
  [
    'a record removed, and all hashes computed anew',
    'NOTE_SIGNATURE_INVALID, batch',
    'NOTE_SIGNATURE_INVALID, batch',
    'NOTE_SIGNATURE_INVALID, batch',
  ],
  ['the end cut off', 'LOG_ENDED_EARLY, range', 'LOG_ENDED_EARLY, range', 'LOG_ENDED_EARLY, range'],
  [
    'the end cut off at a checkpoint, as if it were the end',
    'completeness unknown',
    'completeness unknown',
    'LOG_TRUNCATED, range',
  ],
  [
    'a record edited, and the whole log signed with another key',
    'completeness unknown',
    'NOTE_NOT_SIGNED, record',
    'NOTE_NOT_SIGNED, record',
  ],
  [
    'a record edited, and the whole log signed anew by the holder of its key',
    'completeness unknown',
    'completeness unknown',
    'LOG_REWRITTEN, range',
  ],
];

test(
  'tampering with a store or an export is found by whom the table says, and in the place it says',
  async () => {
    const [store, exported] = await tamperTables();
    expect(store.rows).toEqual(STORE);
    expect(exported.rows).toEqual(EXPORTED);
  },
  SLOW_MS,
);
