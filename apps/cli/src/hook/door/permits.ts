import type { JsonObject } from '@writ/contract';

/** What was permitted, or waits for a person, and has not begun. */
export type Permit = {
  readonly id: string;
  readonly tool: string;
  readonly args: JsonObject;
  readonly session: string;
  readonly directory: string;
  /** The text of the writ; null while a person is asked. */
  readonly writ: string | null;
  readonly ticket: string | null;
};

/** A call that was let through, until its result comes. */
export type Begun = {
  readonly id: string;
  readonly obligations: readonly string[];
  /** The host runs it, so that its result is its outcome. What this door runs itself says so elsewhere. */
  readonly by_host: boolean;
};

/** A host that never comes back for what it asked must not fill the memory. */
const KEPT_MAX = 10_000;

/** What this process remembers between the events of a host. Nothing in it permits anything by itself. */
export type Permits = {
  hold(permit: Permit): void;
  /** Gives it once. */
  take(id: string): Permit | null;
  begin(use: string, begun: Begun): void;
  end(use: string): Begun | null;
  /** Ids of calls before which this door was asked, whatever it said. */
  see(use: string): void;
  hasSeen(use: string): boolean;
  /** The ticket that waits for the very same call. */
  wait(same: string, ticket: string): void;
  waiting(same: string): string | null;
  release(same: string): void;
};

export function openPermits(): Permits {
  const permits = new Map<string, Permit>();
  const begun = new Map<string, Begun>();
  const seen = new Map<string, true>();
  const tickets = new Map<string, string>();
  return {
    hold: (permit) => keep(permits, permit.id, permit),
    take: (id) => takeFrom(permits, id),
    begin: (use, one) => keep(begun, use, one),
    end: (use) => takeFrom(begun, use),
    see: (use) => keep(seen, use, true),
    hasSeen: (use) => seen.has(use),
    wait: (same, ticket) => keep(tickets, same, ticket),
    waiting: (same) => tickets.get(same) ?? null,
    release: (same) => void tickets.delete(same),
  };
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > KEPT_MAX && oldest !== undefined) map.delete(oldest);
}

function takeFrom<T>(map: Map<string, T>, key: string): T | null {
  const value = map.get(key) ?? null;
  map.delete(key);
  return value;
}
