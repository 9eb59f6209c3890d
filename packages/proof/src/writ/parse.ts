import { encodeUtf8 } from '../bytes/utf8.ts';
import { equalBytes } from '../bytes/equal.ts';
import { Failure } from '../failure.ts';
import { printWrit } from './print.ts';
import { asText, type FileForm, readMembers } from './read-members.ts';
import { WRIT_BYTES_MAX, type Writ } from './writ.ts';

const FORM: FileForm = {
  name: 'writ',
  version: 1,
  members: ['head', 'nonce', 'proof'],
  limits: { bytes: WRIT_BYTES_MAX, depth: 2, values: 16 },
};

/** Accepts exactly what `printWrit` writes. What the texts mean is for `verifyWrit` to say. */
export function parseWrit(bytes: Uint8Array): Writ {
  const members = readMembers(bytes, FORM);
  const writ: Writ = {
    head: asText(members['head']),
    nonce: asText(members['nonce']),
    proof: asText(members['proof']),
  };
  if (!equalBytes(encodeUtf8(printWrit(writ)), bytes)) {
    throw new Failure('NOT_CANONICAL', 'the text is not the canonical one');
  }
  return writ;
}
