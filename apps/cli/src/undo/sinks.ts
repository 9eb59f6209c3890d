import type { BigIntStats } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { type Content, digestOfOpen } from './content.ts';
import { type Listing, printListing } from './entry.ts';
import { isFresh, type Sink, stampOf } from './scan.ts';

/** What files held when they were last read, for the areas of one scan. */
type Seen = {
  digestOf(path: string, stat: BigIntStats): string | null;
  note(path: string, stat: BigIntStats, digest: string): void;
  /** What was noted is known from now on, and what was not met is forgotten. */
  keep(): void;
};

function openSeen(database: DatabaseSync, areas: readonly string[]): Seen {
  const before = new Map<string, { readonly stamp: string; readonly digest: string }>();
  // The names below a directory lie between `/` and the character after it.
  const below = database.prepare('SELECT * FROM seen WHERE path = ? OR (path > ? AND path < ?)');
  for (const area of areas) {
    for (const { path, stamp, digest } of below.iterate(area, `${area}/`, `${area}0`))
      before.set(String(path), { stamp: String(stamp), digest: String(digest) });
  }
  const noted = new Map<string, { readonly stamp: string; readonly digest: string }>();
  const began_ms = Date.now();
  return {
    digestOf(path, stat) {
      const known = before.get(path);
      return known?.stamp === stampOf(stat) ? known.digest : null;
    },
    note(path, stat, digest) {
      if (!isFresh(stat, began_ms)) noted.set(path, { stamp: stampOf(stat), digest });
    },
    keep() {
      const put = database.prepare('INSERT OR REPLACE INTO seen VALUES (?, ?, ?)');
      const forget = database.prepare('DELETE FROM seen WHERE path = ?');
      for (const [path, { stamp, digest }] of noted)
        if (before.get(path)?.stamp !== stamp) put.run(path, stamp, digest);
      for (const path of before.keys()) if (!noted.has(path)) forget.run(path);
    },
  };
}

/** Keeps all that it is given: for what may have to be restored. */
export function keepingSink(
  database: DatabaseSync,
  content: Content,
  areas: readonly string[],
  lenient: boolean,
): { readonly sink: Sink; done(): void } {
  const seen = openSeen(database, areas);
  const sink: Sink = {
    known(path, stat) {
      const digest = seen.digestOf(path, stat);
      return digest !== null && content.holds(digest) ? digest : null;
    },
    file: (fd) => content.addFile(fd),
    seen: seen.note,
    listing: (listing) => content.addText(printListing(listing)),
    lenient,
  };
  return { sink, done: seen.keep };
}

/** Keeps listings and no content: for what only has to be recognised. */
export function notingSink(database: DatabaseSync, content: Content, areas: readonly string[]): Sink {
  const { digestOf } = openSeen(database, areas);
  return {
    known: digestOf,
    file: (fd) => digestOfOpen(fd),
    seen: () => {},
    listing: (listing) => content.addText(printListing(listing)),
    lenient: true,
  };
}

/** Keeps nothing. Its listings are told by the digests that it gives. */
export function lookingSink(
  database: DatabaseSync,
  areas: readonly string[],
): { readonly sink: Sink; listingOf(digest: string): Listing | null } {
  const { digestOf } = openSeen(database, areas);
  const listings = new Map<string, Listing>();
  const sink: Sink = {
    known: digestOf,
    file: (fd) => digestOfOpen(fd),
    seen: () => {},
    listing(listing) {
      const digest = `here ${listings.size}`;
      listings.set(digest, listing);
      return digest;
    },
    lenient: true,
  };
  return { sink, listingOf: (digest) => listings.get(digest) ?? null };
}
