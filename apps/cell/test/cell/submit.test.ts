import { readFileSync } from 'node:fs';
import { propose, submit } from '@writ/cell';
import type { Answer } from '@writ/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CellWorld, createWorld, proposalOf } from './world.ts';

type Value = Readonly<Record<string, unknown>>;
type Case = { readonly reason: string; readonly of: string; readonly value: Value };

function commandsOf(name: 'valid' | 'invalid'): readonly Case[] {
  const url = new URL(`../../../../vectors/contract/${name}.json`, import.meta.url);
  const { cases } = JSON.parse(readFileSync(url, 'utf8')) as { readonly cases: readonly Case[] };
  return cases.filter((one) => one.of === 'command');
}

/** What no member of a command may be, or what one of them may and the others not. */
const GARBAGE = [undefined, null, -1, 0.5, Number.NaN, '', '\u2603', [], [null], {}, () => 1, 1n];

const PREPARED = new Set(['register_namespace', 'register_tool', 'register_policy', 'erase']);

let world: CellWorld;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.destroy();
});

/** As a careless door hands it in. */
async function send(value: unknown): Promise<Answer> {
  return (await submit(world.cell, value as Parameters<typeof submit>[1])).answer;
}

async function expectRefused(value: unknown, code = 'INVALID_COMMAND'): Promise<void> {
  expect(await send(value)).toEqual({ kind: 'refused', index: null, code, drift: [], reasons: [] });
}

describe('submit()', () => {
  it.each([null, undefined, 1, 'freeze', [], {}, { kind: 'nothing' }, { kind: '__proto__' }, { kind: {} }])(
    'refuses %j, which is no command',
    (value) => expectRefused(value),
  );

  it.each(commandsOf('invalid'))('refuses what is not valid: $reason', ({ value }) => expectRefused(value));

  it('refuses what only the cell says to itself', async () => {
    const own = commandsOf('valid').filter(({ value }) => !('by' in value));
    expect(own.map(({ value }) => value['kind'])).toContain('quarantine');
    for (const { value } of own) await expectRefused(value);
  });

  it.each(commandsOf('valid').filter(({ value }) => PREPARED.has(String(value['kind']))))(
    'refuses $reason, whose keys or blobs nobody prepared',
    ({ value }) => expectRefused({ ...value, by: world.settings.operator }),
  );

  it.each(commandsOf('valid').filter(({ value }) => 'by' in value))(
    'refuses $reason with a member too few or too many, and answers whatever they are',
    async ({ value }) => {
      const known = { ...value, by: world.settings.operator };
      await expectRefused({ ...known, also: 1 });
      for (const member of Object.keys(known)) {
        const { [member]: _without, ...rest } = known as Value;
        await expectRefused(rest);
        for (const garbage of GARBAGE) {
          const { kind } = await send({ ...known, [member]: garbage });
          expect(['refused', 'repeat', 'done', 'judged']).toContain(kind);
        }
      }
    },
  );

  it('refuses a text that no record can hold with RECORD_TOO_LARGE, and no other one', async () => {
    const outcome = commandsOf('valid').find(({ value }) => value['kind'] === 'outcome')?.value;
    await expectRefused({ ...outcome, sealed: `"${'x'.repeat(48 * 1024)}"` }, 'RECORD_TOO_LARGE');
    await expectRefused({ ...outcome, sealed: 1 });
  });

  it('leaves a cell that goes on', async () => {
    expect(world.cell.running.phase()).toBe('open');
    expect((await propose(world.cell, proposalOf(world, {}))).answer).toMatchObject({ verdict: 'ALLOW' });
    world = await world.reopen();
    expect((await propose(world.cell, proposalOf(world, {}))).answer).toMatchObject({ verdict: 'ALLOW' });
  });
});
