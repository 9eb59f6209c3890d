import { encodeHex, encodeUtf8, leafHash } from '@writ/proof';

/** The hash under which a tree holds a record, in hexadecimal: what other tools show. */
export function leafHashOf(head: string): string {
  return encodeHex(leafHash(encodeUtf8(head)));
}
