import type {
  Action,
  Effect,
  Obligation,
  PrincipalDefinition,
  ProofOfPerson,
  Scene,
  Scope,
  ToolDefinition,
  Understanding,
} from '@writ/contract';
import type { Explained } from '@writ/contract/api';
import type { Frontier, Head, JsonObject } from '@writ/proof';
import type { AddressBook } from '../client/address-book.ts';
import type { ClientHome } from '../client/client-home.ts';
import type {
  Acted,
  Permitted,
  ShownDecision,
  ShownKey,
  ShownPrincipal,
  ShownStatus,
  ShownTicket,
} from './shown.ts';

/**
 * Where commands ask: the store that this process opened, or the cell that another one serves. Whoever acts
 * is named by id; on a served cell that takes a key of theirs, in the store it takes none.
 */
export type Desk = ActionDesk & PersonDesk & GovernDesk & KeyDesk & LogDesk;

export type DeskBase = {
  readonly way: 'store' | 'server';
  readonly origin: string;
  readonly vkey: string;
  /** Who governs this cell, and the namespace of the cell itself; all others are in that of the book. */
  operator(): Promise<{ readonly id: string; readonly ns: string }>;
  readonly client: ClientHome;
  readonly book: AddressBook;
};

export type Proposing = {
  readonly by: string;
  readonly session: string;
  readonly action: Action;
  readonly scene: Scene | null;
  /** What it means, as the caller says; null: the cell understands it. A served cell always does. */
  readonly understanding: Understanding | null;
  /** What the caller can do for what it is obliged to; nothing if not given. */
  readonly meets?: readonly Obligation[];
  readonly idempotency: string | null;
  readonly claim: { readonly attempt: string; readonly target: string | null } | null;
};

/** What is to be explained, and in whose view: an agent's has no rules, approvers and thresholds. */
export type Explaining = { readonly view: 'agent' | 'operator' } & (
  | ({ readonly kind: 'candidate' } & Omit<Proposing, 'idempotency' | 'claim'>)
  /** `by` is whose view, where it is an agent's. */
  | { readonly kind: 'recorded'; readonly id: string; readonly by: string | null }
);

export type Spending = {
  readonly by: string;
  readonly id: string;
  /** The text of the writ, where the caller has it. */
  readonly writ: string | null;
  readonly attempt: string;
  readonly target: string | null;
  readonly tool: string;
  readonly args: JsonObject;
  readonly scene: Scene | null;
};

export type Reporting = {
  readonly by: string;
  readonly id: string;
  readonly status: 'succeeded' | 'failed' | 'unknown';
  readonly unwrapped: boolean;
  readonly produced: readonly string[];
  readonly spent: readonly { readonly unit: string; readonly amount: number }[];
  readonly report: JsonObject;
};

export type ActionDesk = DeskBase & {
  propose(asked: Proposing): Promise<Permitted>;
  commit(asked: Spending): Promise<Acted>;
  outcome(asked: Reporting): Promise<Acted>;
  release(asked: {
    readonly by: string;
    readonly ticket: string;
    readonly scene: Scene | null;
  }): Promise<Permitted>;
  /** Who is to run an action, where this can be told. */
  executorOf(id: string): Promise<string | null>;
  /** Who proposed what a ticket asks about, and how it stands; null where this client cannot know. */
  ticketState(ticket: string): Promise<{ readonly by: string; readonly status: string } | null>;
  /** The last judgment of an action, as `as` may see it; null: as whoever sees most. */
  why(id: string, as: string | null): Promise<ShownDecision>;
  /** Why an action would be answered so, or was. It is counted, and the log says that somebody asked. */
  explain(asked: Explaining): Promise<Explained>;
};

/** What is frozen, by the names that callers know; all but `all` lies in the namespace of the book. */
export type NamedScope =
  | { readonly scope: 'all' | 'namespace' }
  | { readonly scope: 'session'; readonly principal: string; readonly session: string }
  | { readonly scope: 'principal'; readonly principal: string }
  | { readonly scope: 'effect'; readonly effect: Effect };

export type PersonDesk = DeskBase & {
  tickets(): Promise<readonly ShownTicket[]>;
  /** As `by` may see it. Throws TICKET_UNKNOWN for what is none. */
  ticket(id: string, by: string): Promise<ShownTicket>;
  answerTicket(asked: {
    readonly kind: 'approve' | 'deny';
    readonly by: string;
    readonly ticket: string;
    readonly binding: string;
    readonly proof_of_person: ProofOfPerson;
    readonly note: string;
  }): Promise<Acted & { readonly proof_of_person: ProofOfPerson }>;
  freeze(scope: NamedScope): Promise<Acted>;
  thaw(scope: NamedScope, proof_of_person: ProofOfPerson): Promise<Acted>;
};

export type GovernDesk = DeskBase & {
  addTool(definition: ToolDefinition): Promise<Acted>;
  setPolicy(
    text: string,
  ): Promise<
    ({ readonly kind: 'set' } & Acted) | { readonly kind: 'refused'; readonly problems: readonly unknown[] }
  >;
  addPrincipal(
    name: string,
    definition: PrincipalDefinition,
  ): Promise<Acted & { readonly principal: string }>;
  /** Gives one that is registered another definition. */
  changePrincipal(id: string, name: string, definition: PrincipalDefinition): Promise<Acted>;
  /** The digests of the tools that are declared, by name; whether a policy is in force. */
  tools(): Promise<ReadonlyMap<string, string>>;
  hasPolicy(): Promise<boolean>;
  /** Those of the namespace of the book, and those who govern the cell. */
  principals(): Promise<readonly ShownPrincipal[]>;
};

export type KeyAsked = {
  readonly principal: string;
  readonly ns: string;
  readonly scopes: readonly Scope[];
  readonly expires_at: number;
};

export type KeyAdded = Acted & {
  readonly credential: string;
  /** The whole key, this once; null when none was made. */
  readonly access_key: string | null;
};

export type KeyDesk = DeskBase & {
  /** Not after the time that the cell will stamp. */
  now_ms(): number;
  addKey(asked: KeyAsked): Promise<KeyAdded>;
  keys(principal: string): Promise<readonly ShownKey[]>;
  /** At once when `at` is null. */
  endKey(credential: string, at: number | null): Promise<Acted>;
};

/**
 * Heads in order with the signed notes over them, and the tree that they are added to: nothing of it is
 * believed.
 */
export type LogPage = {
  readonly before: Frontier;
  readonly batches: readonly { readonly heads: readonly string[]; readonly note: string }[];
};

export type LogDesk = DeskBase & {
  status(): Promise<ShownStatus>;
  /** The newest signed checkpoint. */
  checkpoint(): Promise<string>;
  heads(from: number, count: number): Promise<readonly { readonly index: number; readonly head: Head }[]>;
  /** What comes after the first `from` records, a page of it. */
  batches(from: number): Promise<LogPage>;
  /** That the newest checkpoint continues the log of `from` records. */
  consistency(from: number): Promise<{ readonly checkpoint: string; readonly hashes: readonly Uint8Array[] }>;
};
