import { describe, expect, it } from 'vitest';
import { changeJson } from '../support/lies.ts';
import { idOf } from '../support/small-cell.ts';
import { openWorld } from '../support/world.ts';

const ID = idOf('act', 3);
const REPORT = { status: 'succeeded', attested_by: 'agent' } as const;

describe('reportOutcome()', () => {
  it('says that it is recorded when the record is proved', async () => {
    const { client } = await openWorld();
    expect(await client.reportOutcome(ID, REPORT)).toMatchObject({
      verdict: 'RECORDED',
      id: ID,
      proven: { head: expect.stringContaining('"kind":"outcome"') },
    });
  });

  it.each([
    ['another status', { status: 'failed' }, 'ANSWER_CONTRADICTS'],
    ['another witness of it', { attested_by: 'runner' }, 'ANSWER_CONTRADICTS'],
    ['another action', { id: idOf('act', 9) }, 'ACTION_MISMATCH'],
  ])('refuses a record of %s', async (_, change, code) => {
    const { client, cell } = await openWorld();
    cell.outcome = change;
    expect(await client.reportOutcome(ID, REPORT)).toMatchObject({ verdict: 'BLOCK', code });
  });

  it('refuses an answer without proof, and one with a record of another kind', async () => {
    const world = await openWorld();
    const { client, cell } = world;
    for (const [proven, code] of [
      [null, 'ANSWER_UNPROVEN'],
      [cell.proven(0), 'KIND_MISMATCH'],
    ] as const) {
      world.lie = (answer) =>
        changeJson(answer, (value) => ({ ...value, proven: proven === null ? null : cell.proven(0) }));
      expect(await client.reportOutcome(ID, REPORT)).toMatchObject({ verdict: 'BLOCK', code });
    }
  });
});
