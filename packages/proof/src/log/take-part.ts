import { decodeBase64 } from '../bytes/base64.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { sha256Base64url } from '../digest/sha256.ts';
import { Failure } from '../failure.ts';
import { parseHead } from '../record/parse-head.ts';
import { commitPart } from '../record/part.ts';
import { noteFault, type OpenBatch, type Pass } from './pass.ts';

/** `state <base64>` or `sealed <base64>`, in this order, after the record that commits to it. */
export function takePart(pass: Pass, line: string): void {
  const { batch } = pass;
  const split = line.indexOf(' ');
  const kind = line.slice(0, split);
  if (kind !== 'state' && kind !== 'sealed') throw new Failure('LOG_SYNTAX', 'not a line of an exported log');
  if (batch === null || batch.seen === 0) throw new Failure('LOG_SYNTAX', 'a part outside of any record');
  const index = batch.from + batch.seen - 1;
  if (batch.lastPart === 'sealed' || batch.lastPart === kind) {
    noteFault(batch, 'LOG_SYNTAX', index, 'a part stands twice or in another order');
  }
  batch.lastPart = kind;
  if (kind === 'state') pass.states += 1;
  else pass.sealed += 1;
  checkPart(batch, kind, line.slice(split + 1), index);
}

function checkPart(batch: OpenBatch, kind: 'state' | 'sealed', encoded: string, index: number): void {
  try {
    const part = decodeUtf8(decodeBase64(encoded));
    const head = parseHead(batch.pending.at(-1) ?? batch.lastHead);
    if (head.parts[kind] === commitPart(sha256Base64url, kind, part)) return;
    noteFault(batch, 'PART_MISMATCH', index, `the ${kind} part is not the one that the head commits to`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    noteFault(batch, error.code, index, `the ${kind} part or its head cannot be read`);
  }
}
