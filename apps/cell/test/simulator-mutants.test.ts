import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SEED, STEPS_IN_HUNT, STEPS_IN_TEST } from './simulator/budget.ts';
import { MUTANTS } from './simulator/mutants.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(`./simulator/${name}`, import.meta.url));

type Found = {
  readonly rule: string | null;
  readonly interleavings: number;
  readonly lines: number;
  readonly shrunk: { readonly rule: string | null; readonly lines: number };
};

/** A process of its own: the fault is planted in the text of the core as that process loads it. */
function hunt(mutant: string | null, then = ''): Promise<Found> {
  const planting = mutant === null ? [] : ['--import', pathOf('plant.ts')];
  const steps = mutant === null ? STEPS_IN_TEST : STEPS_IN_HUNT;
  const words = ['--conditions=@writ/source', ...planting, pathOf('hunt.ts')];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...words, String(SEED), String(steps), then], {
      env: { ...process.env, NODE_OPTIONS: '', WRIT_PLANTED: mutant ?? '' },
    });
    let said = '';
    let complained = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    child.stderr.on('data', (chunk) => (complained += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(said));
      else reject(new Error(`${code}: ${complained}`));
    });
  });
}

describe.concurrent('planted faults', { timeout: 600_000 }, () => {
  it('a hunt finds nothing where nothing is planted', async () => {
    expect(await hunt(null)).toMatchObject({ rule: null });
  });

  it.each(MUTANTS.map(({ name }) => name))('a hunt finds a cell that %s', async (name) => {
    const { rule } = await hunt(name);
    expect(rule).not.toBeNull();
  });

  it('shrink() gives a shorter run that breaks the same rule', async () => {
    const { rule, lines, shrunk } = await hunt('signs before the batch is durable', 'shrink');
    expect(rule?.startsWith(`${shrunk.rule}: `)).toBe(true);
    expect(shrunk.lines).toBeLessThan(lines);
  });
});
