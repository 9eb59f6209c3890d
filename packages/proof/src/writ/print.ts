import { Failure } from '../failure.ts';
import { printJson } from '../json/print.ts';
import { isDigest } from '../record/parse-head.ts';
import { checkHeadText, WRIT_BYTES_MAX, WRIT_FORMAT, type Writ } from './writ.ts';

/** The one text of a writ: canonical JSON without a newline at its end. */
export function printWrit(writ: Writ): string {
  const { head, nonce, proof } = writ;
  checkHeadText(head);
  // A nonce is spelled as a digest is: 32 bytes in canonical base64url.
  if (!isDigest(nonce)) throw new Failure('NONCE_LENGTH', 'a nonce is exactly 32 bytes');
  const text = printJson({ format: WRIT_FORMAT, head, nonce, proof });
  // At most three bytes for a UTF-16 unit; a proof that is nearly all ASCII stays far below.
  if (text.length > WRIT_BYTES_MAX / 3) throw new Failure('FILE_TOO_LARGE', 'writ');
  return text;
}
