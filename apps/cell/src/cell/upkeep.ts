import { AnchorFailure } from '../anchor/failure.ts';
import type { AnchorKeeper } from '../anchor/open-anchor.ts';
import type { Clock } from '../core/clock.ts';
import type { RunningCell } from '../core/run-cell.ts';
import type { DiskRoom } from './disk-room.ts';
import { countFailures, type Failures } from './failures.ts';
import type { Mint } from './mint.ts';
import type { Questions } from './questions.ts';
import type { Tallies } from './tallies.ts';
import type { TileFollower } from './tile-follower.ts';

/** What a cell does each second beside answering: anchor, tiles, what has expired, room on the disk. */
export type Upkeep = {
  signed(note: string): void;
  isDiskLow(): boolean;
  attach(running: RunningCell, mint: Mint, counting: Counting): void;
  status(): Readonly<Record<UpkeepStep, Failures>>;
  stop(): Promise<void>;
};

/** Room on the disk, anchor, tiles, what has expired. */
export type UpkeepStep = 'disk' | 'anchor' | 'tiles' | 'tick';

/** What is counted in memory, until a record says how often. */
type Counting = { readonly tallies: Tallies; readonly questions: Pick<Questions, 'close'> };
type Attached = Counting & { readonly cell: RunningCell; readonly mint: Mint };

const STEPS: readonly UpkeepStep[] = ['disk', 'anchor', 'tiles', 'tick'];
const EACH_MS = 1_000;

export type UpkeepPorts = {
  readonly isRoomLow: DiskRoom;
  readonly anchor: AnchorKeeper;
  readonly follower: TileFollower;
  readonly clock: Pick<Clock, 'read'>;
};

export function startUpkeep({ isRoomLow, anchor, follower, clock }: UpkeepPorts): Upkeep {
  let note: string | null = null;
  let diskLow = false;
  let running: Attached | null = null;
  let turn: Promise<void> = Promise.resolve();
  const keepAnchor = async (): Promise<void> => {
    if (note !== null) {
      const signed = note;
      note = null;
      const [origin = '', size = '', root = ''] = signed.split('\n');
      anchor.offer({ origin, size: Number(size), root, note: signed });
    }
    // What was offered stays until it is durable.
    await anchor.sync();
  };
  /** A log that forked or went back under this cell's own key: it must not go on. */
  const onAnchorFailed = (cause: unknown): void => {
    if (cause instanceof AnchorFailure && cause.code !== 'ANCHOR_CORRUPT') running?.cell.halt(cause);
    else throw cause;
  };
  const lookAtDisk = async (): Promise<void> => {
    diskLow = await isRoomLow();
  };
  const steps: Readonly<Record<UpkeepStep, () => Promise<void>>> = {
    disk: lookAtDisk,
    anchor: () => keepAnchor().catch(onAnchorFailed),
    tiles: () => follower.keep(),
    tick: async () => (running === null ? undefined : tick(running, clock)),
  };
  const counts = {
    disk: countFailures(),
    anchor: countFailures(),
    tiles: countFailures(),
    tick: countFailures(),
  };
  /** None of these waits for another to succeed: a full key directory must not keep writs from expiring. */
  const once = async (): Promise<void> => {
    for (const step of STEPS) await steps[step]().catch(counts[step].add);
  };
  const timer = setInterval(() => {
    // One turn after the other; what failed is counted, and tried again by the next.
    turn = turn.then(once);
  }, EACH_MS);
  timer.unref();
  return {
    signed: (signed) => {
      note = signed;
    },
    isDiskLow: () => diskLow,
    attach: (cell, mint, counting) => {
      running = { cell, mint, ...counting };
    },
    status: () => ({
      disk: counts.disk.now(),
      anchor: counts.anchor.now(),
      tiles: counts.tiles.now(),
      tick: counts.tick.now(),
    }),
    async stop() {
      clearInterval(timer);
      running = null;
      await turn;
      await keepAnchor();
    },
  };
}

/** Expired permissions give back what they hold; as many ticks as there is something to name. */
async function tick(
  { cell, mint, tallies, questions }: Attached,
  clock: UpkeepPorts['clock'],
): Promise<void> {
  // Read each second, also when nothing is due: a jump begins to settle when it happens.
  const reading = clock.read();
  if (cell.phase() !== 'open' || reading.kind === 'suspect') return;
  if (reading.kind === 'sound') await questions.close('over');
  const state = cell.state();
  const [permitted] = state.permitted.values();
  const [committed] = state.committed.values();
  const now = reading.kind === 'sound' ? reading.now_ms : reading.to_ms;
  const due = (permitted?.expires_at ?? Infinity) <= now || (committed?.settles_at ?? Infinity) <= now;
  const asked = [...state.tickets.values()].some((ticket) => ticket.expires_at <= now);
  let folded = tallies.takeFolded();
  if (!due && !asked && folded.length === 0) return;
  try {
    for (let rounds = 0; rounds < TICKS_AT_ONCE; rounds += 1) {
      const command = { kind: 'tick', id: mint.id('tck'), folded } as const;
      const { answer } = await cell.submit(command, { bytes: 0 });
      if (answer.kind !== 'done') return;
      folded = tallies.takeFolded();
    }
  } finally {
    // What no tick has counted is counted by the next.
    tallies.giveBack(folded);
  }
}

/** A second's work at most: 96 things expire with each. */
const TICKS_AT_ONCE = 512;
