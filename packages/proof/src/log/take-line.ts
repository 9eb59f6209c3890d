import { decodeUtf8 } from '../bytes/utf8.ts';
import { decodeBase64 } from '../bytes/base64.ts';
import { Failure } from '../failure.ts';
import { HASH_BYTES } from '../tree/hash.ts';
import { logOf } from '../trust/accept-checkpoint.ts';
import { closeBatch } from './close-batch.ts';
import { Finding, IN_FILE, inRange } from './finding.ts';
import { frontierNow } from './growing-tree.ts';
import { heldOf } from './held.ts';
import { LOG_BATCH_RECORDS_MAX, LOG_FORMAT } from './log-text.ts';
import { beginBatch, type Pass } from './pass.ts';
import { takePart } from './take-part.ts';
import { takeRecord } from './take-record.ts';

const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;
const LETTER_S = 0x73;

/** Reads one line, given without its newline. Lines of records are most of them and are never made text. */
export function takeLine(pass: Pass, bytes: Uint8Array, from: number, to: number): void {
  const first = bytes[from] ?? 0;
  if (pass.ended) throw new Finding('LOG_AFTER_END', IN_FILE, 'something stands after the end line');
  if (pass.log === null) takeHeader(pass, decodeUtf8(bytes.subarray(from, to)));
  else if (first >= DIGIT_ZERO && first <= DIGIT_NINE) takeRecord(pass, bytes, from, to);
  else if (first === LETTER_S) takePart(pass, decodeUtf8(bytes.subarray(from, to)));
  else takeFrame(pass, decodeUtf8(bytes.subarray(from, to)));
}

function takeHeader(pass: Pass, line: string): void {
  const [format, origin, ...others] = line.split(' ');
  if (format !== LOG_FORMAT) {
    const known = /^writ-log\/v[1-9][0-9]{0,3}$/.test(format ?? '');
    throw new Finding(known ? 'FORMAT_VERSION' : 'FORMAT_UNKNOWN', IN_FILE, `not a ${LOG_FORMAT} file`);
  }
  if (origin === undefined || others.length > 0) {
    throw new Finding('LOG_HEADER', IN_FILE, 'the first line does not name one log');
  }
  pass.log = logOf(origin, pass.options.origin ?? null, pass.trust);
  const held = heldOf(pass.options, origin);
  if (held.some((checkpoint) => checkpoint.origin !== origin)) {
    throw new Finding('LOG_OTHER', IN_FILE, 'a held checkpoint is of another log');
  }
  pass.held = held.sort((a, b) => (a.size < b.size ? -1 : 1));
}

/** A line that begins a batch or ends the log. Either closes the batch before it. */
function takeFrame(pass: Pass, line: string): void {
  if (pass.batch !== null) closeBatch(pass, pass.batch);
  const [word, ...fields] = line.split(' ');
  if (word === 'batch' && fields.length === 4) takeBatch(pass, fields);
  else if (word === 'end' && fields.length === 1) takeEnd(pass, fields[0] ?? '');
  else throw new Failure('LOG_SYNTAX', 'not a line of an exported log');
}

function takeBatch(pass: Pass, fields: readonly string[]): void {
  const [from = '', countText = '', note = '', listed = ''] = fields;
  const { size } = pass.tree;
  const count = /^[1-9][0-9]{0,3}$/.test(countText) ? Number(countText) : 0;
  if (from !== `${size}` || count < 1 || count > LOG_BATCH_RECORDS_MAX) {
    throw new Finding(
      'LOG_SYNTAX',
      inRange(size, null),
      'a batch that does not go on where the last one ended',
    );
  }
  if (listed.length !== Math.ceil((count * HASH_BYTES) / 3) * 4) {
    throw new Finding('LOG_SYNTAX', inRange(size, size + count), 'not as many leaf hashes as records');
  }
  pass.batch = beginBatch(frontierNow(pass.tree), count, decodeUtf8(decodeBase64(note)), listed);
}

function takeEnd(pass: Pass, size: string): void {
  if (size !== `${pass.tree.size}`) {
    throw new Finding('LOG_SIZE', inRange(pass.tree.size, null), 'the end line states another size');
  }
  pass.ended = true;
}
