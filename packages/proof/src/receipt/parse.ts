import { encodeUtf8 } from '../bytes/utf8.ts';
import { equalBytes } from '../bytes/equal.ts';
import { Failure } from '../failure.ts';
import { asText, type FileForm, readMembers } from '../writ/read-members.ts';
import { printReceipt } from './print.ts';
import { RECEIPT_BYTES_MAX, type SpendReceipt } from './receipt.ts';

const FORM: FileForm = {
  name: 'writ-receipt',
  version: 1,
  members: ['head', 'proof'],
  limits: { bytes: RECEIPT_BYTES_MAX, depth: 2, values: 16 },
};

/** Accepts exactly what `printReceipt` writes. What the texts mean is for `verifySpend` to say. */
export function parseReceipt(bytes: Uint8Array): SpendReceipt {
  const members = readMembers(bytes, FORM);
  const receipt: SpendReceipt = { head: asText(members['head']), proof: asText(members['proof']) };
  if (!equalBytes(encodeUtf8(printReceipt(receipt)), bytes)) {
    throw new Failure('NOT_CANONICAL', 'the text is not the canonical one');
  }
  return receipt;
}
