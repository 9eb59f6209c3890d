import {
  bodyOf,
  canonical,
  commitPart,
  decision,
  digest,
  genesis,
  hashesOf,
  LOG,
  noteOf,
  ORIGIN,
  OTHER_KEY,
  term,
} from './cell.mjs';
import { base64, writeCases } from './write.mjs';

const state = `${digest('a salt')}\n{"by":null}`;
const parts = { state: commitPart('state', state), sealed: null };
const heads = [genesis(), term(1, { parts }), decision(2), term(3)].map(canonical);
const HEADER = `writ-log/v1 ${ORIGIN}\n`;

const batchOf = (from, list, signer = LOG, before = heads.slice(0, from)) => {
  const note = base64(Buffer.from(noteOf([...before, ...list], signer)));
  return `batch ${from} ${list.length} ${note} ${base64(Buffer.concat(hashesOf(list)))}\n`;
};
const lines = (from, list) => list.map((head, at) => `${from + at} ${head}\n`).join('');
const part = `state ${base64(Buffer.from(state))}\n`;
const first = batchOf(0, heads.slice(0, 2)) + lines(0, heads.slice(0, 2));
const second = batchOf(2, heads.slice(2)) + lines(2, heads.slice(2));
const whole = `${HEADER}${first}${second}end 4\n`;

const says = (reason, expect, text, options) => ({ reason, expect, text, ...(options ? { options } : {}) });
const swapped = [heads[1], heads[0]];
const unsigned = (from, list) => {
  const body = bodyOf([...heads.slice(0, from), ...list]);
  const note = base64(Buffer.from(`${body}\n${LOG.line(bodyOf(heads))}`));
  const hashes = base64(Buffer.concat(hashesOf(list)));
  return `batch ${from} ${list.length} ${note} ${hashes}\n${lines(from, list)}`;
};
const others = base64(Buffer.concat(hashesOf(swapped)));
const rehashed = batchOf(0, heads.slice(0, 2)).replace(/ \S+\n$/, ` ${others}\n`);
const every = { checkpoints: 'every' };
const parsed = { heads: 'parsed' };
const extended = `${bodyOf(heads.slice(0, 2))}an extension\n`;
const extendedNote = `${extended}\n${LOG.line(extended)}`;
const long = [heads[0], 'x'.repeat(1_025)];
const spaced = [heads[0], `${heads[1]} `];

writeCases('log/files.json', 'Exported logs and the verdicts on them (spec/11-log-export.md).', [
  says('two batches', 'valid, completeness unknown', whole),
  says('one batch', 'valid, completeness unknown', `${HEADER}${first}end 2\n`),
  says('every checkpoint and head', 'valid, completeness unknown', whole, { ...every, ...parsed }),
  says('a part', 'valid, completeness unknown', `${HEADER}${first}${part}end 2\n`),
  says(
    'a head that is not canonical is only hashed',
    'valid, completeness unknown',
    `${HEADER}${batchOf(0, spaced)}${lines(0, spaced)}end 2\n`,
  ),
  says(
    'the same, heads read',
    'invalid NOT_CANONICAL at 1',
    `${HEADER}${batchOf(0, spaced)}${lines(0, spaced)}end 2\n`,
    parsed,
  ),
  says('completeness is asked for', 'undecidable COMPLETENESS_UNKNOWN', whole, { requireComplete: true }),
  says('another log is asked for', 'invalid CHECKPOINT_WRONG_ORIGIN file', whole, {
    origin: 'cell.example/two',
  }),
  says('a log that nobody trusts', 'undecidable NO_TRUST', whole.replace(ORIGIN, 'cell.example/two')),
  says('a newer version', 'undecidable FORMAT_VERSION', whole.replace('/v1', '/v2')),
  says('nothing', 'invalid LOG_HEADER file', ''),
  says('another file', 'invalid FORMAT_UNKNOWN file', 'log\n'),
  says('no origin', 'invalid LOG_HEADER file', 'writ-log/v1\n'),
  says('an origin too many', 'invalid LOG_HEADER file', `writ-log/v1 ${ORIGIN} ${ORIGIN}\n`),
  says('bytes that are no text', 'invalid FORMAT_UNKNOWN file', '\u0000\n'),
  says('no records', 'invalid LOG_EMPTY file', `${HEADER}end 0\n`),
  says('no end', 'invalid LOG_ENDED_EARLY in 4..null', `${HEADER}${first}${second}`),
  says('no newline at the end', 'invalid LOG_ENDED_EARLY in 2..null', `${HEADER}${first}end 2`),
  says(
    'it ends in a batch',
    'invalid LOG_ENDED_EARLY in 1..null',
    `${HEADER}${batchOf(0, heads.slice(0, 2))}${lines(0, heads.slice(0, 1))}`,
  ),
  says('an end with another size', 'invalid LOG_SIZE in 4..null', whole.replace('end 4', 'end 5')),
  says('an end in another spelling', 'invalid LOG_SIZE in 4..null', whole.replace('end 4', 'end 04')),
  says('something after the end', 'invalid LOG_AFTER_END file', `${whole}end 4\n`),
  says('something after the end without a newline', 'invalid LOG_ENDED_EARLY in 4..null', `${whole}e`),
  says('an empty line', 'invalid LOG_SYNTAX in 4..null', whole.replace('end 4', '\nend 4')),
  says('a line of another kind', 'invalid LOG_SYNTAX in 4..null', whole.replace('end 4', 'note\nend 4')),
  says('a part of another kind', 'invalid LOG_SYNTAX at 3', whole.replace('end 4', 'secret AA==\nend 4')),
  says('a carriage return', 'invalid LOG_RECORD_CHANGED at 0', whole.replace('}\n', '}\r\n')),
  says('a record before any batch', 'invalid LOG_SYNTAX in 0..null', `${HEADER}${lines(0, heads)}end 4\n`),
  says(
    'a part before any record',
    'invalid LOG_SYNTAX at 0',
    `${HEADER}${first.replace('\n', `\n${part}`)}end 2\n`,
  ),
  says('a batch twice', 'invalid LOG_SYNTAX in 2..null', `${HEADER}${first}${first}end 4\n`),
  says('a batch left out', 'invalid LOG_SYNTAX in 0..null', `${HEADER}${second}end 4\n`),
  says(
    'a batch of none',
    'invalid LOG_SYNTAX in 0..null',
    `${HEADER}${batchOf(0, []).replace(/ $/, ' ')}end 0\n`,
  ),
  says('a batch with a word too many', 'invalid LOG_SYNTAX in 0..null', whole.replace('\n0 ', ' x\n0 ')),
  says(
    'a batch whose checkpoint is of another size',
    'invalid LOG_SYNTAX in 0..2',
    `${HEADER}${first.replace(/(batch 0 2) \S+/, `$1 ${batchOf(0, heads).split(' ')[3]}`)}end 2\n`,
  ),
  says(
    'a batch of another number of records',
    'invalid LOG_SYNTAX in 0..3',
    whole.replace('batch 0 2', 'batch 0 3'),
  ),
  says(
    'a batch with a hash too few',
    'invalid LOG_SYNTAX in 0..2',
    whole.replace(/(batch 0 2 \S+ \S{44})\S+/, '$1'),
  ),
  says('a record edited', 'invalid LOG_RECORD_CHANGED at 2', whole.replace('"ALLOWED"', '"ALLOWER"')),
  says('a record removed', 'invalid LOG_RECORD_CHANGED at 0', whole.replace(/\n0 [^\n]*/, '')),
  says(
    'two records reordered',
    'invalid LOG_RECORD_CHANGED at 0',
    `${HEADER}${batchOf(0, heads.slice(0, 2))}${lines(0, swapped)}end 2\n`,
  ),
  says(
    'a record twice',
    'invalid LOG_RECORD_CHANGED at 1',
    `${HEADER}${batchOf(0, heads.slice(0, 2))}${lines(0, [heads[0], heads[0]])}end 2\n`,
  ),
  says('a record too many', 'invalid LOG_RECORD_CHANGED at 2', `${HEADER}${first}2 ${heads[2]}\nend 2\n`),
  says('a number in another spelling', 'invalid LOG_SYNTAX at 1', whole.replace('\n1 {', '\n01 {')),
  says('a number of another line', 'invalid LOG_SYNTAX at 1', whole.replace('\n1 {', '\n2 {')),
  says(
    'a checkpoint on the way with an extension, though signed',
    'invalid LOG_BATCH_CHANGED in 0..2',
    `${HEADER}${first.replace(/(batch 0 2) \S+/, `$1 ${base64(Buffer.from(extendedNote))}`)}${second}end 4\n`,
  ),
  says(
    'a head of 1,025 bytes, though signed',
    'invalid RECORD_TOO_LARGE at 1',
    `${HEADER}${batchOf(0, long)}${lines(0, long)}end 2\n`,
  ),
  says(
    'an empty head, though signed',
    'invalid RECORD_TOO_LARGE at 1',
    `${HEADER}${batchOf(0, [heads[0], ''])}${lines(0, [heads[0], ''])}end 2\n`,
  ),
  says(
    'a batch of 1,025 records',
    'invalid LOG_SYNTAX in 0..null',
    `${HEADER}batch 0 1025 QQ== ${base64(Buffer.alloc(1_025 * 32))}\n`,
  ),
  says('a part of another record', 'invalid PART_MISMATCH at 3', `${HEADER}${first}${second}${part}end 4\n`),
  says('a part twice', 'invalid LOG_SYNTAX at 1', `${HEADER}${first}${part}${part}end 2\n`),
  says('a part that is no base64', 'invalid BASE64_INVALID at 1', `${HEADER}${first}state !\nend 2\n`),
  says(
    'records and hashes computed anew',
    'invalid LOG_BATCH_CHANGED in 0..2',
    `${HEADER}${rehashed}${lines(0, swapped)}end 2\n`,
  ),
  says(
    'all computed anew but not signed',
    'invalid NOTE_SIGNATURE_INVALID in 0..2',
    `${HEADER}${unsigned(0, swapped)}end 2\n`,
  ),
  says(
    'a checkpoint on the way that is not signed',
    'valid, completeness unknown',
    `${HEADER}${unsigned(0, heads.slice(0, 2))}${second}end 4\n`,
  ),
  says(
    'the same, every checkpoint asked',
    'invalid NOTE_SIGNATURE_INVALID in 0..2',
    `${HEADER}${unsigned(0, heads.slice(0, 2))}${second}end 4\n`,
    every,
  ),
  says(
    'signed by another key',
    'invalid NOTE_NOT_SIGNED in 0..2',
    `${HEADER}${batchOf(0, heads.slice(0, 2), OTHER_KEY)}${lines(0, heads.slice(0, 2))}end 2\n`,
  ),
]);
