import * as primitives from '#primitives';
import { Failure } from '../failure.ts';

/** UTF-8 of `text`. A lone surrogate has no encoding and is refused, never replaced. */
export function encodeUtf8(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new Failure('TEXT_NOT_WELL_FORMED', 'the text has a lone surrogate');
  return primitives.encodeUtf8(text);
}

/** Text of `bytes`; anything that is not exact UTF-8 is refused. A byte order mark is kept as a character. */
export function decodeUtf8(bytes: Uint8Array): string {
  const text = primitives.decodeUtf8(bytes);
  if (text === undefined) throw new Failure('TEXT_NOT_UTF8', 'the bytes are not UTF-8');
  return text;
}
