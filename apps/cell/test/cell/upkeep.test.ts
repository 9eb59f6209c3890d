import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Command } from '@writ/contract';
import { emptyState, type State } from '@writ/kernel';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AnchorKeeper, openAnchor } from '../../src/anchor/open-anchor.ts';
import { openMint } from '../../src/cell/mint.ts';
import { openTallies, type Tallies } from '../../src/cell/tallies.ts';
import { openTileFollower, type TileFollower } from '../../src/cell/tile-follower.ts';
import { startUpkeep, type Upkeep } from '../../src/cell/upkeep.ts';
import type { ClockReading } from '../../src/core/clock.ts';
import type { RunningCell } from '../../src/core/run-cell.ts';
import { openTiles, type Tiles } from '../../src/tiles/tiles.ts';
import { temporaryDirectory } from '../home/temporary.ts';
import { leavesOf } from '../tiles/leaves.ts';

const ORIGIN = 'host/cell/0011223344556677';
const NOW = 1_790_000_000_000;
const EACH_MS = 1_000;

let directory = '';
let anchor: AnchorKeeper;
let tiles: Tiles;
let follower: TileFollower;
let tallies: Tallies;
let upkeep: Upkeep;
let state: State;
let phase: ReturnType<RunningCell['phase']>;
let ticks: Extract<Command, { readonly kind: 'tick' }>[];
/** Which questions were closed. */
let closed: string[];
let counting: Parameters<typeof upkeep.attach>[2];
let halted: unknown[];
let isRoomLow = false;
/** How often upkeep came to its last step, which asks the cell for its phase. */
let turns = 0;
/** What the next ticks are answered; a tick with nothing to do records nothing. */
let answers: Answer['kind'][];

/** The part of a running cell that upkeep uses: upkeep reads its state and gives it ticks. */
const running: RunningCell = {
  state: () => state,
  phase: () => {
    turns += 1;
    return phase;
  },
  acceptClock: () => Promise.reject(new Error('upkeep accepts no clock')),
  halt: (cause) => void halted.push(cause),
  async submit(command) {
    if (command.kind !== 'tick') throw new Error(`${command.kind} is no upkeep`);
    ticks.push(command);
    const done = { kind: 'done', index: ticks.length, id: command.id } as const;
    const refused = { kind: 'refused', index: null, code: 'ALLOWED', drift: [], reasons: [] } as const;
    return { answer: answers.shift() === 'done' ? done : refused, batch: null };
  },
  durableSize: () => 0,
  head: () => ({ frontier: { size: 0, peaks: new Uint8Array(0) }, note: '', term: 1 }),
  close: async () => {},
};

let reading: ClockReading;
const clock = { read: () => reading };

/** One turn of upkeep, up to its last step; the disk answers in its own time. */
async function turn(): Promise<void> {
  const before = turns;
  await vi.advanceTimersByTimeAsync(EACH_MS);
  while (turns === before) await new Promise(setImmediate);
}

function noteOf(size: number, origin: string = ORIGIN): string {
  const root = Buffer.alloc(32, size % 250).toString('base64');
  return `${origin}\n${size}\n${root}\n\n\u2014 ${origin} AAAA\n`;
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  directory = temporaryDirectory();
  anchor = await openAnchor(directory);
  tiles = await openTiles(join(directory, 'tiles'));
  follower = openTileFollower(tiles);
  tallies = openTallies();
  closed = [];
  counting = { tallies, questions: { close: async (which) => void closed.push(which) } };
  state = emptyState();
  phase = 'open';
  reading = { kind: 'sound', now_ms: NOW };
  [ticks, halted, answers] = [[], [], []];
  upkeep = startUpkeep({ isRoomLow: async () => isRoomLow, anchor, follower, clock });
  upkeep.attach(running, openMint(), counting);
});
afterEach(async () => {
  await upkeep.stop().catch(() => {});
  vi.useRealTimers();
  await tiles.close();
});

describe('upkeep', () => {
  it('signed() is anchored durably within a turn: the newest note, none of those before it', async () => {
    upkeep.signed(noteOf(1));
    upkeep.signed(noteOf(5));
    await turn();
    expect(anchor.durable()).toMatchObject({ origin: ORIGIN, size: 5, note: noteOf(5) });
    expect(readFileSync(join(directory, 'anchor'), 'utf8')).toContain(`${ORIGIN}\n5\n`);
  });

  it('stop() anchors what was signed since the last turn, and takes no further turn', async () => {
    upkeep.signed(noteOf(7));
    await upkeep.stop();
    expect(anchor.durable()?.size).toBe(7);
    state.tickets.set('tkt_00000000000000000000000001', ticketUntil(NOW - 1));
    expect(vi.getTimerCount()).toBe(0);
    expect(ticks).toEqual([]);
  });

  it.each([
    ['a smaller one', noteOf(3)],
    ['one of another log', noteOf(9, 'host/cell/ffffffffffffffff')],
  ])('signed() of %s halts the cell', async (_what, note) => {
    upkeep.signed(noteOf(5));
    await upkeep.stop();
    upkeep = startUpkeep({ isRoomLow: async () => isRoomLow, anchor, follower, clock });
    upkeep.attach(running, openMint(), counting);
    upkeep.signed(note);
    await turn();
    expect(halted[0]).toMatchObject({ code: expect.stringMatching(/^ANCHOR_(BACKWARDS|FORKED)$/) });
    expect(anchor.durable()?.size).toBe(5);
  });

  it('a turn writes the tiles that wait', async () => {
    follower.durable(0, leavesOf(0, 3));
    await turn();
    expect(tiles.size()).toBe(3);
  });

  it('a turn gives no tick while nothing has expired', async () => {
    state.permitted.set('act_00000000000000000000000001', expiring(NOW + 60_000));
    state.tickets.set('tkt_00000000000000000000000001', ticketUntil(NOW + 60_000));
    await turn();
    await turn();
    expect(ticks).toEqual([]);
  });

  it.each([
    ['a writ', () => state.permitted.set('act_00000000000000000000000001', expiring(NOW))],
    ['a run', () => state.committed.set('act_00000000000000000000000001', settling(NOW))],
    ['a ticket', () => state.tickets.set('tkt_00000000000000000000000001', ticketUntil(NOW))],
  ])('a turn ticks when %s has expired, until there is nothing more to tell', async (_what, prepare) => {
    prepare();
    answers = ['done', 'done'];
    await turn();
    expect(ticks).toHaveLength(3);
    expect(ticks.every(({ folded }) => folded.length === 0)).toBe(true);
    expect(new Set(ticks.map(({ id }) => id)).size).toBe(ticks.length);
  });

  it('a turn ticks what was folded, all of it', async () => {
    for (let index = 0; index < 100; index += 1) {
      tallies.count({ kind: 'repeat', index, id: null, code: 'LOCKED', folded: true });
    }
    answers = ['done', 'done'];
    await turn();
    expect(ticks.flatMap(({ folded }) => folded)).toHaveLength(100);
  });

  it('a turn gives no tick to a cell that is not open', async () => {
    state.tickets.set('tkt_00000000000000000000000001', ticketUntil(NOW - 1));
    phase = 'reopening';
    await turn();
    await turn();
    expect(ticks).toEqual([]);
    phase = 'open';
    await turn();
    expect(ticks).toHaveLength(1);
  });

  it('a turn goes by the clock of the cell, and gives no tick while that is suspect', async () => {
    state.tickets.set('tkt_00000000000000000000000001', ticketUntil(NOW + 60_000));
    tallies.count({ kind: 'repeat', index: 4, id: null, code: 'NO_RULE', folded: true });
    reading = { kind: 'suspect', since_ms: 0 };
    await turn();
    await turn();
    expect(ticks).toEqual([]);
    reading = { kind: 'jumped', from_ms: NOW, to_ms: NOW + 60_000 };
    await turn();
    expect(ticks).toHaveLength(1);
  });

  it('isDiskLow() says what was found of the disk at the last turn', async () => {
    await turn();
    expect(upkeep.isDiskLow()).toBe(false);
    isRoomLow = true;
    await turn();
    expect(upkeep.isDiskLow()).toBe(true);
    isRoomLow = false;
  });

  it('a turn expires what is due though nothing can be anchored', async () => {
    await upkeep.stop();
    const broken: AnchorKeeper = {
      ...anchor,
      sync: () => Promise.reject(new Error('the key directory is full')),
    };
    upkeep = startUpkeep({ isRoomLow: async () => isRoomLow, anchor: broken, follower, clock });
    upkeep.attach(running, openMint(), counting);
    state.permitted.set('act_00000000000000000000000001', expiring(NOW - 1));
    await turn();
    expect(ticks).toHaveLength(1);
  });

  it('status() counts what failed of each step, and says what was said last', async () => {
    const none = { failures: 0, last_failure: null };
    expect(upkeep.status()).toEqual({ disk: none, anchor: none, tiles: none, tick: none });
    await upkeep.stop();
    const failing = (what: string) => (): Promise<never> => Promise.reject(new Error(what));
    upkeep = startUpkeep({
      isRoomLow: failing('no disk'),
      anchor: { ...anchor, sync: failing('no anchor') },
      follower: { ...follower, keep: failing('no tiles') },
      clock,
    });
    upkeep.attach({ ...running, submit: failing('no tick') }, openMint(), counting);
    state.permitted.set('act_00000000000000000000000001', expiring(NOW - 1));
    await turn();
    await turn();
    const twice = (what: string) => ({ failures: 2, last_failure: `no ${what}` });
    // A turn ends a little after its last step began.
    while (upkeep.status().tick.failures < 2) await new Promise(setImmediate);
    const [disk, anchored, written, ticked] = ['disk', 'anchor', 'tiles', 'tick'].map(twice);
    expect(upkeep.status()).toEqual({ disk, anchor: anchored, tiles: written, tick: ticked });
  });

  it('a turn closes the questions that are over, and none while the clock cannot be trusted', async () => {
    await turn();
    expect(closed).toEqual(['over']);
    reading = { kind: 'suspect', since_ms: 0 };
    await turn();
    expect(closed).toEqual(['over']);
  });

  it('a tick that is not recorded loses no count of folded refusals', async () => {
    const repeat = { kind: 'repeat', index: 4, id: null, code: 'NO_RULE', folded: true } as const;
    tallies.count(repeat);
    tallies.count(repeat);
    answers = ['refused'];
    await turn();
    await turn();
    expect(ticks.map(({ folded }) => folded)).toEqual([[{ index: 4, count: 2 }], [{ index: 4, count: 2 }]]);
  });
});

// Upkeep reads nothing of them but when they end.
type Entry<Name extends 'permitted' | 'committed' | 'tickets'> =
  State[Name] extends Map<string, infer One> ? One : never;

function expiring(expires_at: number): Entry<'permitted'> {
  return { expires_at } as Entry<'permitted'>;
}

function settling(settles_at: number): Entry<'committed'> {
  return { settles_at } as Entry<'committed'>;
}

function ticketUntil(expires_at: number): Entry<'tickets'> {
  return { expires_at } as Entry<'tickets'>;
}
