import type { Command, Salts } from '@writ/contract';
import type { Library } from '@writ/kernel';
import type { Id } from '@writ/proof';
import type { Engine } from '../engine/load-engine.ts';
import type { Journal } from '../journal/journal.ts';
import type { PartStore } from '../parts/part-store.ts';
import type { Signer } from '../signer/signer.ts';
import type { Clock } from './clock.ts';
import type { DurableBatch } from './durable.ts';
import type { Base, ReadBatch } from './recover.ts';

/** Everything a running cell is given. The simulator gives it other ones of the same kind. */
export type CellPorts = {
  readonly engine: Engine;
  readonly library: Library;
  readonly parts: PartStore;
  readonly signer: Signer;
  readonly clock: Clock;
  /** A person said that the wall is right, however far it is after the last record. */
  readonly accept_clock: boolean;
  readonly origin: string;
  /** A new instance on the same store; the one before is closed or dead. */
  freshJournal(): Journal;
  /** Where folding begins: the newest snapshot that can be trusted, or nothing. */
  loadBase(size: number): Promise<Base>;
  /** Each batch of history as it is read at a start, before anything is answered. */
  onRecovered(batch: ReadBatch): Promise<void>;
  /** After history is read and before anything is written: refuses a store that is not the newest. */
  checkRecovered(base: Base): Promise<void>;
  onDurable(batch: DurableBatch): void;
  salts(): readonly Salts[];
  id(prefix: string): Id;
  /** Names what a command asks for: the same when it is asked again, under whatever ids. */
  digestOf(command: Command): string;
  isDiskLow(): boolean;
  defer(work: () => void): void;
  /** Some time before the next try: at reopening a journal, or at signing. */
  pause(): Promise<void>;
  /** For operators: what happened, without any value from outside. */
  report(event: CellEvent): void;
};

export type CellEvent =
  | { readonly kind: 'started'; readonly size: number; readonly term: number }
  | { readonly kind: 'failed'; readonly why: 'unknown' | 'conflict' | 'crash'; readonly cause: unknown }
  | { readonly kind: 'reopening_failed'; readonly cause: unknown }
  | { readonly kind: 'erasure_failed'; readonly cause: unknown }
  | { readonly kind: 'clock_accepted'; readonly from_ms: number; readonly to_ms: number }
  | { readonly kind: 'quarantined'; readonly command: string }
  | { readonly kind: 'down'; readonly why: 'two_crashes' | 'corrupt'; readonly cause: unknown };
