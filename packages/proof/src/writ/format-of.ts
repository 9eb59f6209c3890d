/** What a verifier may be handed. */
export type VerifiableFormat = 'writ' | 'receipt' | 'log' | 'proof';

// Each of these formats begins with its own name, so a few bytes tell them apart before anything is read.
const BEGINNINGS: readonly (readonly [beginning: string, format: VerifiableFormat])[] = [
  ['{"format":"writ/v', 'writ'],
  ['{"format":"writ-receipt/v', 'receipt'],
  ['writ-log/v', 'log'],
  ['c2sp.org/tlog-proof@v', 'proof'],
];

/**
 * Which format a file claims by its first bytes; null for anything else. Whether it is one, its reader says.
 */
export function formatOf(start: Uint8Array): VerifiableFormat | null {
  const found = BEGINNINGS.find(([beginning]) => beginsWith(start, beginning));
  return found?.[1] ?? null;
}

function beginsWith(bytes: Uint8Array, ascii: string): boolean {
  for (let at = 0; at < ascii.length; at++) if (bytes[at] !== ascii.charCodeAt(at)) return false;
  return true;
}
