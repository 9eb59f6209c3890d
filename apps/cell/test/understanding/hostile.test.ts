import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCurrentEngine } from '../../src/engine/load-engine.ts';
import { bindTold, type Understood } from '../../src/understanding/bind-told.ts';
import { openUnderstanding } from '../../src/understanding/open-understanding.ts';
import type { UnderstandingPool } from '../../src/understanding/pool.ts';
import { readProposalBy } from '../../src/understanding/read-proposal.ts';
import { hostileCases, TOOLS } from './hostile.ts';
import { asked } from './world.ts';

const CLOCK = { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() };
const HOSTILE = 1_000;
/** More would be refused: they are long. */
const AT_ONCE = 50;

/** What people really ask for, of every tool. */
const BENIGN = TOOLS.flatMap((tool) =>
  [
    { it: 'git status --short' },
    { it: 'https://example.org/docs?page=2' },
    { it: 'src/main.ts', list: ['a', 'b'] },
    { it: 'SELECT name FROM users WHERE id = 7' },
    { it: 'write to zoe@example.org, card 4111 1111 1111 1111' },
    { executable: 'ls', args: ['-la', 'src'] },
    { executable: 'rm', args: ['-rf', 'build'] },
    { path: 'notes.md', url: 'http://localhost:8080/' },
  ].map((args) => asked(args, 'prn_00000000000000000000000009', tool)),
);

describe('openUnderstanding()', () => {
  let pool: UnderstandingPool;
  let engines: string;
  let here: readonly (Understood | null)[];

  beforeAll(async () => {
    engines = mkdtempSync(join(tmpdir(), 'writ-engines-'));
    const engine = await loadCurrentEngine(engines);
    const read = readProposalBy(engine);
    here = BENIGN.map(({ text, tool }) => bindTold(read(text, tool), text.input.length));
    pool = openUnderstanding({ engines, engine: engine.digest }, CLOCK);
  });
  afterAll(async () => {
    await pool.close();
    rmSync(engines, { recursive: true });
  });

  async function benign(): Promise<string> {
    return JSON.stringify(await Promise.all(BENIGN.map((one) => pool.understand(one))));
  }

  it(`understand() gives benign probes the same bytes after ${HOSTILE} hostile texts`, async () => {
    expect(here).not.toContain(null);
    const before = await benign();
    expect(before).toBe(JSON.stringify(here));
    const hostile = hostileCases(HOSTILE);
    for (let from = 0; from < HOSTILE; from += AT_ONCE) {
      // Each of another principal: what one may use in all is for another test.
      const some = hostile
        .slice(from, from + AT_ONCE)
        .map(({ args, tool }, at) => pool.understand(asked(args, `prn_${from + at}`, tool)));
      const settled = await Promise.allSettled(some);
      expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
    }
    expect(pool.status()).toMatchObject({ timeouts: 0, failures: 0, refused: 0 });
    expect(await benign()).toBe(before);
  });
});
