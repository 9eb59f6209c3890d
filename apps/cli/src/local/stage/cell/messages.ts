/** What the stage asks of the cell that it started, and what that answers, over the channel between them. */
export type ToCell =
  | { readonly kind: 'open_sealed'; readonly ask: number; readonly index: number }
  /** An end that is meant: without it, a channel that closes says that the stage died. */
  | { readonly kind: 'close' };

export type FromCell =
  | { readonly kind: 'serving'; readonly socket: string; readonly size: number }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly detail: string;
      /** The first bad record, where one is known. */
      readonly index: number | null;
    }
  | { readonly kind: 'sealed'; readonly ask: number; readonly part: string | null };
