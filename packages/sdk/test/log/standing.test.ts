import {
  appendLeaves,
  emptyFrontier,
  encodeUtf8,
  hashLeaves,
  type RememberedCheckpoint,
  rootOf,
} from '@writ/proof';
import type { OperationId } from '@writ/contract/api';
import type { CheckpointMemory } from '@writ/sdk';
import { describe, expect, it } from 'vitest';
import { changeJson } from '../support/lies.ts';
import { KEY, LOG, openSmallCell, ORIGIN, refuse, type SmallCell, termHead } from '../support/small-cell.ts';
import { noteOf, signerOf } from '../support/tree.ts';
import { trustOf } from '../support/trust.ts';
import { openMemory, openWorld } from '../support/world.ts';

const PROPOSAL = { tool: 'files.read', args: { path: 'a' } };

const checkpointOf = (heads: readonly string[]): RememberedCheckpoint => ({
  origin: ORIGIN,
  size: BigInt(heads.length),
  root: rootOf(appendLeaves(emptyFrontier(), hashLeaves(heads))),
  note: noteOf(heads, LOG),
});

const asked = ({ requests }: SmallCell, id: OperationId): number =>
  requests.filter((one) => one.id === id).length;

describe('openClient()', () => {
  it('remembers the first checkpoint that it sees', async () => {
    const { memory, cell } = await openWorld();
    expect(memory.kept).toEqual([checkpointOf(cell.heads)]);
  });

  it('asks the log to continue what is remembered, and remembers the newest', async () => {
    const cell = openSmallCell();
    const memory = openMemory([checkpointOf(cell.heads.slice(0, 2))]);
    await openWorld({ memory }, cell);
    expect(asked(cell, 'getConsistency')).toBe(1);
    expect(memory.kept.at(-1)).toEqual(checkpointOf(cell.heads));
  });

  it('keeps what it remembers when the log has not grown', async () => {
    const cell = openSmallCell();
    const memory = openMemory([checkpointOf(cell.heads)]);
    await openWorld({ memory }, cell);
    expect(memory.kept).toHaveLength(1);
  });

  it.each([
    ['a log that is shorter', 'ROLLED_BACK', (heads: readonly string[]) => [...heads, termHead(9)]],
    ['a log that forked', 'FORKED', (heads: readonly string[]) => [termHead(9), ...heads.slice(1, 2)]],
    ['another log of that size', 'FORKED', (heads: readonly string[]) => [termHead(9), ...heads.slice(1)]],
  ])('refuses %s', async (_, code, before) => {
    const cell = openSmallCell();
    const memory = openMemory([checkpointOf(before(cell.heads))]);
    await expect(openWorld({ memory }, cell)).rejects.toMatchObject({ code });
    expect(memory.kept).toHaveLength(1);
  });

  it('refuses the checkpoint of another log that is trusted too', async () => {
    const other = signerOf('other.example/x', 5);
    const cell = openSmallCell();
    const transport = async () => ({
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body: encodeUtf8(noteOf(cell.heads, other)),
    });
    const failed = openWorld({ trust: trustOf(LOG, other), origin: ORIGIN, transport }, cell);
    await expect(failed).rejects.toMatchObject({ code: 'CHECKPOINT_WRONG_ORIGIN' });
  });

  it('refuses when a shorter log says nothing about it', async () => {
    const cell = openSmallCell();
    const memory = openMemory([checkpointOf([...cell.heads, termHead(9)])]);
    const transport = async () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: encodeUtf8(JSON.stringify({ checkpoint: noteOf(cell.heads, LOG), from: 4, size: 3, hashes: [] })),
    });
    await expect(openWorld({ memory, transport }, cell)).rejects.toMatchObject({ code: 'ROLLED_BACK' });
  });

  it.each([
    ['a key that is none', { key: 'Bearer x\r\n' }, 'CLIENT_MISUSED'],
    [
      'a trust of two logs and no word which',
      { trust: trustOf(LOG, signerOf('other.example/x', 5)) },
      'CLIENT_MISUSED',
    ],
    ['a log that is not trusted', { origin: 'other.example/x' }, 'NO_TRUST'],
    ['a trust with another key', { trust: trustOf(signerOf(ORIGIN, 5)) }, 'NOTE_NOT_SIGNED'],
    ['an executor that is no id', { executor: 'me' }, 'CLIENT_MISUSED'],
  ])('refuses %s', async (_, options, code) => {
    await expect(openWorld(options)).rejects.toMatchObject({ code });
  });

  it('refuses a memory that fails, and does not repeat its words', async () => {
    const memory: CheckpointMemory = {
      largest: async () => null,
      remember: async () => {
        throw new Error(KEY);
      },
    };
    const failure: unknown = await openWorld({ memory }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'MEMORY_FAILED' });
    expect(String(failure)).not.toContain(KEY);
  });
});

describe('an answer on a larger log', () => {
  it('is remembered before it is given', async () => {
    const world = await openWorld();
    await world.client.propose(PROPOSAL);
    expect(world.memory.kept.at(-1)).toEqual(checkpointOf(world.cell.heads));
  });

  it('is refused while it cannot be remembered', async () => {
    const kept: RememberedCheckpoint[] = [];
    const memory = openMemory(kept);
    let fails = false;
    const remember: CheckpointMemory['remember'] = async (checkpoint) => {
      if (fails) throw new Error('no space');
      kept.push(checkpoint);
    };
    const { client } = await openWorld({ memory: { ...memory, remember } });
    fails = true;
    expect(await client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code: 'MEMORY_FAILED' });
    fails = false;
    expect(await client.propose(PROPOSAL)).toMatchObject({ verdict: 'ALLOW' });
  });

  it('is linked to what was seen before after 64 of them', async () => {
    const { client, cell } = await openWorld();
    for (let count = 0; count < 63; count += 1) await client.propose(PROPOSAL);
    expect(asked(cell, 'getConsistency')).toBe(0);
    await client.propose(PROPOSAL);
    // From what was linked last, from what was remembered before, and from the answer itself.
    expect(asked(cell, 'getConsistency')).toBe(3);
  });

  it('is linked after a minute, and when the clock was set back', async () => {
    const { client, cell } = await openWorld();
    cell.now_ms += 60_000;
    await client.propose(PROPOSAL);
    expect(asked(cell, 'getConsistency')).toBe(2);
    cell.now_ms -= 1;
    await client.propose(PROPOSAL);
    expect(asked(cell, 'getConsistency')).toBe(4);
  });

  it('is refused when its log forked since, and everything is from then on', async () => {
    const { client, cell } = await openWorld();
    cell.heads.splice(0, 1, termHead(9));
    // Larger, signed, and on its signature alone believed for a while.
    expect(await client.propose(PROPOSAL)).toMatchObject({ verdict: 'ALLOW' });
    cell.now_ms += 60_000;
    expect(await client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code: 'FORKED' });
    cell.heads.splice(0, 1, termHead(0));
    expect(await client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code: 'FORKED' });
  });

  it('is refused when what another client saw is not continued', async () => {
    const { client, cell, memory } = await openWorld();
    memory.kept.push(checkpointOf([...cell.heads.slice(1), termHead(8), termHead(9)]));
    cell.now_ms += 60_000;
    for (let count = 0; count < 3; count += 1) cell.append(termHead(10 + count));
    expect(await client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code: 'FORKED' });
  });

  it('is refused, and the next one asked again, when the log does not show that it continues', async () => {
    const world = await openWorld();
    world.cell.now_ms += 60_000;
    world.lie = (answer, id) => (id === 'getConsistency' ? refuse('UNAVAILABLE') : answer);
    expect(await world.client.propose(PROPOSAL)).toMatchObject({
      verdict: 'BLOCK',
      code: 'CONSISTENCY_MISSING',
    });
    world.lie = (answer) => answer;
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'ALLOW' });
  });

  it('is not held to be another log when the key is no longer good', async () => {
    const world = await openWorld();
    world.cell.now_ms += 60_000;
    world.lie = (answer, id) => (id === 'getConsistency' ? refuse('UNAUTHENTICATED') : answer);
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code: 'UNAUTHENTICATED' });
  });

  it('is refused when the hashes between are others', async () => {
    const world = await openWorld();
    world.cell.now_ms += 60_000;
    world.lie = (answer, id) =>
      id === 'getConsistency' ? changeJson(answer, (value) => ({ ...value, hashes: [] })) : answer;
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code: 'FORKED' });
  });

  it('may come before an older one that was in flight', async () => {
    const world = await openWorld();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let first = true;
    world.lie = async (answer, id) => {
      if (id === 'proposeAction' && first) {
        first = false;
        await held;
      }
      return answer;
    };
    const slow = world.client.propose(PROPOSAL);
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'ALLOW' });
    release();
    expect(await slow).toMatchObject({ verdict: 'ALLOW' });
    expect(world.memory.kept.at(-1)?.size).toBe(5n);
  });

  it('may show another tree of its size to two requests in flight, and then nothing more', async () => {
    const world = await openWorld();
    const { cell } = world;
    // The first is answered on this log, the second on another one that is just as large.
    const fork = openSmallCell();
    fork.decision = { wall: 2 };
    let count = 0;
    world.lie = (answer, id) => {
      if (id !== 'proposeAction' || (count += 1) === 1) return answer;
      return fork.answer(cell.requests.at(-1)?.request ?? fail());
    };
    const both = await Promise.all([world.client.propose(PROPOSAL), world.client.propose(PROPOSAL)]);
    expect(both.map(({ verdict }) => verdict)).toEqual(['ALLOW', 'BLOCK']);
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code: 'FORKED' });
  });
});

const fail = (): never => {
  throw new Error('nothing was asked');
};
