import { ABSENT, type Entry, isSame, type Listing } from './entry.ts';

/** How the listing of a directory is found; null where it is not known. */
export type ListingOf = (digest: string) => Listing | null;

export type Difference = {
  /** The names from the area down; none for the area itself. */
  readonly way: readonly string[];
  readonly before: Entry;
  /** Null where it could not be seen, or nobody looked. */
  readonly after: Entry | null;
};

const NOTHING: Listing = new Map();

/**
 * What differs between two looks at an area, parents before what they hold. Of directories that are the same
 * only what differs in them; what vanished with its directory, or came with one, name by name.
 */
export function compareTrees(
  before: Entry,
  after: Entry,
  listingOf: { readonly before: ListingOf; readonly after: ListingOf },
): readonly Difference[] {
  const found: Difference[] = [];
  const compare = (way: readonly string[], left: Entry, right: Entry | null): void => {
    if (right === null || !isSame(left, right)) found.push({ way, before: left, after: right });
    if (left.kind !== 'directory' && right?.kind !== 'directory') return;
    const same = left.kind === 'directory' && right?.kind === 'directory' && left.digest === right.digest;
    if (same && listingOf.before === listingOf.after) return;
    const lefts = left.kind === 'directory' ? (listingOf.before(left.digest) ?? NOTHING) : NOTHING;
    // What is in a directory that could not be looked into, nobody knows.
    const unseen = right === null || right.kind === 'closed';
    const rights = right?.kind === 'directory' ? (listingOf.after(right.digest) ?? NOTHING) : NOTHING;
    for (const name of new Set([...lefts.keys(), ...rights.keys()])) {
      const other = unseen ? null : (rights.get(name) ?? ABSENT);
      compare([...way, name], lefts.get(name) ?? ABSENT, other);
    }
  };
  compare([], before, after);
  return found;
}

/** What stands at the end of a way, from an entry down; null behind what could not be looked into. */
export function entryAt(entry: Entry, way: readonly string[], listingOf: ListingOf): Entry | null {
  let at = entry;
  for (const name of way) {
    if (at.kind === 'closed') return null;
    const listing = at.kind === 'directory' ? listingOf(at.digest) : null;
    at = listing?.get(name) ?? ABSENT;
  }
  return at;
}
