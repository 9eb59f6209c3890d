import { decodeBase64url, type Frontier } from '@writ/proof';
import { printSnapshot, type State } from '@writ/kernel';
import { believed, type Belief, type SimulatedTime } from './time.ts';
import { createMemoryStore, type MemoryStore, openMemoryJournal } from '../../src/journal/memory.ts';
import type { AppendResult, Batch, Journal } from '../../src/journal/journal.ts';
import type { Choices } from './choices.ts';
import type { ReadSealed } from './invariants/drift.ts';
import { type LogModel, openLogModel } from './log-model.ts';
import { type Checks, Violation } from './violation.ts';

/** A batch on its way: who sent it, and what the sender was told of it so far. */
export type Sent = { readonly belief: Belief; told: AppendResult | 'nothing' };

export type Snapshot = { readonly size: number; readonly text: string; readonly frontier: Frontier };

/** Everything that outlives a process: the journal's batches, sealed parts, snapshots. */
export type Disk = {
  readonly store: MemoryStore;
  /** By index and commitment; null once erased. */
  readonly parts: Map<string, Uint8Array | null>;
  /** Namespaces whose keys are destroyed: nothing can be sealed for them any more. */
  readonly erased: Set<string>;
  readonly readSealed: ReadSealed;
  readonly log: LogModel;
  readonly snapshots: Snapshot[];
  /** A new instance over the store. What it commits is checked at once. */
  openJournal(): Journal;
  /** Marks a batch before it is sent: its bytes change hands, the object stays. */
  send(batch: Batch, sent: Sent): void;
  tell(batch: Batch, result: AppendResult): void;
  /** What the sender of the record at this index was told. */
  toldOf(index: number): Sent['told'] | undefined;
};

const SNAPSHOT_PERMILLE = 60;

export function partKey(index: number, commitment: Uint8Array): string {
  return `${index}/${Buffer.from(commitment).toString('base64url')}`;
}

export function openDisk(checks: Checks, choices: Choices, time: SimulatedTime): Disk {
  const store = createMemoryStore();
  const parts = new Map<string, Uint8Array | null>();
  const readSealed: ReadSealed = (index, commitment) => {
    const bytes = parts.get(`${index}/${commitment}`) ?? null;
    return bytes === null ? null : Buffer.from(bytes).toString('utf8');
  };
  const log = openLogModel(checks, readSealed);
  const snapshots: Snapshot[] = [];
  const sent = new WeakMap<Batch, Sent>();
  const senders: (Sent | undefined)[] = [];
  /** What goes wrong in the checking itself must not look like a fault of the journal. */
  const landed = (batch: Batch): void => {
    try {
      check(batch);
    } catch (cause) {
      checks.fail(new Violation('every record can be read', String(cause)));
    }
  };
  const check = (batch: Batch): void => {
    const stored = store.batches.at(-1);
    if (stored === undefined) return;
    const from = log.records.length;
    const latest = log.state.now_ms;
    const records = log.land(stored);
    for (const { index, commitment } of partsIn(from, records)) {
      const here = parts.has(partKey(index, commitment));
      checks.check('parts are durable before the row that names them', here, () => `record ${index}`);
    }
    const by = sent.get(batch);
    for (let at = 0; at < batch.count; at += 1) senders.push(by);
    if (by !== undefined) checkTimes(checks, records, by.belief, time, latest);
    if (choices.chance(SNAPSHOT_PERMILLE)) snapshots.push(snapshotOf(log.state, log.frontier()));
  };
  return {
    store,
    parts,
    erased: new Set(),
    readSealed,
    log,
    snapshots,
    openJournal: () => {
      const inner = openMemoryJournal(store);
      return {
        ...inner,
        async append(batch, expected) {
          const result = await inner.append(batch, expected);
          if (result === 'committed') landed(batch);
          return result;
        },
      };
    },
    send: (batch, by) => void sent.set(batch, by),
    tell(batch, result) {
      const by = sent.get(batch);
      if (by !== undefined) by.told = result;
    },
    toldOf: (index) => senders[index]?.told,
  };
}

function snapshotOf(state: State, frontier: Frontier): Snapshot {
  return { size: state.size, text: printSnapshot(state), frontier };
}

type Records = ReturnType<LogModel['land']>;

function partsIn(
  from: number,
  records: Records,
): { readonly index: number; readonly commitment: Uint8Array }[] {
  return records.flatMap(({ head }, at) => {
    const { sealed } = head.parts;
    return sealed === null ? [] : [{ index: from + at, commitment: decodeBase64url(sealed) }];
  });
}

/** HEART §6: a wall that ran away is believed by a `clock` record only. */
function checkTimes(
  checks: Checks,
  records: Records,
  belief: Belief,
  time: SimulatedTime,
  latest: number,
): void {
  let newest = latest;
  for (const { head } of records) {
    const decided = belief.jumps.get(head.id);
    if (head.kind === 'clock' && decided !== undefined) {
      belief.wall = head.to;
      belief.monotonic = decided;
    }
    const most = Math.max(newest, believed(belief, time));
    checks.check(
      'a jump is believed by a record only',
      head.time <= most,
      () => `${head.time - most} ms ahead`,
    );
    newest = Math.max(newest, head.time);
  }
}
