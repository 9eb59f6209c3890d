import type { JournalCode } from '../failure.ts';
import type { AppendResult, Batch, JournalHead } from '../journal.ts';

/** What the threads of one journal say to each other: for every kind, the question and its answer. */
export type Messages = {
  readonly open: { readonly ask: object; readonly answer: JournalHead };
  readonly append: {
    readonly ask: { readonly batch: Batch; readonly expected: JournalHead };
    readonly answer: AppendResult;
  };
  readonly read: {
    readonly ask: { readonly from: number; readonly max_bytes: number };
    readonly answer: readonly Batch[];
  };
  readonly checkpoint: {
    readonly ask: { readonly mode: CheckpointMode };
    readonly answer: WalState | 'busy';
  };
  readonly close: { readonly ask: object; readonly answer: null };
};

/** PASSIVE waits for nobody; RESTART waits for readers, so that the next commit starts the log over. */
export type CheckpointMode = 'PASSIVE' | 'RESTART';

/**
 * `written_bytes` are in the write-ahead log, `moved_bytes` of them are in the database file, synced. It is
 * `busy` while another connection moves the log.
 */
export type WalState = { readonly written_bytes: number; readonly moved_bytes: number };

export type Kind = keyof Messages;

export type Question = { [kind in Kind]: { readonly kind: kind } & Messages[kind]['ask'] }[Kind];

export type Request = { readonly id: number; readonly question: Question };

export type PlainFailure = {
  readonly code: JournalCode;
  readonly detail: string;
  readonly index: number | null;
};

export type Reply =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: unknown }
  | { readonly id: number; readonly kind: 'failure'; readonly failure: PlainFailure };

export type Role = 'write' | 'read' | 'checkpoint';

/** OFF exists for the control of the durability checks, which must see it fail. */
export type Synchronous = 'FULL' | 'OFF';

export type WorkerData = { readonly role: Role; readonly file: string; readonly synchronous: Synchronous };
