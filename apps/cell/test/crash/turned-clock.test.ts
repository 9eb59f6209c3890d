import { type CellOptions, propose, submit } from '@writ/cell';
import { afterEach, describe, expect, test } from 'vitest';
import { type CellWorld, createWorld, openIn, proposalOf } from '../cell/world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS: number = 24 * HOUR_MS;

const worlds: CellWorld[] = [];

async function freshWorld(): Promise<CellWorld> {
  const world = await createWorld();
  worlds.push(world);
  return world;
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.destroy();
});

type Turned = CellOptions['clock'] & { wall: number; monotonic: number };

function turnedClock(): Turned {
  return {
    wall: 0,
    monotonic: 0,
    wall_ms() {
      return Date.now() + this.wall;
    },
    monotonic_ms() {
      return performance.now() + this.monotonic;
    },
  };
}

describe('a cell meets a clock that is turned', () => {
  async function turned(): Promise<{ world: CellWorld; clock: Turned; ask(): Promise<unknown> }> {
    const clock = turnedClock();
    const first = await freshWorld();
    const world = await first.reopen({ clock });
    worlds[worlds.indexOf(first)] = world;
    let asked = 0;
    const ask = (): Promise<unknown> => {
      asked += 1;
      return propose(world.cell, proposalOf(world, { path: `asked ${asked}` })).then(
        ({ answer }) => answer.kind,
        ({ code }: { readonly code: string }) => code,
      );
    };
    return { world, clock, ask };
  }

  test('propose() is 503 while the clock is behind, and goes on when it has caught up', async () => {
    const { clock, ask } = await turned();
    expect(await ask()).toBe('judged');
    clock.wall = -10_000;
    expect(await ask()).toBe('CLOCK_SUSPECT');
    clock.wall = 0;
    expect(await ask()).toBe('judged');
  });

  test('propose() goes on after a jump ahead once both clocks agreed, and the jump is a record', async () => {
    const { world, clock, ask } = await turned();
    clock.wall = HOUR_MS;
    expect(await ask()).toBe('CLOCK_SUSPECT');
    // Freezing does not wait for a clock.
    const scope = { scope: 'namespace', ns: world.ns } as const;
    const freeze = { kind: 'freeze', id: world.cell.mint.id('frz'), by: world.person, scope } as const;
    expect((await submit(world.cell, freeze)).answer).toMatchObject({ kind: 'done' });
    clock.wall += 11_000;
    clock.monotonic += 11_000;
    expect(await ask()).toBe('judged');
    const now = world.cell.running.state().now_ms;
    expect(Math.abs(now - clock.wall_ms())).toBeLessThan(60_000);
  });

  test('propose() does not believe a jump of more than a week by itself', async () => {
    const { clock, ask } = await turned();
    clock.wall = 8 * DAY_MS;
    expect(await ask()).toBe('CLOCK_SUSPECT');
    clock.wall += 11_000;
    clock.monotonic += 11_000;
    expect(await ask()).toBe('CLOCK_SUSPECT');
    clock.wall = 11_000;
    expect(await ask()).toBe('judged');
  });

  test('openCell() waits with its answers when it starts in the past of its own log', async () => {
    const first = await freshWorld();
    const clock = turnedClock();
    clock.wall = -HOUR_MS;
    const world = await first.reopen({ clock });
    worlds[worlds.indexOf(first)] = world;
    const ask = propose(world.cell, proposalOf(world, { path: 'early' }));
    await expect(ask).rejects.toMatchObject({ code: 'CLOCK_SUSPECT' });
    clock.wall = 0;
    const { answer } = await propose(world.cell, proposalOf(world, { path: 'in time' }));
    expect(answer).toMatchObject({ verdict: 'ALLOW' });
  });

  test('openCell() in the past goes on by itself once the clock has passed its last record', async () => {
    const first = await freshWorld();
    const clock = turnedClock();
    clock.wall = -HOUR_MS;
    const world = await first.reopen({ clock });
    worlds[worlds.indexOf(first)] = world;
    const ask = (path: string): Promise<unknown> => propose(world.cell, proposalOf(world, { path }));
    await expect(ask('early')).rejects.toMatchObject({ code: 'CLOCK_SUSPECT' });
    const scope = { scope: 'namespace', ns: world.ns } as const;
    const freeze = { kind: 'freeze', id: world.cell.mint.id('frz'), by: world.person, scope } as const;
    expect((await submit(world.cell, freeze)).answer).toMatchObject({ kind: 'done' });
    clock.wall += HOUR_MS / 2;
    clock.monotonic += HOUR_MS / 2;
    await expect(ask('still early')).rejects.toMatchObject({ code: 'CLOCK_SUSPECT' });
    clock.wall += HOUR_MS / 2;
    clock.monotonic += HOUR_MS / 2;
    expect(await ask('in time')).toMatchObject({ answer: { code: 'LOCKED' } });
  });

  test('acceptClock() believes a jump of more than a week, and records it', async () => {
    const { world, clock, ask } = await turned();
    const { running } = world.cell;
    await expect(running.acceptClock()).rejects.toMatchObject({ code: 'CLOCK_SUSPECT' });
    clock.wall = 8 * DAY_MS;
    expect(await ask()).toBe('CLOCK_SUSPECT');
    const { batch } = await running.acceptClock();
    const [head] = batch?.records.map(({ head: text }) => JSON.parse(text)) ?? [];
    expect(head).toMatchObject({ kind: 'clock', time: head.to });
    expect(head.to - head.from).toBeGreaterThan(8 * DAY_MS - 1_000);
    expect(await ask()).toBe('judged');
    clock.wall = 0;
    await expect(running.acceptClock()).rejects.toMatchObject({ code: 'CLOCK_SUSPECT' });
    expect(await ask()).toBe('CLOCK_SUSPECT');
  });

  /** What the last records of a cell say, the oldest first. */
  async function lastHeads({ cell }: CellWorld, count: number): Promise<readonly Record<string, unknown>[]> {
    const { size } = cell.running.head().frontier;
    const wanted = Array.from({ length: count }, (_none, at) => size - count + at);
    return Promise.all(wanted.map(async (index) => JSON.parse(await cell.readHead(index))));
  }

  test('openCell() starts up to 90 days after its last record', async () => {
    const first = await freshWorld();
    const clock = turnedClock();
    clock.wall = 89 * DAY_MS;
    const world = await first.reopen({ clock });
    worlds[worlds.indexOf(first)] = world;
    const { answer } = await propose(world.cell, proposalOf(world, { path: 'late' }));
    expect(answer).toMatchObject({ kind: 'judged' });
    expect((await lastHeads(world, 2)).map(({ kind }) => kind)).toEqual(['term', 'decision']);
  });

  test('openCell() does not start later than that before a person accepts the clock', async () => {
    const first = await freshWorld();
    await first.cell.close();
    const clock = turnedClock();
    clock.wall = 91 * DAY_MS;
    const late = openIn(first.directory, { clock });
    await expect(late).rejects.toMatchObject({
      code: 'CLOCK_SUSPECT',
      detail: expect.stringContaining('writ clock accept'),
    });
    // Nothing of that start was written: with the clock set right all is as it was.
    const right = await first.reopen();
    const before = right.cell.running.state().now_ms;
    expect(Math.abs(before - Date.now())).toBeLessThan(DAY_MS);
    const world = await right.reopen({ clock, accept_clock: true });
    worlds[worlds.indexOf(first)] = world;
    const [term, accepted] = await lastHeads(world, 2);
    expect(term).toMatchObject({ kind: 'term', time: before });
    expect(accepted).toMatchObject({ kind: 'clock', time: accepted?.['to'] });
    const { answer } = await propose(world.cell, proposalOf(world, { path: 'accepted' }));
    expect(answer).toMatchObject({ kind: 'judged' });
    // What was accepted is recorded: the next start needs nobody.
    worlds[worlds.indexOf(world)] = await world.reopen({ clock });
  });
});
