import type { Cell, ProposalToUnderstand } from '@writ/cell';
import { CODES, type JsonObject } from '@writ/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposeInOrder, proposeUnderstood, wouldAllow } from '../../src/cell/act.ts';
import { CoreFailure } from '../../src/core/failure.ts';
import { codeOfFailure } from '../../src/doors/http/refusal.ts';
import type { UnderstandingPool } from '../../src/understanding/pool.ts';
import { type CellWorld, createWorld, proposalOf } from './world.ts';

let world: CellWorld;

beforeAll(async () => {
  world = await createWorld();
});

afterAll(() => world.destroy());

function proposal(args: JsonObject, eur: number = 0): ProposalToUnderstand {
  const { understanding: _untold, ...plain } = proposalOf(world, args);
  return { ...plain, declared: { costs: eur === 0 ? [] : [{ unit: 'eur', amount: eur }] } };
}

/** The same cell, with something between it and its threads. */
function withPool(understand: UnderstandingPool['understand']): Cell {
  return { ...world.cell, understanding: { ...world.cell.understanding, understand } };
}

const codeOf = (one: PromiseSettledResult<unknown>): string =>
  one.status === 'fulfilled' ? 'answered' : codeOfFailure(one.reason);

describe('a cell whose understanding fails', () => {
  it.each(['UNDERSTANDING_TIMEOUT', 'UNDERSTANDING_FAILED', 'UNDERSTANDING_BUDGET', 'OVERLOADED'] as const)(
    'proposeUnderstood() answers %s, decides nothing and records nothing',
    async (code) => {
      const cell = withPool(() => Promise.reject(new CoreFailure(code, 'for a test')));
      const before = cell.running.durableSize();
      const settled = await Promise.allSettled([
        proposeUnderstood(cell, proposal({ path: 'a' })),
        wouldAllow(cell, [proposal({ path: 'a' })]),
      ]);
      expect(settled.map(codeOf)).toEqual([code, code]);
      expect([429, 503]).toContain(CODES[code].status);
      // The cell may have had something to record by itself.
      const after = await cell.readHeads(before, cell.running.durableSize() - before);
      expect(after.filter((head) => /"kind":"(decision|refusal)"/.test(head))).toEqual([]);
      expect(world.cell.running.phase()).toBe('open');
    },
  );

  it('proposeInOrder() judges in the order of asking, in whatever order it is understood', async () => {
    const { understand } = world.cell.understanding;
    let wait_ms = 100;
    const cell = withPool(async (asked) => {
      wait_ms -= 20;
      await new Promise((resolve) => setTimeout(resolve, wait_ms));
      return understand(asked);
    });
    const proposals = ['a', 'b', 'c', 'd'].map((path) => proposal({ path }, 100));
    const settled = await proposeInOrder(cell, proposals);
    const codes = settled.map((one) => (one.status === 'fulfilled' ? codeIn(one.value.answer) : null));
    // One principal may hold a fifth of a thousand: room for the first two.
    expect(codes).toEqual(['ALLOWED', 'ALLOWED', 'BUDGET_EXCEEDED', 'BUDGET_EXCEEDED']);
  });

  it('proposeInOrder() gives each the answer of its own when one cannot be understood', async () => {
    const { understand } = world.cell.understanding;
    const cell = withPool((asked) =>
      asked.text.input.includes('"b"')
        ? Promise.reject(new CoreFailure('UNDERSTANDING_FAILED', 'for a test'))
        : understand(asked),
    );
    const proposals = ['a', 'b', 'c'].map((path) => proposal({ path }));
    const settled = await proposeInOrder(cell, proposals);
    expect(settled.map(codeOf)).toEqual(['answered', 'UNDERSTANDING_FAILED', 'answered']);
  });

  it('close() answers everybody, and what was answered stands', async () => {
    const pending = Array.from({ length: 200 }, (_, at) =>
      proposeUnderstood(world.cell, proposal({ path: `p${at}` })),
    );
    const settled = Promise.allSettled(pending);
    world = await world.reopen();
    const answers = await settled;
    const codes = new Set(answers.map(codeOf));
    for (const code of codes) expect(['answered', 'UNAVAILABLE']).toContain(code);
    for (const one of answers) {
      if (one.status !== 'fulfilled' || one.value.proven === null) continue;
      expect(await world.cell.readHead(one.value.proven.index)).toBe(one.value.proven.head);
    }
  });

  it('proposeUnderstood() refuses a principal whose registration ended while it was understood', async () => {
    const { understand } = world.cell.understanding;
    const state = world.cell.running.state();
    let gone = false;
    const running = {
      ...world.cell.running,
      state: () => (gone ? { ...state, principals: new Map() } : state),
    };
    const cell: Cell = {
      ...withPool(async (asked) => {
        const understood = await understand(asked);
        gone = true;
        return understood;
      }),
      running,
    };
    const [answered] = await Promise.allSettled([proposeUnderstood(cell, proposal({ path: 'a' }))]);
    expect(answered === undefined ? null : codeOf(answered)).toBe('UNAUTHENTICATED');
  });
});

function codeIn(answer: object): unknown {
  return 'code' in answer ? answer.code : null;
}
