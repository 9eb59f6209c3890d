import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, 'run.ts');

type Told = {
  readonly runs: number;
  readonly differing: readonly unknown[];
  readonly number: string;
  readonly zone: number;
};

function run(seed: number, env: Readonly<Record<string, string>>): Told {
  const done = spawnSync(process.execPath, ['--conditions=@writ/source', SCRIPT, String(seed)], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout) as Told;
}

const PROCESSES = [
  { seed: 1, env: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' } },
  { seed: 2, env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } },
  { seed: 3, env: { TZ: 'America/St_Johns', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' } },
  { seed: 4, env: { TZ: 'Asia/Kolkata', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' } },
];

describe('determinism', () => {
  it('step() makes the same bytes in processes of other locales and zones, for members in any order', () => {
    const told = PROCESSES.map(({ seed, env }) => run(seed, env));
    for (const { runs, differing } of told) {
      expect(runs).toBeGreaterThan(10);
      expect(differing).toEqual([]);
    }
    // Else the processes would not have differed at all.
    expect(new Set(told.map(({ zone }) => zone)).size).toBeGreaterThan(1);
  });
});
