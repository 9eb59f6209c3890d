import * as functions from '@writ/kernel/engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CoreFailure } from '../../src/core/failure.ts';
import { openTool } from '../../src/intake/known-tool.ts';
import { ACCOUNT_WAIT_MS_MAX } from '../../src/understanding/accounts.ts';
import { BATCH_MAX, LANE_MAX } from '../../src/understanding/lanes.ts';
import { openPool, type UnderstandingPool } from '../../src/understanding/pool.ts';
import type { ToldText, UnderstandingProtocol } from '../../src/understanding/protocol.ts';
import { readProposalBy } from '../../src/understanding/read-proposal.ts';
import { REFUSED_MS } from '../../src/understanding/refused-texts.ts';
import { asked, BY, OTHER, TOOL } from './world.ts';

type Ask = UnderstandingProtocol['understand']['ask'];
type Sent = Ask & {
  readonly progress: Int32Array;
  readonly thread: number;
  answer(took_ms?: number, change?: (told: ToldText) => unknown): void;
  fail(): void;
};

const read = readProposalBy({ functions });
let pool: UnderstandingPool;
let now_ms: number;
let sent: Sent[];
let started: number;
let cpu_ms: number | null;

beforeEach(() => {
  [now_ms, sent, started, cpu_ms] = [1_000, [], 0, null];
  // Eight looks at what hangs in each of these milliseconds; the clock is the one above.
  const limits = { threads_max: 2, cpu_ms: 40, wall_ms: 1_500, start_ms: 2_000 };
  pool = openPool({ start, steady_ms: () => now_ms }, limits);
});

afterEach(async () => {
  for (const one of sent) one.fail();
  const closing = pool.close();
  now_ms += 1_000_000;
  await closing;
});

/** A thread that answers when the test says so. */
function start(memory: SharedArrayBuffer) {
  const progress = new Int32Array(memory);
  const thread = started;
  started += 1;
  return {
    ask: (_kind: 'understand', ask: Ask) =>
      new Promise<readonly ToldText[]>((resolve, reject) => {
        const answer: Sent['answer'] = (took_ms = 0, change = (told) => told) =>
          resolve(ask.proposals.map((one) => change({ ...read(one, TOOL), took_ms }) as ToldText)); // or not
        sent.push({ ...ask, progress, thread, answer, fail: () => reject(new Error('ended')) });
      }),
    // As on a machine that does nothing else, unless the test says so.
    cpu_ms: () => Promise.resolve(cpu_ms ?? now_ms),
    end: () => Promise.resolve(),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

async function codeOf(pending: Promise<unknown>): Promise<string> {
  return pending.then(
    () => 'understood',
    (failure: CoreFailure) => failure.code,
  );
}

function ask(at: number, by: string = BY): Promise<string> {
  return codeOf(pool.understand(asked({ executable: 'ls', args: [String(at)] }, by)));
}

describe('openPool()', () => {
  it('understand() sends what is asked in one turn together, and each definition once', async () => {
    const first = [ask(1), ask(2, OTHER), ask(3)];
    await turn();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.proposals).toHaveLength(3);
    expect(sent[0]?.tools).toHaveLength(1);
    sent[0]?.answer();
    expect(await Promise.all(first)).toEqual(['understood', 'understood', 'understood']);
    const next = ask(4);
    await turn();
    expect([sent[1]?.tools, sent[1]?.thread]).toEqual([[], 0]);
    sent[1]?.answer();
    expect(await next).toBe('understood');
  });

  it('understand() gives a busy thread no more, and another one to other principals only', async () => {
    const hung = ask(1);
    await turn();
    const [same, other] = [ask(2), ask(3, OTHER)];
    await turn();
    expect(sent).toHaveLength(1);
    now_ms += 1_000;
    await turn();
    expect(sent.map(({ thread, proposals }) => [thread, proposals.length])).toEqual([
      [0, 1],
      [1, 1],
    ]);
    sent[1]?.answer();
    expect(await other).toBe('understood');
    await turn();
    // Its principal is with the first thread still.
    expect(sent).toHaveLength(2);
    sent[0]?.answer();
    expect(await hung).toBe('understood');
    await turn();
    sent[2]?.answer();
    expect(await same).toBe('understood');
  });

  it('understand() takes principals in turn, so that a flood of one delays no other', async () => {
    const flood = Array.from({ length: 3 * BATCH_MAX }, (_, at) => ask(at));
    const single = ask(0, OTHER);
    await turn();
    expect(sent[0]?.proposals).toHaveLength(BATCH_MAX);
    sent[0]?.answer();
    expect(await single).toBe('understood');
    for (let at = 1; at < 4; at += 1) {
      await turn();
      sent[at]?.answer();
    }
    expect(new Set(await Promise.all(flood))).toEqual(new Set(['understood']));
  });

  it('understand() refuses what one principal has waiting beyond its lane, and nobody else', async () => {
    const flood = Array.from({ length: LANE_MAX + 1 }, (_, at) => ask(at));
    const other = ask(0, OTHER);
    expect(await flood[LANE_MAX]).toBe('OVERLOADED');
    for (let at = 0; at < 1 + LANE_MAX / BATCH_MAX; at += 1) {
      await turn();
      sent[at]?.answer();
    }
    expect(await other).toBe('understood');
    expect(new Set(await Promise.all(flood.slice(0, -1)))).toEqual(new Set(['understood']));
  });

  it('understand() lets a principal wait whose texts took long, then refuses it, and no other', async () => {
    const slow = ask(1);
    await turn();
    now_ms += 3_000;
    sent[0]?.answer(3_000);
    expect(await slow).toBe('understood');
    // Three seconds at a half are paid for in six, of which four are the burst: two more to wait.
    const [waits, other] = [ask(2), ask(3, OTHER)];
    await turn();
    expect(sent[1]?.proposals).toHaveLength(1);
    sent[1]?.answer();
    expect(await other).toBe('understood');
    now_ms += 2_001;
    await turn();
    expect(sent).toHaveLength(3);
    now_ms += 3_000;
    sent[2]?.answer(3_000);
    expect(await waits).toBe('understood');
    expect(await ask(4)).toBe('UNDERSTANDING_BUDGET');
    now_ms += 100_000;
    const again = ask(5);
    await turn();
    sent[3]?.answer();
    expect(await again).toBe('understood');
  });

  it('understand() refuses what waited too long for its account', async () => {
    const slow = ask(1);
    await turn();
    const behind = ask(2);
    now_ms += 8_000;
    sent[0]?.answer(8_000);
    expect(await slow).toBe('understood');
    now_ms += ACCOUNT_WAIT_MS_MAX + 1;
    expect(await behind).toBe('UNDERSTANDING_BUDGET');
  });

  it('understand() charges no more than the time that passed, whatever a thread says of it', async () => {
    const one = ask(1);
    await turn();
    sent[0]?.answer(1e12);
    expect(await one).toBe('understood');
    const next = ask(2);
    await turn();
    sent[1]?.answer();
    expect(await next).toBe('understood');
  });

  it('understand() ends a thread that stays at one text, and tries the others again', async () => {
    const [guilty, innocent] = [ask(1), ask(2, OTHER)];
    await turn();
    const at = sent[0]?.proposals[0]?.sequence ?? 0;
    Atomics.store(sent[0]?.progress ?? new Int32Array(1), 0, at);
    await turn();
    now_ms += 50;
    expect(await guilty).toBe('UNDERSTANDING_TIMEOUT');
    await turn();
    expect(sent[1]?.proposals).toHaveLength(1);
    expect(sent[1]?.thread).toBe(1);
    sent[1]?.answer();
    expect(await innocent).toBe('understood');
    expect(await ask(1, OTHER)).toBe('UNDERSTANDING_TIMEOUT');
    now_ms += REFUSED_MS;
    const later = ask(1, OTHER);
    await turn();
    sent[2]?.answer();
    expect(await later).toBe('understood');
  });

  it('understand() gives a text its time of a processor, and ends it by the clock at last', async () => {
    const pending = ask(1);
    await turn();
    Atomics.store(sent[0]?.progress ?? new Int32Array(1), 0, sent[0]?.proposals[0]?.sequence ?? 0);
    cpu_ms = 7;
    await turn();
    now_ms += 1_400;
    await turn();
    expect(pool.status().timeouts).toBe(0);
    now_ms += 200;
    expect(await pending).toBe('UNDERSTANDING_TIMEOUT');
  });

  it('understand() blames nobody for a thread that does not begin, and tries elsewhere', async () => {
    const pending = ask(1);
    await turn();
    await turn();
    now_ms += 2_500;
    await turn();
    await turn();
    sent[1]?.answer();
    expect(await pending).toBe('understood');
    expect(pool.status()).toMatchObject({ timeouts: 0, failures: 0 });
  });

  it.each([
    ['nothing', () => null],
    ['no understanding', (told: ToldText) => ({ ...told, understanding: '{}' })],
    ['text that is no JSON', (told: ToldText) => ({ ...told, understanding: '{"effects":' })],
    ['another check', (told: ToldText) => ({ ...told, check: 'fine' })],
    ['arguments that are a list', (told: ToldText) => ({ ...told, tokens: '[]' })],
    ['arguments that say more', (told: ToldText) => ({ ...told, tokens: '{},"check":"valid"' })],
    ['arguments without end', (told: ToldText) => ({ ...told, tokens: `{"a":"${'x'.repeat(1e6)}"}` })],
    [
      'an effect that nobody declared',
      (told: ToldText) => ({ ...told, understanding: told.understanding.replace('READ_REPO', 'ANYTHING') }),
    ],
  ])('understand() believes no thread that answers %s', async (_what, change) => {
    const pending = ask(1);
    await turn();
    sent[0]?.answer(0, change);
    expect(await pending).toBe('UNDERSTANDING_FAILED');
    const next = ask(2);
    await turn();
    expect(sent[1]?.thread).toBe(1);
    sent[1]?.answer();
    expect(await next).toBe('understood');
  });

  it('understand() prints anew what a thread says, in the one spelling', async () => {
    const pending = pool.understand(asked({ executable: 'ls' }));
    await turn();
    sent[0]?.answer(0, (told) => ({ ...told, tokens: '{ "b" : 1, "a" : 2 }' }));
    expect((await pending).tokens).toBe('{"a":2,"b":1}');
  });

  it('understand() lets a thread go of old definitions when there are many', async () => {
    for (let at = 0; at < 300; at += 1) {
      const tool = openTool({ ...TOOL.definition, name: `tool.${at}` });
      const pending = pool.understand(asked({ executable: 'ls' }, BY, tool));
      await new Promise((resolve) => setImmediate(resolve));
      sent.at(-1)?.answer();
      await pending;
    }
    expect(sent.filter(({ forget }) => forget)).toHaveLength(1);
    expect(sent.every(({ tools }) => tools.length === 1)).toBe(true);
  });
});
