import { encodeBase64, encodeUtf8, Failure, sha256 } from '@writ/proof';
import { PAGE_FORMAT, type PageData, printPageData } from '../data/page-data.ts';
import { bodyOf } from './body.ts';
import { STYLE } from './style.ts';

/** The two programs of a page, built by `scripts/build-page.mjs`: what verifies, and what shows it. */
export type PageScripts = { readonly verifier: string; readonly page: string };

/** The first bytes of every page, by which a reader knows one. */
export const PAGE_START: string = `<!doctype html>\n<html lang="en" data-format="${PAGE_FORMAT}">\n`;

/** What stands before and after the data, in a line of its own. */
export const DATA_BEGIN = '<script type="application/json" id="data">';
export const DATA_END = '</script>';

/** The whole file. The same data and programs give the same bytes, so that a reader can make it again. */
export function buildPage(data: PageData, scripts: PageScripts): string {
  const printed = printPageData(data);
  return [
    `${PAGE_START}<head>`,
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policyOf(scripts)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<title>One record, and its proof</title>',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    bodyOf(data, digestOf(scripts.verifier)),
    `${DATA_BEGIN}${printed}${DATA_END}`,
    `<script>${checkScript(scripts.verifier)}</script>`,
    `<script>${checkScript(scripts.page)}</script>`,
    '</body>',
    '</html>\n',
  ].join('\n');
}

/** Nothing is loaded, sent or made from text; only these two programs and this style may run. */
function policyOf({ verifier, page }: PageScripts): string {
  return [
    "default-src 'none'",
    `script-src ${sourceOf(verifier)} ${sourceOf(page)}`,
    `style-src ${sourceOf(STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function sourceOf(text: string): string {
  return `'sha256-${digestOf(text)}'`;
}

function digestOf(text: string): string {
  return encodeBase64(sha256(encodeUtf8(text)));
}

/** The end of a script element, and what makes a parser of HTML miss it. */
const ENDS_SCRIPT = /<\/script|<script|<!--/i;

function checkScript(script: string): string {
  if (ENDS_SCRIPT.test(script)) throw new Failure('FILE_MALFORMED', 'a program that HTML would cut');
  return script;
}
