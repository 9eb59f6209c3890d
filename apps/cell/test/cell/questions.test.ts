import { encodeUtf8, type Head, openPart, parseHead } from '@writ/proof';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerPrincipal } from '../../src/cell/govern.ts';
import { decodeBatch } from '../../src/core/batch.ts';
import { AGENT, CLOCK, type CellWorld, createWorld, openIn } from './world.ts';

const MINUTE_MS = 60_000;
/** Those of the contract: spec/28-questions.md. */
const EXPLANATIONS_MAX = 60;
const CANDIDATES_MAX = 600;

let world: CellWorld;
/** Both clocks of the cell, which a test turns on together. */
let passed_ms = 0;
const clock = {
  wall_ms: () => CLOCK.wall_ms() + passed_ms,
  monotonic_ms: () => CLOCK.monotonic_ms() + passed_ms,
};

beforeEach(async () => {
  passed_ms = 0;
  world = await (await createWorld()).reopen({ clock });
});
afterEach(() => world.destroy());

type Questioned = { readonly head: Head; readonly by: unknown };

async function questioned(): Promise<readonly Questioned[]> {
  const batches = await world.cell.readBatches(0, 16 * 1024 * 1024);
  return batches.flatMap(({ bytes, from, count }) =>
    decodeBatch(bytes, from, count).records.flatMap(({ head: text, state }) => {
      const head = parseHead(encodeUtf8(text));
      const part = JSON.parse(openPart(state).json) as { readonly by: unknown };
      return head.kind === 'questions' ? [{ head, by: part.by }] : [];
    }),
  );
}

const take = (count: number, kind: 'explained' | 'weighed' = 'explained', by = world.agent) =>
  world.cell.questions.take(by, kind, count);

describe('take()', () => {
  it('has recorded who asks when it returns, once a window', async () => {
    await take(1);
    const [first] = await questioned();
    expect(first).toMatchObject({ head: { change: 'open', explained: null, ns: world.ns }, by: world.agent });
    await take(1);
    await take(64, 'weighed');
    expect(await questioned()).toHaveLength(1);
  });

  it('opens one window, however many ask at once', async () => {
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => take(1)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(EXPLANATIONS_MAX);
    expect(await questioned()).toHaveLength(1);
  });

  it('refuses what is over the budget, each kind by itself, until the window is over', async () => {
    await take(EXPLANATIONS_MAX);
    await expect(take(1)).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
    await take(CANDIDATES_MAX, 'weighed');
    await expect(take(1, 'weighed')).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
    passed_ms += MINUTE_MS + 1;
    await take(1);
    const [, closed, opened] = await questioned();
    const counts = { explained: EXPLANATIONS_MAX, weighed: CANDIDATES_MAX };
    expect(closed).toMatchObject({ head: { change: 'close', ...counts }, by: world.agent });
    expect(opened).toMatchObject({ head: { change: 'open' } });
  });

  it('counts a child on the account of its root', async () => {
    const by = world.settings.operator;
    const definition = { ...AGENT, root: world.agent };
    const child = { by, ns: world.ns, principal: null, name: 'child', definition };
    const { principal } = await registerPrincipal(world.cell, child);
    await take(EXPLANATIONS_MAX, 'explained', principal);
    await expect(take(1)).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
    expect((await questioned()).map(({ by: root }) => root)).toEqual([world.agent]);
  });

  it('gives nothing when its window cannot be recorded', async () => {
    world.cell.running.halt(new Error('found'));
    await expect(take(1)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('close()', () => {
  it('records nothing of a window that is not over, and each count once', async () => {
    await take(3);
    await world.cell.questions.close('over');
    expect(await questioned()).toHaveLength(1);
    passed_ms += MINUTE_MS + 1;
    await Promise.all([world.cell.questions.close('over'), world.cell.questions.close('over')]);
    await world.cell.questions.close('over');
    const [, closed, ...more] = await questioned();
    expect(closed).toMatchObject({ head: { change: 'close', explained: 3, weighed: 0 } });
    expect(more).toEqual([]);
  });

  it('counts up every window when the cell ends', async () => {
    await take(2);
    world = await world.reopen();
    expect((await questioned()).map(({ head }) => head)).toMatchObject([
      { change: 'open' },
      { change: 'close', explained: 2 },
    ]);
    expect(world.cell.running.state().questions.size).toBe(0);
  });
});

describe('a window whose process died', () => {
  /** As after a kill: what was recorded is there, and what was counted is not. */
  async function died(): Promise<void> {
    await take(2);
    world.cell.questions.close = () => Promise.resolve();
    await world.cell.close();
    world = { ...world, cell: await openIn(world.directory, { clock }) };
  }

  it('is used up, so that a restart gives nobody more', async () => {
    await died();
    await expect(take(1)).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
  });

  it('is closed without a count when it is over, and another one begins', async () => {
    await died();
    passed_ms += MINUTE_MS + 1;
    await take(1);
    expect((await questioned()).map(({ head }) => head)).toMatchObject([
      { change: 'open' },
      { change: 'close', explained: null, weighed: null },
      { change: 'open' },
    ]);
  });
});
