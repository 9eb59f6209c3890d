import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commit, propose } from '@writ/cell';
import { printJson } from '@writ/proof';
import { createWorld, proposalOf } from '../cell/world.ts';
import { temporaryDirectory } from '../home/temporary.ts';
import { findLost } from './find-lost.ts';
import { type Acknowledged, checkpointIn } from './load-lines.ts';
import { readStore, type StoredLog } from './read-store.ts';

type Case = { readonly name: string; readonly lost: RegExp; change(all: Seen): Partial<Seen> };
type Seen = { readonly log: StoredLog; readonly acknowledged: readonly [Acknowledged, Acknowledged] };

const CASES: readonly Case[] = [
  {
    name: 'a record that is missing',
    lost: /: missing$/m,
    change: ({ log }) => ({ log: { ...log, heads: log.heads.slice(0, -1) } }),
  },
  {
    name: 'other bytes in its place',
    lost: /: other bytes$/m,
    change: ({ log }) => ({
      log: { ...log, heads: log.heads.map((head) => head.replace(/"time":\d/, '"time":3')) },
    }),
  },
  {
    name: 'a checkpoint of another log',
    lost: /the checkpoint at \d+ is not one of this log/,
    change: ({ log }) => ({ log: { ...log, roots: new Map() } }),
  },
  {
    name: 'a writ that is spent twice',
    lost: /is spent at \d+ and at \d+/,
    change: ({ log }) => ({ log: { ...log, heads: [...log.heads, log.heads.at(-1) ?? ''] } }),
  },
  {
    name: 'two attempts that were both told a receipt',
    lost: /was spent by first and other/,
    change: ({ acknowledged: [, spent] }) => ({ acknowledged: [spent, { ...spent, attempt: 'other' }] }),
  },
];

test('findLost() finds nothing in what is whole, and each kind of loss', async () => {
  const world = await createWorld();
  const args = { path: 'notes.md' };
  const decided = await propose(world.cell, proposalOf(world, args));
  const call = { id: decided.id, path: args.path, attempt: 'first' };
  const args_text = printJson(args);
  const spent = await commit(world.cell, {
    by: world.agent,
    id: decided.id,
    attempt: 'first',
    target: null,
    args_text,
    scene: null,
  });
  const log = readStore(world.directory, join(temporaryDirectory(), 'copy'));
  await world.destroy();
  const told = (what: Acknowledged['what'], { answer, proven }: typeof spent): Acknowledged => {
    if (proven === null) throw new Error('nothing was recorded');
    const proved = { ...proven, digest: '', ...checkpointIn(proven.proof) };
    return { what, ...call, kind: answer.kind, verdict: null, code: null, proved };
  };
  const seen: Seen = { log, acknowledged: [told('propose', decided), told('commit', spent)] };
  expect(findLost(seen.log, seen.acknowledged)).toEqual([]);
  for (const { name, lost, change } of CASES) {
    const changed = { ...seen, ...change(seen) };
    expect([name, ...findLost(changed.log, changed.acknowledged)].join('\n')).toMatch(lost);
  }
});
