import { type Code, CODES, isCode } from '@writ/contract';
import type { ProofCode } from '@writ/proof';

/** What a client refuses by itself. A code never changes its meaning; new refusals get new codes. */
export const SDK_CODES = [
  /** The transport threw: nothing is known of the request, not even whether it arrived. */
  'TRANSPORT_FAILED',
  /** Neither a success nor a refusal, or a refusal under another status than its own. */
  'ANSWER_STATUS',
  /** Not of the declared media type: a page of a proxy, say. */
  'ANSWER_MEDIA',
  'ANSWER_TOO_LARGE',
  /** No strict JSON, or not of the form that the operation declares. */
  'ANSWER_MALFORMED',
  /** It says that something was recorded and proves nothing. */
  'ANSWER_UNPROVEN',
  /** The proven record says something else than the answer around it. */
  'ANSWER_CONTRADICTS',
  /** A true record that is not of this request: it was made before, or answered another one. */
  'REPLAYED',
  /** The client was not told what this tool is, so it cannot know that the permission is for it. */
  'TOOL_NOT_PINNED',
  /** An action is attempted under one attempt id by one client. */
  'ATTEMPT_DIFFERS',
  /** The log did not show that it continues what this client has seen. */
  'CONSISTENCY_MISSING',
  /** What was seen could not be remembered, so it is not acted upon. */
  'MEMORY_FAILED',
  'CLIENT_FULL',
  /** What was passed in cannot work: a key, an id, a trust without exactly one log. */
  'CLIENT_MISUSED',
] as const;

export type SdkCode = (typeof SDK_CODES)[number];

/** Why something was refused: by the cell, by a proof, or by this client. */
export type ClientCode = Code | ProofCode | SdkCode;

/** Our own words for a code: what a server writes beside it is text from outside, and shown to nobody. */
export function textOfCode(code: ClientCode): string {
  return isCode(code) ? CODES[code].agent : 'the answer is not believed';
}
