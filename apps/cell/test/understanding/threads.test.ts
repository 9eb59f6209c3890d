import * as functions from '@writ/kernel/engine';
import { afterEach, describe, expect, it } from 'vitest';
import { bindTold } from '../../src/understanding/bind-told.ts';
import { openPool, type UnderstandingPool } from '../../src/understanding/pool.ts';
import { readProposalBy } from '../../src/understanding/read-proposal.ts';
import { asked, BY, OTHER, startSlow, steady_ms } from './world.ts';

const LIMITS = { threads_max: 2, cpu_ms: 300, wall_ms: 20_000, start_ms: 20_000 };
let pool: UnderstandingPool;

afterEach(() => pool.close());

function open(start = startSlow): void {
  pool = openPool({ start, steady_ms }, LIMITS);
}

const read = readProposalBy({ functions });

function here(one: ReturnType<typeof asked>) {
  return bindTold(read(one.text, one.tool), one.text.input.length);
}

function codes(settled: readonly PromiseSettledResult<unknown>[]): readonly unknown[] {
  return settled.map((one) =>
    one.status === 'rejected' ? (one.reason as { readonly code: string }).code : 'understood',
  );
}

describe('openPool(), with real threads', () => {
  it('understand() gives what the same functions give here, of known and of undeclared tools', async () => {
    open();
    const all = [
      asked({ executable: 'ls', args: ['-l'] }),
      asked({ executable: 'rm', args: ['-rf', '/'] }, OTHER),
      asked({ executable: 'curl', args: ['https://example.org/?to=zoe@example.org'] }),
      asked({ other: 1 }),
      asked({ executable: 'ls', args: ['x'.repeat(70_000)] }),
      asked({ path: 'a' }, BY, null),
    ];
    const understood = await Promise.all(all.map((one) => pool.understand(one)));
    expect(understood).toEqual(all.map(here));
    const checks = ['valid', 'valid', 'valid', 'undeclared', 'malformed', 'undeclared'];
    expect(understood.map(({ check }) => check)).toEqual(checks);
    expect(understood[2]?.tokens).toContain('email#1');
  });

  it.each([
    ['hang', 'UNDERSTANDING_TIMEOUT'],
    ['recurse', 'UNDERSTANDING_FAILED'],
    ['grow', 'UNDERSTANDING_FAILED'],
    ['exit', 'UNDERSTANDING_FAILED'],
    ['lie', 'UNDERSTANDING_FAILED'],
  ])('understand() answers everyone else when one text makes its thread %s', async (act, code) => {
    open();
    const bad = asked({ do: act });
    const good = asked({ executable: 'ls' }, OTHER);
    const [first, ...rest] = [good, bad, good, good].map((one) => pool.understand(one));
    expect(codes(await Promise.allSettled([first, ...rest]))).toEqual([
      'understood',
      code,
      'understood',
      'understood',
    ]);
    const { timeouts, failures } = pool.status();
    expect([timeouts, failures]).toEqual(act === 'hang' ? [1, 0] : [0, 1]);
    // Refused by its digest, while the thread that the others have goes on.
    const before = pool.status().refused;
    expect(codes(await Promise.allSettled([pool.understand(bad)]))).toEqual([code]);
    expect(pool.status()).toMatchObject({ timeouts, failures, refused: before + 1 });
    expect(await pool.understand(good)).toEqual(here(good));
  });

  it('understand() answers everyone when a thread is killed in the middle', async () => {
    const threads: ReturnType<typeof startSlow>[] = [];
    open((progress) => {
      const thread = startSlow(progress);
      threads.push(thread);
      return thread;
    });
    const all = Array.from({ length: 500 }, (_, at) => asked({ executable: 'ls', args: [String(at)] }));
    const pending = all.map((one) => pool.understand(one));
    await pending[0];
    await threads[0]?.end();
    expect(await Promise.all(pending)).toEqual(all.map(here));
    expect(threads.length).toBeGreaterThan(1);
  });

  it('close() answers what was taken, and refuses what comes after', async () => {
    open();
    const settled = Promise.allSettled([1, 2, 3].map(() => pool.understand(asked({ executable: 'ls' }))));
    await pool.close();
    expect(codes(await settled)).toEqual(['understood', 'understood', 'understood']);
    const after = pool.understand(asked({ executable: 'ls' }));
    expect(codes(await Promise.allSettled([after]))).toEqual(['CLOSED']);
    expect(pool.status()).toMatchObject({ threads: 0, waiting: 0 });
  });

  it('close() ends what hangs, and answers that too', async () => {
    open();
    const settled = Promise.allSettled([pool.understand(asked({ do: 'hang' }))]);
    await pool.close();
    expect(codes(await settled)).toEqual(['UNDERSTANDING_TIMEOUT']);
    expect(pool.status()).toMatchObject({ threads: 0, waiting: 0 });
  });

  it('understand() fails, and answers, when no thread can be started', async () => {
    open((progress) => {
      const thread = startSlow(progress);
      void thread.end();
      return thread;
    });
    const settled = await Promise.allSettled([pool.understand(asked({ executable: 'ls' }))]);
    expect(codes(settled)).toEqual(['UNDERSTANDING_FAILED']);
    // Nobody is to blame: what was asked is not refused later.
    expect(pool.status()).toMatchObject({ timeouts: 0, failures: 0, refused: 0 });
  });

  it('warm() starts a thread that nobody has asked', async () => {
    open();
    pool.warm();
    expect(pool.status().threads).toBe(1);
    expect(await pool.understand(asked({ executable: 'ls' }))).toEqual(here(asked({ executable: 'ls' })));
  });
});
