import type { RememberedCheckpoint } from '@writ/proof';
import {
  type CheckpointMemory,
  type Client,
  type ClientOptions,
  openClient,
  type TransportAnswer,
} from '@writ/sdk';
import type { OperationId } from '@writ/contract/api';
import { AGENT, KEY, LOG, openSmallCell, routeOf, type SmallCell, TOOL } from './small-cell.ts';
import { trustOf } from './trust.ts';

/** A memory in memory; what was remembered is counted. */
export type TestMemory = CheckpointMemory & { readonly kept: RememberedCheckpoint[] };

export const openMemory = (kept: RememberedCheckpoint[] = []): TestMemory => ({
  kept,
  largest: async (origin) =>
    kept.filter((one) => one.origin === origin).reduce<RememberedCheckpoint | null>(larger, null),
  remember: async (checkpoint) => void kept.push(checkpoint),
});

const larger = (one: RememberedCheckpoint | null, other: RememberedCheckpoint): RememberedCheckpoint =>
  one === null || one.size < other.size ? other : one;

/** UUIDv7s that say when they were made. */
export const uuidOf = (time_ms: number, count: number): string => {
  const time = time_ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${count.toString(16).padStart(12, '0')}`;
};

export type Lie = (answer: TransportAnswer, id: OperationId) => TransportAnswer | Promise<TransportAnswer>;

export type World = {
  readonly cell: SmallCell;
  readonly client: Client;
  readonly memory: TestMemory;
  readonly waits: number[];
  /** What becomes of each answer on its way. */
  lie: Lie;
};

export const openWorld = async (
  options: Partial<ClientOptions> = {},
  cell: SmallCell = openSmallCell(),
): Promise<World> => {
  const memory = openMemory();
  const waits: number[] = [];
  let count = 0;
  const holder: { lie: Lie } = { lie: (answer) => answer };
  const client = await openClient({
    transport: async (request) => holder.lie(cell.answer(request), routeOf(request).id),
    key: KEY,
    trust: trustOf(LOG),
    executor: AGENT,
    tools: new Map([['files.read', TOOL]]),
    memory,
    newId: () => uuidOf(cell.now_ms, (count += 1)),
    now_ms: () => cell.now_ms,
    wait: async (wait_ms) => void waits.push(wait_ms),
    ...options,
  });
  return Object.assign(holder, { cell, client, memory, waits });
};
