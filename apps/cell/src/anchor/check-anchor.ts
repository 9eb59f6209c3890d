import type { Anchor } from './anchor.ts';

/** What the journal says of itself; `rootAt` gives the root (standard base64) it had at an earlier size. */
export type JournalView = {
  readonly origin: string;
  readonly size: number;
  rootAt(size: number): Promise<string>;
};

export type AnchorVerdict =
  | { readonly kind: 'ok' }
  /** No anchor was ever written: right for a cell that has signed nothing yet, and only for it. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly code: 'ROLLED_BACK' | 'FORKED'; readonly detail: string };

/**
 * Whether the journal contains everything this cell has signed. Otherwise only `recover` or `restore` goes
 * on.
 */
export async function checkAnchor(anchor: Anchor | undefined, journal: JournalView): Promise<AnchorVerdict> {
  if (anchor === undefined) return { kind: 'absent' };
  if (anchor.origin !== journal.origin) {
    return refused('FORKED', `the anchor is of the log ${anchor.origin}, the journal of ${journal.origin}`);
  }
  if (journal.size < anchor.size) {
    const detail = `the journal ends at ${journal.size}, but ${anchor.size} records were signed`;
    return refused('ROLLED_BACK', detail);
  }
  const root = await journal.rootAt(anchor.size);
  if (root === anchor.root) return { kind: 'ok' };
  return refused('FORKED', `the journal has another history than was signed at size ${anchor.size}`);
}

function refused(code: 'ROLLED_BACK' | 'FORKED', detail: string): AnchorVerdict {
  return { kind: 'refused', code, detail };
}
