import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { failuresIn } from '@writ/cell';
import { afterEach, expect, it } from 'vitest';
import { type CellWorld, createWorld } from './world.ts';

let world: CellWorld | null = null;

afterEach(() => world?.destroy());

it('background() counts what fails behind the answers and names it, while the cell goes on', async () => {
  world = await createWorld();
  expect(failuresIn(world.cell.background())).toEqual([]);
  await world.cell.close();
  const file = join(world.directory, 'state', 'cell', 'projections.sqlite');
  rmSync(file, { force: true });
  // No file can be made where a folder stands.
  mkdirSync(join(file, 'in the way'), { recursive: true });
  world = await world.reopen();
  const { cell } = world;
  while (failuresIn(cell.background()).length === 0) await setTimeout(20);
  const [failed] = failuresIn(cell.background());
  expect(failed?.what).toBe('lists');
  expect(failed?.failures).toBeGreaterThan(0);
  expect(failed?.last_failure).not.toBeNull();
  expect(cell.running.phase()).toBe('open');
});
