import { readFileSync } from 'node:fs';
import { Failure } from '@writ/proof';

/**
 * The code that `act` is refused with; NONE when it is not, THROWN when something else than a Failure came.
 */
export function codeOf(act: () => unknown): string {
  try {
    act();
    return 'NONE';
  } catch (error) {
    return error instanceof Failure ? error.code : 'THROWN';
  }
}

const VECTORS = new URL('../../../vectors/', import.meta.url);

/**
 * Cases of one of our own files under vectors/; the caller states their shape, a wrong one fails its test.
 */
export function vectors<Case>(file: string): (Case & { readonly reason: string })[] {
  const read = JSON.parse(readFileSync(new URL(file, VECTORS), 'utf8')) as { cases: Case[] };
  // Checked for every file by scripts/tidy.mjs.
  return read.cases as (Case & { readonly reason: string })[];
}

/** Cases of a published set under vectors/third-party/; the caller states their shape. */
export function thirdParty<Case>(file: string): Case[] {
  return JSON.parse(readFileSync(new URL(`third-party/${file}`, VECTORS), 'utf8')) as Case[];
}

export const hexBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
export const base64Bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
export const textBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
