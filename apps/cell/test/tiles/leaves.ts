import { hashLeaves } from '@writ/proof';

/** Packed hashes of records `from` up to `to`; record `i` is the text of `i`. */
export const leavesOf = (from: number, to: number): Uint8Array =>
  hashLeaves(Array.from({ length: to - from }, (_, at) => String(from + at)));
