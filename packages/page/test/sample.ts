import { encodeBase64url, printJson, printVerifierKey } from '@writ/proof';
import {
  ARGS,
  commitHead,
  decisionHead,
  LOG,
  NONCE,
  noteOf,
  OTHER_LOG_KEY,
  proofOf,
  type Signer,
  signerOf,
  termHead,
} from '../../proof/test/small-cell.ts';
import { type PageData, printPageData } from '../src/index.ts';

export const HEADS: readonly string[] = [
  termHead(0),
  decisionHead(1),
  termHead(2),
  commitHead(3),
  termHead(4),
];
export const VKEY: string = printVerifierKey(LOG.key);
export const OTHER_VKEY: string = printVerifierKey(OTHER_LOG_KEY.key);
/** The key of some other log. */
export const STRANGER_VKEY: string = printVerifierKey(signerOf('stranger.example/one', 9).key);
export const NONCE_TEXT: string = encodeBase64url(NONCE);

/** The page of the commit, closed: what a receipt of it carries. */
export const DATA: PageData = {
  head: HEADS[3] ?? '',
  proof: proofOf(HEADS, 3),
  vkey: VKEY,
  nonce: null,
  args: null,
};
export const OPENED: PageData = { ...DATA, nonce: NONCE_TEXT, args: printJson(ARGS) };

/** A page under the key of anybody, over any text in the place of a record. */
export const pageOf = (head: string, signer: Signer, more: Partial<PageData> = {}): PageData => {
  const heads = [termHead(0), head];
  const proof = proofOf(heads, 1, noteOf(heads, signer));
  return { head, proof, vkey: printVerifierKey(signer.key), nonce: null, args: null, ...more };
};

const edited = (text: string, from: string | RegExp, to: string): string => {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error('the edit changes nothing');
  return changed;
};

export type Tampered = readonly [what: string, data: string, code: string, check: string];

const told = (what: string, change: Partial<PageData>, code: string, check: string, of = DATA): Tampered => [
  what,
  printPageData({ ...of, ...change }),
  code,
  check,
];

const OTHER_HASH = `${'A'.repeat(43)}=`;
const hashLine = /\n[A-Za-z0-9+/]{43}=\n/;
const valid: string = printPageData(DATA);

/** What somebody could do to a page, the code it is refused with, and the check that refuses it. */
export const TAMPERED: readonly Tampered[] = [
  told(
    'one byte of the head',
    { head: edited(DATA.head, '"wall":2', '"wall":3') },
    'TREE_ROOT_MISMATCH',
    'inclusion',
  ),
  told('a head with a space', { head: edited(DATA.head, ',', ', ') }, 'TREE_ROOT_MISMATCH', 'inclusion'),
  told('another record of the same log', { head: HEADS[1] ?? '' }, 'TREE_ROOT_MISMATCH', 'inclusion'),
  told(
    'another index',
    { proof: edited(DATA.proof, 'index 3', 'index 2') },
    'TREE_ROOT_MISMATCH',
    'inclusion',
  ),
  told(
    'an index beyond the tree',
    { proof: edited(DATA.proof, 'index 3', 'index 5') },
    'TREE_INDEX',
    'inclusion',
  ),
  told(
    'one hash of the proof',
    { proof: edited(DATA.proof, hashLine, `\n${OTHER_HASH}\n`) },
    'TREE_ROOT_MISMATCH',
    'inclusion',
  ),
  told(
    'a proof without a hash',
    { proof: edited(DATA.proof, hashLine, '\n') },
    'TREE_PROOF_LENGTH',
    'inclusion',
  ),
  told(
    'the size in the checkpoint',
    { proof: edited(DATA.proof, '\n5\n', '\n6\n') },
    'NOTE_SIGNATURE_INVALID',
    'signature',
  ),
  told(
    'the origin in the checkpoint',
    { proof: edited(DATA.proof, 'cell.example', 'ce11.example') },
    'CHECKPOINT_WRONG_ORIGIN',
    'origin',
  ),
  told(
    'the signature',
    { proof: edited(DATA.proof, /.{4}(.{20}\n)$/, 'AAAA$1') },
    'NOTE_SIGNATURE_INVALID',
    'signature',
  ),
  told('no signature', { proof: edited(DATA.proof, /\u2014 .*\n$/, '') }, 'NOTE_MALFORMED', 'proof'),
  told('a proof that is cut', { proof: DATA.proof.slice(0, 120) }, 'PROOF_MALFORMED', 'proof'),
  told('another version of the proof', { proof: edited(DATA.proof, '@v1', '@v2') }, 'PROOF_VERSION', 'proof'),
  told(
    'extra data in the proof',
    { proof: edited(DATA.proof, 'index', 'extra AAAA\nindex') },
    'PROOF_EXTRA',
    'proof',
  ),
  told('another key of that name', { vkey: OTHER_VKEY }, 'NOTE_NOT_SIGNED', 'signature'),
  told('the key of another log', { vkey: STRANGER_VKEY }, 'CHECKPOINT_WRONG_ORIGIN', 'origin'),
  told('other arguments', { args: '{"amount":251,"to":"Zoë"}' }, 'ARGS_MISMATCH', 'arguments', OPENED),
  told(
    'another nonce',
    { nonce: NONCE_TEXT.replace(/^./, (one) => (one === 'A' ? 'B' : 'A')) },
    'ARGS_MISMATCH',
    'arguments',
    OPENED,
  ),
  told('a record that is none, signed', pageOf('{"kind":"decision"}', LOG), 'RECORD_INVALID', 'record'),
  told(
    'a record spelled otherwise, signed',
    pageOf(edited(decisionHead(1), ':', ': '), LOG),
    'NOT_CANONICAL',
    'record',
  ),
  ['data that is no JSON', valid.slice(0, -9), 'JSON_SYNTAX', 'file'],
  ['a member too many', edited(valid, '{', '{"a":1,'), 'FILE_MALFORMED', 'file'],
  ['a member twice', edited(valid, '{', '{"args":null,'), 'JSON_DUPLICATE_MEMBER', 'file'],
  ['a space in the data', edited(valid, ',', ', '), 'NOT_CANONICAL', 'file'],
  [
    'data of a version that is not known',
    edited(valid, 'writ-page/v1', 'writ-page/v2'),
    'FORMAT_VERSION',
    'file',
  ],
  ['data of something else', edited(valid, 'writ-page/v1', 'writ/v1'), 'FORMAT_UNKNOWN', 'file'],
  [
    'a key id that is not the key’s',
    edited(valid, /\+[0-9a-f]{8}\+/, '+00000000+'),
    'KEY_ID_MISMATCH',
    'file',
  ],
];
