import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Cell,
  commit,
  eraseAction,
  eraseNamespace,
  judgeAgain,
  type JudgedAgain,
  propose,
  registerPolicy,
  release,
  submit,
} from '@writ/cell';
import { printJson } from '@writ/proof';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CellWorld, createWorld, POLICY, proposalOf } from './world.ts';

let world: CellWorld;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.destroy());

const ARGS = { path: 'notes.md' };
const LAST = Number.MAX_SAFE_INTEGER;
const NEVER = POLICY.replaceAll('verdict: ALLOW', 'verdict: BLOCK').replaceAll(
  /expect: \w+/g,
  'expect: BLOCK',
);

async function judged(cell: Cell = world.cell, from = 0, to = LAST): Promise<readonly JudgedAgain[]> {
  const all: JudgedAgain[] = [];
  for await (const batch of judgeAgain(cell, { from, to })) all.push(...batch.judged);
  return all;
}

const said = (all: readonly JudgedAgain[]) => all.map(({ head, again }) => [head.kind, again]);

async function spend(): Promise<{ readonly id: string; readonly index: number }> {
  const { id, proven } = await propose(world.cell, proposalOf(world, ARGS));
  await commit(world.cell, {
    by: world.agent,
    id,
    attempt: 'x',
    target: null,
    args_text: printJson(ARGS),
    scene: null,
  });
  return { id, index: proven?.index ?? -1 };
}

/** An escalation that a person approved and its agent released. */
async function approve(): Promise<void> {
  const { cell, agent, person } = world;
  const asked = await propose(cell, proposalOf(world, ARGS, { tool: 'mail.send' }));
  if (asked.answer.kind !== 'judged' || asked.answer.ticket === null) throw new Error('no ticket');
  const { id: ticket, binding } = asked.answer.ticket;
  if (binding === null) throw new Error('no binding');
  const answer = {
    kind: 'approve',
    by: person,
    ticket,
    binding,
    proof_of_person: 'p1',
    sealed: '{}',
  } as const;
  await submit(cell, answer);
  const released = await release(cell, { by: agent, ticket, scene: null, claim: null });
  expect(released.answer).toMatchObject({ kind: 'judged', verdict: 'ALLOW' });
}

describe('judgeAgain()', () => {
  it('judgeAgain() gives the same for decisions, releases and commits, also after a restart', async () => {
    await spend();
    await approve();
    await propose(world.cell, proposalOf(world, { unknown: 'argument' }));
    const same = { kind: 'same' };
    const kinds = ['decision', 'commit', 'decision', 'release', 'decision'].map((kind) => [kind, same]);
    expect(said(await judged())).toEqual(kinds);
    world = await world.reopen();
    expect(said(await judged())).toEqual(kinds);
  });

  it('judgeAgain() judges by the policy of then, and says when that is lost', async () => {
    const { index } = await spend();
    const by = world.settings.operator;
    const blobs = join(world.directory, 'state', 'cell', 'blobs');
    const before = new Set(readdirSync(blobs, { recursive: true, encoding: 'utf8' }));
    expect((await registerPolicy(world.cell, { by, ns: world.ns, text: NEVER })).kind).not.toBe('refused');
    world = await world.reopen();
    const [decision, spent] = await judged();
    expect([decision?.again, spent?.again]).toEqual([{ kind: 'same' }, { kind: 'same' }]);
    expect(decision?.index).toBe(index);
    for (const name of before) rmSync(join(blobs, name), { force: true, recursive: true });
    expect((await judged()).map(({ again }) => again)).toEqual([
      { kind: 'undecidable', code: 'POLICY_MISSING' },
      { kind: 'undecidable', code: 'POLICY_MISSING' },
    ]);
  });

  it('judgeAgain() says erased for what was erased: an action and its commit, then a namespace', async () => {
    const { index } = await spend();
    await spend();
    const by = world.settings.operator;
    await eraseAction(world.cell, { by, ns: world.ns, index });
    const [erased, same] = [{ kind: 'undecidable', code: 'ERASED' }, { kind: 'same' }];
    expect((await judged()).map(({ again }) => again)).toEqual([erased, erased, same, same]);
    await eraseNamespace(world.cell, { by, ns: world.ns });
    world = await world.reopen();
    expect((await judged()).map(({ again }) => again)).toEqual([erased, erased, erased, erased]);
  });

  it('judgeAgain() finds a sealed part that was changed, wherever the byte stands', async () => {
    await spend();
    await world.cell.close();
    const parts = join(world.directory, 'state', 'cell', 'parts');
    const [segment = ''] = readdirSync(parts).filter((name) => name.endsWith('.parts'));
    const bytes = readFileSync(join(parts, segment));
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFileSync(join(parts, segment), bytes);
    world = await world.reopen();
    expect(said(await judged())).toEqual([
      ['decision', { kind: 'same' }],
      ['commit', { kind: 'differs', members: ['parts.sealed'] }],
    ]);
  });

  it('judgeAgain() says engine where the one that decided is not archived, or is altered', async () => {
    await spend();
    const engines = join(world.directory, 'others');
    mkdirSync(engines);
    const gone = { kind: 'undecidable', code: 'ENGINE' };
    expect((await judged({ ...world.cell, engines })).map(({ again }) => again)).toEqual([gone, gone]);
    writeFileSync(join(engines, `${world.cell.ports.engine.digest}.mjs`), 'export const openEngine = 1;');
    expect((await judged({ ...world.cell, engines })).map(({ again }) => again)).toEqual([gone, gone]);
  });

  it('judgeAgain() keeps to its range, in the middle of a batch too', async () => {
    await Promise.all(Array.from({ length: 20 }, () => propose(world.cell, proposalOf(world, ARGS))));
    const all = (await judged()).map(({ index }) => index);
    expect(all).toHaveLength(20);
    const [from = 0, to = 0] = [all[3], all[17]];
    expect((await judged(world.cell, from, to)).map(({ index }) => index)).toEqual(all.slice(3, 17));
  });
});
