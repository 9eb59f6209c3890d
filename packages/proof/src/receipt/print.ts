import { Failure } from '../failure.ts';
import { printJson } from '../json/print.ts';
import { checkHeadText } from '../writ/writ.ts';
import { RECEIPT_BYTES_MAX, RECEIPT_FORMAT, type SpendReceipt } from './receipt.ts';

/** The one text of a receipt: canonical JSON without a newline at its end. */
export function printReceipt(receipt: SpendReceipt): string {
  const { head, proof } = receipt;
  checkHeadText(head);
  const text = printJson({ format: RECEIPT_FORMAT, head, proof });
  // At most three bytes for a UTF-16 unit; a proof that is nearly all ASCII stays far below.
  if (text.length > RECEIPT_BYTES_MAX / 3) throw new Failure('FILE_TOO_LARGE', 'receipt');
  return text;
}
