// Rows of the journal from the definition of spec/31-batches.md: lengths by DataView, texts by TextEncoder.
import { canonical, commitPart, digest, genesis, noteOf, term } from './cell.mjs';
import { base64, writeCases } from './write.mjs';

const utf8 = (text) => Buffer.from(text, 'utf8');
const number = (bytes, value) => {
  const view = new DataView(new ArrayBuffer(bytes));
  if (bytes === 4) view.setUint32(0, value);
  else view.setUint16(0, value);
  return Buffer.from(view.buffer);
};
const text = (value) => Buffer.concat([number(2, value.length), utf8(value)]);
const first = utf8('WRITB1\n');
const note = (value) => Buffer.concat([number(4, utf8(value).length), utf8(value)]);
const record = ({ head, state }) => Buffer.concat([text(head), text(state)]);
const row = (before, records) => Buffer.concat([first, note(before), ...records.map(record)]);

const made = (index, draft) => {
  const state = `${digest(`salt ${index}`)}\n{"by":null}`;
  const parts = { sealed: null, state: commitPart('state', state) };
  return { head: canonical(draft({ parts })), state };
};
const zero = made(0, (change) => genesis(change));
const terms = [1, 2, 3].map((index) => made(index, (change) => term(index, change)));
const signed = noteOf([zero.head]);

const good = (reason, from, before, records) => ({
  reason,
  from,
  count: records.length,
  row: base64(row(before, records)),
  note: before,
  records,
});
const bad = (reason, index, bytes, from = 1, count = 1) => ({
  reason,
  from,
  count,
  row: base64(bytes),
  code: 'STORE_CORRUPT',
  index,
});

const one = row(signed, [terms[0]]);
const three = row(signed, terms);
const start = first.length + 4 + utf8(signed).length;
const patched = (bytes, at, replacement) =>
  Buffer.concat([bytes.subarray(0, at), replacement, bytes.subarray(at + replacement.length)]);
const without = (bytes, at, count) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + count)]);
const second = start + record(terms[0]).length;
const third = second + record(terms[1]).length;

writeCases('batch/rows.json', 'Rows of the journal (spec/31-batches.md): read for `from` and `count`.', [
  good('record 0: no note stands before it', 0, '', [zero]),
  good('one record after a signed note', 1, signed, [terms[0]]),
  good('three records', 1, signed, terms),
  good('a term record after an unknown commit: no note', 1, '', [terms[0]]),
  bad('nothing', 1, Buffer.alloc(0)),
  bad('the first line alone', 1, first),
  bad('a byte less than the first line and a length', 1, one.subarray(0, first.length + 3)),
  bad('another first line', 1, patched(one, 0, utf8('writb1\n'))),
  bad('another version', 1, patched(one, 5, utf8('2'))),
  bad('a first line that ends as on Windows', 1, Buffer.concat([utf8('WRITB1\r\n'), one.subarray(7)])),
  bad('a byte before the first line', 1, Buffer.concat([Buffer.alloc(1), one])),
  bad('a note that is longer than the row', 1, patched(one, first.length, number(4, one.length))),
  bad('a note of the largest length', 1, patched(one, first.length, number(4, 0xffff_ffff))),
  bad('a note that is shorter than its length says', 1, without(one, first.length + 4, 10)),
  bad('a note without records', 1, one.subarray(0, start)),
  bad('a head that goes beyond the end', 1, one.subarray(0, start + 100)),
  bad('a head of the largest length', 1, patched(one, start, number(2, 0xffff))),
  bad('a head that is one byte shorter than its length says', 1, without(one, start + 2, 1)),
  bad('half a length', 1, one.subarray(0, start + 1)),
  bad('a head without a state part', 1, one.subarray(0, start + 2 + terms[0].head.length)),
  bad('a state part without its last byte', 1, one.subarray(0, one.length - 1)),
  bad('a byte after the last record', 2, Buffer.concat([one, Buffer.of(0)])),
  bad('a newline after the last record', 2, Buffer.concat([one, utf8('\n')])),
  bad('the same record once more', 2, Buffer.concat([one, record(terms[0])])),
  bad('fewer records than the journal counts', 2, one, 1, 2),
  bad('more records than the journal counts', 3, three, 1, 2),
  bad('no record, where the journal counts none', 1, one, 1, 0),
  bad('the second of three is cut out', 3, without(three, second, record(terms[1]).length), 1, 3),
  bad('the second of three is cut in its length', 2, three.subarray(0, second + 1), 1, 3),
  bad('the third of three goes beyond the end', 3, three.subarray(0, third + 40), 1, 3),
  bad(
    'lengths in the other byte order',
    1,
    patched(one, start, Buffer.from(number(2, terms[0].head.length)).reverse()),
  ),
]);
