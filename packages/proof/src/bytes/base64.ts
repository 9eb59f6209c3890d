import * as primitives from '#primitives';
import { Failure } from '../failure.ts';
import { decode64, STANDARD_VALUES, URL_VALUES } from './decode64.ts';

/** Standard base64 with padding (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  return primitives.encodeBase64(bytes);
}

/** base64url without padding (RFC 4648 section 5). */
export function encodeBase64url(bytes: Uint8Array): string {
  return primitives.encodeBase64url(bytes);
}

/** Accepts exactly what `encodeBase64` writes: padding required, trailing bits zero, no white space. */
export function decodeBase64(text: string): Uint8Array {
  const bytes = text.length % 4 === 0 ? decode64(withoutPadding(text), STANDARD_VALUES) : undefined;
  if (bytes === undefined) throw new Failure('BASE64_INVALID', 'not canonical padded base64');
  return bytes;
}

/** Accepts exactly what `encodeBase64url` writes: no padding, trailing bits zero. */
export function decodeBase64url(text: string): Uint8Array {
  const bytes = decode64(text, URL_VALUES);
  if (bytes === undefined) throw new Failure('BASE64URL_INVALID', 'not canonical unpadded base64url');
  return bytes;
}

// Only "=" or "==" that complete the last group are taken off; any other "=" stays and is refused as foreign.
function withoutPadding(text: string): string {
  if (text.endsWith('==')) return text.slice(0, -2);
  return text.endsWith('=') ? text.slice(0, -1) : text;
}
