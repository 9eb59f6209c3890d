import fc from 'fast-check';
import { encodeUtf8, parseReceipt } from '@writ/proof';
import type { Committed, Spend, TransportAnswer } from '@writ/sdk';
import { describe, expect, it } from 'vitest';
import { changeJson, htmlPage } from '../support/lies.ts';
import { commitHead, idOf, type SmallCell } from '../support/small-cell.ts';
import { noteOf, proofOf, signerOf } from '../support/tree.ts';
import { openWorld, type World } from '../support/world.ts';

const ARGS = { path: 'src/main.ts' };
const SPEND: Spend = { tool: 'files.read', args: ARGS, attempt: 'first' };
const ID = idOf('act', 3);

const openSpend = async (): Promise<readonly [World, string]> => {
  const world = await openWorld();
  const proposed = await world.client.propose({ tool: 'files.read', args: ARGS });
  if (proposed.verdict !== 'ALLOW') throw new Error(proposed.code);
  return [world, proposed.writ];
};

describe('commit()', () => {
  it('gives the spend receipt when the cell commits', async () => {
    const [{ client, cell }, writ] = await openSpend();
    const spent = await client.commit(writ, SPEND);
    expect(spent).toMatchObject({ verdict: 'SPENT', id: ID });
    if (spent.verdict === 'SPENT') expect(parseReceipt(encodeUtf8(spent.receipt)).head).toBe(cell.heads[4]);
  });

  it('gives the same receipt when the same attempt comes again', async () => {
    const [{ client, cell }, writ] = await openSpend();
    const spent = await client.commit(writ, SPEND);
    cell.now_ms += 20_000;
    expect(await client.commit(writ, SPEND)).toEqual(spent);
  });

  it('goes on though the log has grown since the writ', async () => {
    const [{ client }, writ] = await openSpend();
    await client.propose({ tool: 'files.read', args: { path: 'another' } });
    expect(await client.commit(writ, SPEND)).toMatchObject({ verdict: 'SPENT' });
  });

  it('binds the target', async () => {
    const [{ client }, writ] = await openSpend();
    const spent = await client.commit(writ, { ...SPEND, target: 'payments.example' });
    expect(spent).toMatchObject({ verdict: 'SPENT' });
  });

  it.each([
    ['other arguments', { args: { path: 'src/main.tt' } }, 'ARGS_MISMATCH'],
    ['a tool that is not pinned', { tool: 'files.write' }, 'TOOL_NOT_PINNED'],
  ])('refuses %s and sends nothing', async (_, change, code) => {
    const [{ client, cell }, writ] = await openSpend();
    const count = cell.requests.length;
    expect(await client.commit(writ, { ...SPEND, ...change })).toMatchObject({ verdict: 'BLOCK', code });
    expect(cell.requests).toHaveLength(count);
  });

  it('refuses a writ of another executor, one whose time is over, and what is none', async () => {
    const [{ client, cell }, writ] = await openSpend();
    const other = await openWorld({ executor: idOf('agt', 8) }, cell);
    expect(await other.client.commit(writ, SPEND)).toMatchObject({ code: 'EXECUTOR_MISMATCH' });
    expect(await client.commit('{}', SPEND)).toMatchObject({ verdict: 'BLOCK', code: 'FORMAT_UNKNOWN' });
    cell.now_ms += 35_001;
    expect(await client.commit(writ, SPEND)).toMatchObject({ verdict: 'BLOCK', code: 'EXPIRED' });
  });

  it('refuses a second attempt at one writ: the receipt of the first would seem to allow it', async () => {
    const [{ client }, writ] = await openSpend();
    expect(await client.commit(writ, SPEND)).toMatchObject({ verdict: 'SPENT' });
    const second = await client.commit(writ, { ...SPEND, attempt: 'second' });
    expect(second).toMatchObject({ verdict: 'BLOCK', code: 'ATTEMPT_DIFFERS' });
  });
});

type Row = readonly [
  what: string,
  code: string,
  lie: (answer: TransportAnswer, cell: SmallCell) => TransportAnswer,
];

const BODY = { args: ARGS, target: null, attempt: 'first' };

const withCommit =
  (change: object, body: object = BODY, id: string = ID) =>
  (answer: TransportAnswer, cell: SmallCell): TransportAnswer => {
    cell.commit = { ...change };
    const index = cell.append(commitHead(cell, id, body, 3));
    return changeJson(answer, (value) => ({ ...value, proven: cell.proven(index) }));
  };

const LIES: readonly Row[] = [
  ['no proof', 'ANSWER_UNPROVEN', (answer) => changeJson(answer, (value) => ({ ...value, proven: null }))],
  [
    'the decision again',
    'NOT_COMMITTED',
    (answer, cell) => changeJson(answer, (value) => ({ ...value, proven: cell.proven(3) })),
  ],
  [
    'another record',
    'KIND_MISMATCH',
    (answer, cell) => changeJson(answer, (value) => ({ ...value, proven: cell.proven(1) })),
  ],
  ['a receipt of another action', 'ACTION_MISMATCH', withCommit({ id: idOf('act', 8) })],
  ['a receipt of another decision', 'ACTION_MISMATCH', withCommit({ decided_at: 2 })],
  ['a receipt of another executor', 'EXECUTOR_MISMATCH', withCommit({ executor: idOf('agt', 8) })],
  [
    'a receipt for other arguments',
    'ARGS_MISMATCH',
    withCommit({}, { ...BODY, args: { path: 'src/main.tt' } }),
  ],
  [
    'a receipt for another target',
    'TARGET_MISMATCH',
    withCommit({}, { ...BODY, target: 'payments.example' }),
  ],
  ['a receipt for another tool', 'TOOL_MISMATCH', withCommit({ tool: null })],
  ['more obligations than the writ had', 'OBLIGATION_UNMET', withCommit({ obligations: ['notify'] })],
  [
    'a receipt from before',
    'REPLAYED',
    (answer, cell) => withCommit({ time: cell.now_ms - 5_001 })(answer, cell),
  ],
  [
    'a receipt whose time is over',
    'EXPIRED',
    (answer, cell) => {
      cell.now_ms += 35_001;
      return answer;
    },
  ],
  [
    'a checkpoint under another key',
    'NOTE_NOT_SIGNED',
    (answer, { heads }) =>
      changeJson(answer, (value) => ({
        ...value,
        proven: {
          ...value.proven,
          proof: proofOf(heads, 4, noteOf(heads, signerOf('cell.example/one/0123456789abcdef', 6))),
        },
      })),
  ],
  [
    'a log without what was seen',
    'ROLLED_BACK',
    (answer, { heads }) => {
      const short = [heads[4] ?? ''];
      return changeJson(answer, (value) => ({
        ...value,
        proven: {
          index: 0,
          head: heads[4],
          proof: proofOf(short, 0, noteOf(short, signerOf('cell.example/one/0123456789abcdef', 1))),
        },
      }));
    },
  ],
  ['a page', 'ANSWER_MEDIA', () => htmlPage],
];

const commitTo = async (lie: Row[2]): Promise<readonly [Committed, string]> => {
  const [world, writ] = await openSpend();
  world.lie = (answer, id) => (id === 'commitAction' ? lie(answer, world.cell) : answer);
  return [await world.client.commit(writ, SPEND), writ];
};

describe('commit() with a server that shows', () => {
  it.each(LIES)('%s is a BLOCK, %s', async (_, code, lie) => {
    const [spent] = await commitTo(lie);
    expect(spent).toMatchObject({ verdict: 'BLOCK', code });
  });

  it('any byte of a good answer changed never gives another receipt', async () => {
    let body = new Uint8Array();
    const [expected] = await commitTo((answer) => {
      body = answer.body.slice();
      return answer;
    });
    const flip = fc.record({ at: fc.nat({ max: body.length - 1 }), bits: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(flip, async ({ at, bits }) => {
        const changed = body.slice();
        changed[at] = (changed[at] ?? 0) ^ bits;
        const [spent] = await commitTo((answer) => ({ ...answer, body: changed }));
        if (spent.verdict === 'SPENT') expect(contentOf(spent)).toEqual(contentOf(expected));
        else expect(spent.verdict).toBe('BLOCK');
      }),
      { numRuns: 300 },
    );
  });
});

const contentOf = (spent: Committed): unknown =>
  spent.verdict === 'SPENT' ? { ...spent, receipt: parseReceipt(encodeUtf8(spent.receipt)).head } : spent;
