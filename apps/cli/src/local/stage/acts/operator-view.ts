import { CODES, type Reason, type Understanding } from '@writ/contract';
import type { WireProven } from '@writ/contract/api';
import { commitPart, encodeUtf8, openPart, parseHead, sha256Base64url } from '@writ/proof';
import type { OperatorView } from '../entry.ts';

/**
 * The sealed part as the cell opened it, shown only when it is what the record commits to: what was
 * understood then, not what would be understood now.
 */
export async function operatorView(
  openSealed: (index: number) => Promise<string | null>,
  { index, head }: WireProven,
): Promise<OperatorView | null> {
  const part = await openSealed(index);
  if (part === null) return null;
  if (commitPart(sha256Base64url, 'sealed', part) !== parseHead(encodeUtf8(head)).parts.sealed) return null;
  // What printSealedDecision of the kernel made: the commitment that was just compared is over these bytes.
  const sealed = JSON.parse(openPart(part).json) as {
    readonly judged?: { readonly understanding: Understanding };
    readonly reasons?: readonly Reason[];
  };
  if (sealed.judged === undefined || sealed.reasons === undefined) return null;
  const reasons = sealed.reasons.map((reason) => ({ ...reason, text: CODES[reason.code].operator }));
  return { understanding: sealed.judged.understanding, reasons };
}
