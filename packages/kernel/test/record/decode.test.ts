import { decodeOwn, decodeStored } from '@writ/kernel';
import { encodeUtf8 } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { hash, openWorld, proposal } from '../support/world.ts';

function records() {
  const world = openWorld();
  world.run(proposal({ change: { claim: { attempt: 'AAAAAAAAAAAAAAAAAAAAAA', target: null } } }));
  return world.records;
}

describe('decodeStored()', () => {
  it('decodeStored() reads what decodeOwn() reads', () => {
    for (const record of records()) {
      const stored = decodeStored(hash, encodeUtf8(record.head), record.state);
      expect(stored).toEqual(decodeOwn(record));
    }
  });

  it('decodeStored() refuses a state part that is not the one in the head', () => {
    for (const record of records()) {
      const other = record.state.replace(/\d(?=[^\d]*$)|"(?=[^"]*$)/, '7');
      const changed = other === record.state ? `${record.state} ` : other;
      expect(() => decodeStored(hash, encodeUtf8(record.head), changed)).toThrow('PART_MISMATCH');
    }
  });

  it('decodeStored() refuses a head that is not canonical, or of a form that is not known', () => {
    const [record] = records();
    if (record === undefined) throw new TypeError('no records');
    const heads = [
      { head: `${record.head} `, code: 'NOT_CANONICAL' },
      { head: record.head.replace('"v":1', '"v":2'), code: 'RECORD_INVALID' },
      { head: '{}', code: 'RECORD_INVALID' },
      { head: '', code: 'JSON_' },
    ];
    for (const { head, code } of heads) {
      expect(() => decodeStored(hash, encodeUtf8(head), record.state)).toThrow(code);
    }
  });
});
