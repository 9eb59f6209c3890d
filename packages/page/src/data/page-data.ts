import {
  encodeUtf8,
  Failure,
  HEAD_BYTES_MAX,
  isDigest,
  JSON_LIMITS,
  type JsonValue,
  parseJson,
  parseVerifierKey,
  printJson,
} from '@writ/proof';
import { escapeJson } from './escape.ts';

/** What a page carries (spec/12-page.md section 2). Nothing of it is believed before it is checked. */
export type PageData = {
  /** The exact text of the head: its UTF-8 bytes are the leaf. */
  readonly head: string;
  /** A `c2sp.org/tlog-proof@v1` without extra data. */
  readonly proof: string;
  /** The key that is said to have signed: a claim, and never a reason to believe anything. */
  readonly vkey: string;
  /** Opens the commitment to the arguments; null when the page shows them to nobody. */
  readonly nonce: string | null;
  /** The canonical JSON of the arguments; null when it is left to the reader to bring them. */
  readonly args: string | null;
};

export const PAGE_FORMAT = 'writ-page/v1';

/** Arguments are sealed with what else was said of an action, in at most 48 KB. */
const ARGS_CHARACTERS_MAX: number = 64 * 1024;
/** 63 hashes and a checkpoint with a hundred cosignatures need 20 KB. */
const PROOF_CHARACTERS_MAX: number = 64 * 1024;

const MEMBERS = ['args', 'format', 'head', 'nonce', 'proof', 'vkey'];
const VERSIONED = /^writ-page\/v[1-9][0-9]{0,3}$/;

/** The one text of the data, in one line of ASCII that can stand in a `script` element. */
export function printPageData(data: PageData): string {
  checkPageData(data);
  const { args, head, nonce, proof, vkey } = data;
  return escapeJson(printJson({ args, format: PAGE_FORMAT, head, nonce, proof, vkey }));
}

/** Accepts exactly what `printPageData` writes. What the texts mean is for `checkPage` to say. */
export function parsePageData(text: string): PageData {
  const value = parseJson(encodeUtf8(text), { ...JSON_LIMITS, depth: 2, values: 16 });
  const members = membersOf(value);
  const format = members['format'];
  if (typeof format !== 'string' || !VERSIONED.test(format)) {
    throw new Failure('FORMAT_UNKNOWN', 'not the data of a page');
  }
  if (format !== PAGE_FORMAT) {
    throw new Failure('FORMAT_VERSION', 'the data of a page of a version that is not known here');
  }
  if (
    Object.keys(members).length !== MEMBERS.length ||
    !MEMBERS.every((name) => Object.hasOwn(members, name))
  )
    throw new Failure('FILE_MALFORMED', `the members are not ${MEMBERS.join(', ')}`);
  const data: PageData = {
    head: textOf(members['head']),
    proof: textOf(members['proof']),
    vkey: textOf(members['vkey']),
    nonce: members['nonce'] === null ? null : textOf(members['nonce']),
    args: members['args'] === null ? null : textOf(members['args']),
  };
  if (printPageData(data) !== text) throw new Failure('NOT_CANONICAL', 'the text is not the canonical one');
  return data;
}

function checkPageData({ args, head, nonce, proof, vkey }: PageData): void {
  if (head === '' || head.length > HEAD_BYTES_MAX) throw new Failure('RECORD_TOO_LARGE', 'head');
  if (proof.length > PROOF_CHARACTERS_MAX) throw new Failure('PROOF_TOO_LARGE', 'the proof of a page');
  parseVerifierKey(vkey);
  // A nonce is spelled as a digest is: 32 bytes in canonical base64url.
  if (nonce !== null && !isDigest(nonce)) throw new Failure('NONCE_LENGTH', 'a nonce is exactly 32 bytes');
  if (args === null) return;
  if (nonce === null) throw new Failure('FILE_MALFORMED', 'arguments without the nonce that opens them');
  if (args.length > ARGS_CHARACTERS_MAX) throw new Failure('FILE_TOO_LARGE', 'the arguments of a page');
  if (printJson(parseJson(encodeUtf8(args))) !== args) throw new Failure('NOT_CANONICAL', 'the arguments');
}

function membersOf(value: JsonValue): { readonly [name: string]: JsonValue } {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    // An object of JSON: arrays and null were just excluded, which the read-only array type hides.
    return value as { readonly [name: string]: JsonValue };
  }
  throw new Failure('FILE_MALFORMED', 'an object is wanted');
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new Failure('FILE_MALFORMED', 'a string is wanted');
  return value;
}
