import { sha256Base64url } from '@writ/proof';
import type { ProposalText } from './protocol.ts';

export type UnderstandingCode = 'UNDERSTANDING_TIMEOUT' | 'UNDERSTANDING_FAILED';

/** Texts that ended a thread, by digest: refused for a while without being tried again. */
export type RefusedTexts = {
  add(text: ProposalText, code: UnderstandingCode, now_ms: number): void;
  codeOf(text: ProposalText, now_ms: number): UnderstandingCode | null;
};

/** A machine that was too busy once must not refuse an honest text for long. */
export const REFUSED_MS = 60_000;
/** Each of them cost its principal a second and more: nobody gets to so many. */
const REFUSED_MAX = 1_024;

export function openRefusedTexts(): RefusedTexts {
  const refused = new Map<string, { readonly code: UnderstandingCode; readonly until_ms: number }>();
  const forget = (now_ms: number): void => {
    for (const [digest, { until_ms }] of refused) {
      if (until_ms > now_ms && refused.size <= REFUSED_MAX) return;
      refused.delete(digest);
    }
  };
  return {
    add(text, code, now_ms) {
      const digest = digestOf(text);
      refused.delete(digest);
      refused.set(digest, { code, until_ms: now_ms + REFUSED_MS });
      forget(now_ms);
    },
    codeOf(text, now_ms) {
      forget(now_ms);
      // Nearly always nothing is refused: then no text is hashed.
      return refused.size === 0 ? null : (refused.get(digestOf(text))?.code ?? null);
    },
  };
}

/** What is understood is a function of these. */
function digestOf({ input, scene, tool, given }: ProposalText): string {
  return sha256Base64url([tool ?? '', given ?? '', scene, input].join('\n'));
}
