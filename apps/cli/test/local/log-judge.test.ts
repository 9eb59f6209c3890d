import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Cell,
  eraseNamespace,
  openCell,
  type ProposalToUnderstand,
  proposeUnderstood,
  resolveHome,
} from '@writ/cell';
import { beforeEach, describe, expect, it } from 'vitest';
import { furnishedWorld } from '../furnished.ts';
import { SETUP_MS, type World } from '../run-writ.ts';

let world: World;

beforeEach(async () => {
  world = await furnishedWorld();
  await world.prepare('propose', 'read.json', '--claim', '--out', 'a.receipt');
  await world.prepare('propose', 'other.json', '--out', 'b.writ');
}, SETUP_MS);

/**
 * What a person with the keys does by other means than this program: all that the namespace sealed is gone.
 */
async function erase(): Promise<void> {
  await inCell(async (cell) => {
    const [ns = ''] = [...cell.running.state().namespaces.keys()].slice(-1);
    const { answer } = await eraseNamespace(cell, { by: cell.settings.operator, ns });
    expect(answer.kind).toBe('done');
  });
}

async function inCell(act: (cell: Cell) => Promise<void>): Promise<void> {
  const home = resolveHome({ WRIT_HOME: world.home }, world.directory);
  const clock = { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() };
  const cell = await openCell(home, { clock, report: () => {} });
  await act(cell);
  await cell.close();
}

function proposalOf(by: string): ProposalToUnderstand {
  return {
    by,
    session: 'a session',
    action: { tool: 'files.read', args: { path: 'c.md' }, why: '', claims: [], evidence: [] },
    scene: null,
    declared: null,
    idempotency: null,
    claim: null,
    met_obligations: null,
  };
}

describe('writ log judge', () => {
  it('ends with 0 when everything comes out the same, of all or of a range', async () => {
    const { exit, value } = await world.json('log', 'judge');
    const undecidable = { ERASED: 0, ENGINE: 0, POLICY_MISSING: 0, RECALL_MISSING: 0 };
    expect({ exit, value }).toMatchObject({
      exit: 0,
      value: { exit: 0, from: 0, same: 3, different: 0, undecidable, first_difference: null },
    });
    const text = await world.quick('log', 'judge');
    expect(text.out).toMatch(/3 come out the same/);
    const part = await world.json('log', 'judge', '--from', '0', '--limit', '3');
    expect(part).toMatchObject({ exit: 0, value: { from: 0, to: 3, same: 0 } });
    const beyond = await world.json('log', 'judge', '--from', '100000');
    expect(beyond).toMatchObject({ exit: 2, value: { code: 'USAGE' } });
  });

  it('understands again from the originals when it is asked to', async () => {
    await inCell(async (cell) => {
      const { principals } = cell.running.state();
      const agent = [...principals.values()].find(({ definition }) => definition.kind === 'agent');
      const { answer } = await proposeUnderstood(cell, proposalOf(agent?.id ?? ''));
      expect(answer.kind).toBe('judged');
    });
    const { exit, value } = await world.json('log', 'judge', '--understand');
    // The others were handed in with an understanding.
    const undecidable = { ERASED: 0, ENGINE: 0, TOOL_MISSING: 0, NOT_UNDERSTOOD: 2 };
    const understood = { same: 1, different: 0, undecidable, first_difference: null };
    expect({ exit, value }).toMatchObject({ exit: 2, value: { same: 4, different: 0, understood } });
    const text = await world.quick('log', 'judge', '--understand');
    expect(text.out).toMatch(/1 mean the same from their originals/);
    expect(text.out).toMatch(/2 cannot be understood again: their callers said themselves/);
    expect((await world.json('log', 'judge')).value).toMatchObject({ understood: null });
  });

  it('ends with 1 and names the first record that differs', async () => {
    const parts = join(world.home, 'state', 'cell', 'parts');
    const [segment = ''] = readdirSync(parts).filter((name) => name.endsWith('.parts'));
    const bytes = readFileSync(join(parts, segment));
    // The last sealed part is that of the last decision.
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFileSync(join(parts, segment), bytes);
    const { exit, value } = await world.json('log', 'judge');
    expect({ exit, value }).toMatchObject({
      exit: 1,
      value: { same: 2, different: 1, first_difference: { kind: 'decision', members: ['parts.sealed'] } },
    });
    const text = await world.quick('log', 'judge');
    expect(text.exit).toBe(1);
    expect(text.out).toContain(`the first is record ${value.first_difference?.index}, decision act_`);
  });

  it('ends with 2 when none differs and some cannot be judged any more', async () => {
    await erase();
    const { exit, value } = await world.json('log', 'judge');
    expect({ exit, value }).toMatchObject({
      exit: 2,
      value: { same: 0, different: 0, undecidable: { ERASED: 3 }, first_undecidable: { code: 'ERASED' } },
    });
    expect((await world.quick('log', 'judge')).out).toMatch(/3 cannot be judged again: erased/);
  });
});
