import type { ClientOptions, Proposed, TransportAnswer } from '@writ/sdk';
import { describe, expect, it } from 'vitest';
import { changeJson, htmlPage, textOf, withText } from '../support/lies.ts';
import { decisionHead, digestOf, idOf, ORIGIN, type SmallCell, termHead } from '../support/small-cell.ts';
import { noteOf, proofOf, signerOf } from '../support/tree.ts';
import { trustOf } from '../support/trust.ts';
import { openWorld, type World } from '../support/world.ts';

const ARGS = { path: 'src/main.ts' };
const PROPOSAL = { tool: 'files.read', args: ARGS };

type Row = readonly [
  what: string,
  code: string,
  lie: (answer: TransportAnswer, cell: SmallCell) => TransportAnswer,
  options?: Partial<ClientOptions>,
];

/** The answer with another record of this log in place of its own. */
const withHead = (cell: SmallCell, head: string) => (answer: TransportAnswer) => {
  const index = cell.append(head);
  return changeJson(answer, (value) => ({ ...value, proven: cell.proven(index) }));
};

const OTHER = signerOf('cell.example/two/0000000000000000', 5);
const THIEF = signerOf(ORIGIN, 6);

const ID = idOf('act', 3);

const LIES: readonly Row[] = [
  ['no proof', 'ANSWER_UNPROVEN', (answer) => changeJson(answer, (value) => ({ ...value, proven: null }))],
  [
    'a checkpoint under another key of the same name',
    'NOTE_NOT_SIGNED',
    (answer, { heads }) =>
      changeJson(answer, (value) => ({
        ...value,
        proven: { ...value.proven, proof: proofOf(heads, 3, noteOf(heads, THIEF)) },
      })),
  ],
  [
    'a checkpoint of another origin',
    'CHECKPOINT_WRONG_ORIGIN',
    (answer, { heads }) =>
      changeJson(answer, (value) => ({
        ...value,
        proven: { ...value.proven, proof: proofOf(heads, 3, noteOf(heads, OTHER)) },
      })),
    { trust: trustOf(signerOf(ORIGIN, 1), OTHER), origin: ORIGIN },
  ],
  [
    'another id beside the proof',
    'ACTION_MISMATCH',
    (answer) => changeJson(answer, (value) => ({ ...value, id: idOf('act', 9) })),
  ],
  [
    'a head that the proof is not of',
    'TREE_ROOT_MISMATCH',
    (answer, cell) =>
      changeJson(answer, (value) => ({
        ...value,
        proven: { ...value.proven, head: decisionHead(cell, ID, ARGS, { wall: 2 }) },
      })),
  ],
  [
    'arguments that differ in one byte',
    'ARGS_MISMATCH',
    (answer, cell) => withHead(cell, decisionHead(cell, ID, { path: 'src/main.tt' }))(answer),
  ],
  [
    'another nonce',
    'ARGS_MISMATCH',
    (answer) => changeJson(answer, (value) => ({ ...value, nonce: 'A'.repeat(43) })),
  ],
  [
    'another executor',
    'EXECUTOR_MISMATCH',
    (answer, cell) => withHead(cell, decisionHead(cell, ID, ARGS, { executor: idOf('agt', 8) }))(answer),
  ],
  [
    'another tool with the same arguments',
    'TOOL_MISMATCH',
    (answer, cell) =>
      withHead(cell, decisionHead(cell, ID, ARGS, { tool: digestOf('files.delete, blinded') }))(answer),
  ],
  [
    'ALLOW around a record that blocks',
    'NOT_ALLOWED',
    (answer, cell) =>
      withHead(
        cell,
        decisionHead(cell, ID, ARGS, { verdict: 'BLOCK', code: 'NO_RULE', expires_at: null }),
      )(answer),
  ],
  [
    'ALLOW around a record that only observes',
    'NOT_ALLOWED',
    (answer, cell) => withHead(cell, decisionHead(cell, ID, ARGS, { expires_at: null }))(answer),
  ],
  [
    'ESCALATE around a record that allows',
    'ANSWER_CONTRADICTS',
    (answer) =>
      changeJson(answer, (value) => ({ ...value, answer: { ...value.answer, verdict: 'ESCALATE' } })),
  ],
  ['a record of another kind', 'KIND_MISMATCH', (answer, cell) => withHead(cell, termHead(9))(answer)],
  [
    'a record from the future',
    'NOT_YET_VALID',
    (answer, cell) => withHead(cell, decisionHead(cell, ID, ARGS, { time: cell.now_ms + 5_001 }))(answer),
  ],
  [
    'a record whose time is over',
    'EXPIRED',
    (answer, cell) => {
      cell.now_ms += 35_001;
      return answer;
    },
  ],
  [
    'a record from before the request',
    'REPLAYED',
    (answer, cell) => withHead(cell, decisionHead(cell, ID, ARGS, { time: cell.now_ms - 5_001 }))(answer),
  ],
  [
    'an obligation that was not offered',
    'OBLIGATION_UNMET',
    (answer, cell) => withHead(cell, decisionHead(cell, ID, ARGS, { obligations: ['no_network'] }))(answer),
  ],
  ['a body that was cut', 'ANSWER_MALFORMED', (answer) => ({ ...answer, body: answer.body.slice(0, -1) })],
  ['nothing', 'ANSWER_MALFORMED', (answer) => ({ ...answer, body: new Uint8Array() })],
  ['a page', 'ANSWER_MEDIA', () => htmlPage],
  [
    'a member twice',
    'ANSWER_MALFORMED',
    (answer) => withText(answer, textOf(answer.body).replace('{"id":', '{"id":"x","id":')),
  ],
  [
    'a member that is not declared',
    'ANSWER_MALFORMED',
    (answer) => changeJson(answer, (value) => ({ ...value, sudo: true })),
  ],
  ['a huge body', 'ANSWER_TOO_LARGE', (answer) => ({ ...answer, body: new Uint8Array(8_388_609) })],
  ['a redirection', 'ANSWER_STATUS', (answer) => ({ ...answer, status: 302 })],
  ['an answer under the status of a refusal', 'ANSWER_MEDIA', (answer) => ({ ...answer, status: 403 })],
  [
    'a smaller log than the one seen',
    'ROLLED_BACK',
    (answer, { heads }) => {
      const small = [decisionOf(heads), ...heads.slice(0, 1)];
      return changeJson(answer, (value) => ({
        ...value,
        proven: { index: 0, head: small[0], proof: proofOf(small, 0, noteOf(small, signerOf(ORIGIN, 1))) },
      }));
    },
  ],
  [
    'another log of the size that was seen',
    'FORKED',
    (answer, { heads }) => {
      const fork = [decisionOf(heads), ...heads.slice(0, 2)];
      return changeJson(answer, (value) => ({
        ...value,
        proven: { index: 0, head: fork[0], proof: proofOf(fork, 0, noteOf(fork, signerOf(ORIGIN, 1))) },
      }));
    },
  ],
];

const decisionOf = (heads: readonly string[]): string => heads[3] ?? '';

const proposeTo = async (lie: Row[2], options?: Row[3]): Promise<readonly [World, Proposed]> => {
  const world = await openWorld(options);
  world.lie = (answer, id) => (id === 'proposeAction' ? lie(answer, world.cell) : answer);
  return [world, await world.client.propose(PROPOSAL)];
};

describe('propose() with a server that shows', () => {
  it.each(LIES.map(([what, code, lie, options]) => ({ what, code, lie, options })))(
    '$what is a BLOCK, $code',
    async ({ code, lie, options }) => {
      const [, proposed] = await proposeTo(lie, options);
      expect(proposed).toMatchObject({ verdict: 'BLOCK', code });
    },
  );

  it('an answer that another request had is a BLOCK', async () => {
    const world = await openWorld();
    let before: TransportAnswer | null = null;
    world.lie = (answer, id) => (id === 'proposeAction' ? (before ??= answer) : answer);
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'ALLOW' });
    // The record is true, fresh and about the same arguments; it is the permission of the first request.
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code: 'REPLAYED' });
  });

  it('ALLOW for a tool that is not pinned is a BLOCK', async () => {
    const { client } = await openWorld({ tools: new Map() });
    expect(await client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code: 'TOOL_NOT_PINNED' });
  });

  it('nothing at all is a BLOCK that does not repeat what the transport threw', async () => {
    const world = await openWorld();
    world.lie = () => {
      throw new Error('Bearer wk_secret');
    };
    const proposed = await world.client.propose(PROPOSAL);
    expect(proposed).toMatchObject({ verdict: 'BLOCK', code: 'TRANSPORT_FAILED' });
    expect(JSON.stringify(proposed)).not.toContain('wk_secret');
  });

  it.each(['ROLLED_BACK', 'FORKED'])('a log that is %s is refused from then on', async (code) => {
    const row = LIES.find(([, one]) => one === code);
    if (row === undefined) throw new Error('no such row');
    const [world] = await proposeTo(row[2]);
    world.lie = (answer) => answer;
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code });
    await expect(world.client.call('getCheckpoint', {})).rejects.toMatchObject({ code });
  });
});

const WAITING = { verdict: 'ESCALATE', code: 'RULE_ESCALATE', expires_at: null, ticket: idOf('tkt', 1) };

/** What permits nothing is held against the request as well: nobody is to wait for what is not there. */
const LIES_OF_WAITING: readonly Row[] = [
  [
    'another action',
    'ACTION_MISMATCH',
    (answer) => changeJson(answer, (value) => ({ ...value, id: idOf('act', 9) })),
  ],
  [
    'other arguments',
    'ARGS_MISMATCH',
    (answer, cell) => withHead(cell, decisionHead(cell, ID, { path: 'x' }))(answer),
  ],
  [
    'another executor',
    'EXECUTOR_MISMATCH',
    (answer, cell) => withHead(cell, decisionHead(cell, ID, ARGS, { executor: idOf('agt', 8) }))(answer),
  ],
  [
    'another verdict',
    'ANSWER_CONTRADICTS',
    (answer, cell) => withHead(cell, decisionHead(cell, ID, ARGS, { verdict: 'NEED_EVIDENCE' }))(answer),
  ],
  [
    'a record from before',
    'REPLAYED',
    (answer, cell) => withHead(cell, decisionHead(cell, ID, ARGS, { time: cell.now_ms - 5_001 }))(answer),
  ],
  ['a record of another kind', 'KIND_MISMATCH', (answer, cell) => withHead(cell, termHead(9))(answer)],
  [
    'a proof under another key',
    'NOTE_NOT_SIGNED',
    (answer, { heads }) =>
      changeJson(answer, (value) => ({
        ...value,
        proven: { ...value.proven, proof: proofOf(heads, 3, noteOf(heads, THIEF)) },
      })),
  ],
];

describe('propose() with a server that asks to wait for', () => {
  it.each(LIES_OF_WAITING.map(([what, code, lie]) => ({ what, code, lie })))(
    '$what is a BLOCK, $code',
    async ({ code, lie }) => {
      const world = await openWorld();
      world.cell.decision = WAITING;
      world.lie = (answer, id) => (id === 'proposeAction' ? lie(answer, world.cell) : answer);
      expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code });
    },
  );
});
