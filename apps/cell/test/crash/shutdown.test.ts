import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openIn } from '../cell/world.ts';
import { temporaryDirectory } from '../home/temporary.ts';
import { findLost } from './find-lost.ts';
import { type LoadPlan, readLines } from './load-lines.ts';
import { makeStore } from './make-store.ts';
import { readStore } from './read-store.ts';
import { SLOW_MS } from './run-script.ts';

const LOAD = fileURLToPath(new URL('./load.ts', import.meta.url));

test(
  'a cell that is asked to end finishes what it has taken, anchors it all, and leaves nothing locked',
  async () => {
    const scratch = temporaryDirectory();
    const { directory, agent } = await makeStore();
    const load = { life: 0, clients: 32, actions_max: 1e6, waves: 1, survives_faults: false, retries: [] };
    const plan: LoadPlan = { directory, agent, ...load };
    writeFileSync(join(scratch, 'plan'), JSON.stringify(plan));
    const [out, err] = ['out', 'err'].map((name) => openSync(join(scratch, name), 'w'));
    const words = ['--conditions=@writ/source', LOAD, join(scratch, 'plan')];
    const child = spawn(process.execPath, words, { stdio: ['ignore', out ?? 1, err ?? 2] });
    const said = (): string => readFileSync(join(scratch, 'out'), 'utf8');
    const exited = once(child, 'exit');
    while (child.exitCode === null && !said().includes('\nack ')) await pause(10);
    child.kill('SIGTERM');
    const [status]: unknown[] = await exited;
    for (const file of [out, err]) closeSync(file ?? 0);
    expect(readFileSync(join(scratch, 'err'), 'utf8')).toBe('');
    expect(status).toBe(0);
    expect(said()).toMatch(/\nclosed\n/);

    const log = readStore(directory, join(scratch, 'copy'));
    const { acknowledged } = readLines(said());
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(findLost(log, acknowledged)).toEqual([]);
    const anchor = readFileSync(join(directory, 'config', 'keys', 'anchor'), 'utf8').split('\n');
    expect(Number(anchor[2])).toBe(log.heads.length);
    const cell = await openIn(directory);
    expect(cell.tiles.size()).toBeGreaterThanOrEqual(log.heads.length);
    await cell.close();
    rmSync(directory, { recursive: true });
  },
  SLOW_MS,
);
