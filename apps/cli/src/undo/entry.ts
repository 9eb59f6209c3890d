/**
 * What stands under one name. `closed` is there and cannot be read by this user; `special` is a socket, a
 * FIFO or a device, which hold nothing that could be kept.
 */
export type Entry =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly mode: number; readonly size: number; readonly digest: string }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'directory'; readonly mode: number; readonly digest: string }
  | { readonly kind: 'closed'; readonly of: 'file' | 'directory'; readonly mode: number }
  | { readonly kind: 'special' };

/** The entries of one directory by name, in the order of their code units. */
export type Listing = ReadonlyMap<string, Entry>;

export const ABSENT: Entry = { kind: 'absent' };

/** Whether two entries are the same by themselves: of directories, not what is in them. */
export function isSame(left: Entry, right: Entry): boolean {
  switch (left.kind) {
    case 'absent':
    case 'special':
      return right.kind === left.kind;
    case 'file':
      return right.kind === 'file' && right.mode === left.mode && right.digest === left.digest;
    case 'link':
      return right.kind === 'link' && right.target === left.target;
    case 'directory':
      return right.kind === 'directory' && right.mode === left.mode;
    case 'closed':
      return right.kind === 'closed' && right.of === left.of && right.mode === left.mode;
    default:
      return left satisfies never;
  }
}

/** A listing as it is kept: one text for one listing. */
export function printListing(listing: Listing): string {
  return JSON.stringify([...listing].map(([name, entry]) => [name, entry]));
}

/** Of a text that `printListing` made. */
export function parseListing(text: string): Listing {
  return new Map(JSON.parse(text) as [string, Entry][]); // its own text, under its digest
}
