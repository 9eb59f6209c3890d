import { decodeUtf8, Failure, sha256Base64url } from '@writ/proof';
import { type PageData, parsePageData } from '../data/page-data.ts';
import { buildPage, DATA_BEGIN, DATA_END, PAGE_START, type PageScripts } from './build-page.ts';

/** Both programs and the style are some 200 KB; the data is at most 1 MB, all of it escaped. */
export const PAGE_BYTES_MAX: number = 2 * 1024 * 1024;

const ANY_VERSION = /^<!doctype html>\n<html lang="en" data-format="writ-page\/v[1-9][0-9]{0,3}">\n/;

/** The text of the data in a page. Exactly one line is it: a second would be what another reader takes. */
export function readPage(bytes: Uint8Array): string {
  if (bytes.length > PAGE_BYTES_MAX) throw new Failure('FILE_TOO_LARGE', `more than ${PAGE_BYTES_MAX} bytes`);
  const text = decodeUtf8(bytes);
  if (!text.startsWith(PAGE_START)) {
    const other = ANY_VERSION.test(text);
    throw new Failure(
      other ? 'FORMAT_VERSION' : 'FORMAT_UNKNOWN',
      'not a page of a version that is known here',
    );
  }
  const found = text.split('\n').filter((line) => line.startsWith(DATA_BEGIN));
  const [line = ''] = found;
  if (found.length !== 1 || !line.endsWith(DATA_END)) {
    throw new Failure('FILE_MALFORMED', 'a page has one line of data');
  }
  return line.slice(DATA_BEGIN.length, -DATA_END.length);
}

/**
 * Whether these are the bytes that the data and these programs give, so that the page can be believed too.
 */
export function isOwnPage(bytes: Uint8Array, scripts: PageScripts): boolean {
  const data: PageData = parsePageData(readPage(bytes));
  return sha256Base64url(buildPage(data, scripts)) === sha256Base64url(bytes);
}
