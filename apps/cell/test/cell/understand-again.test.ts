import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  eraseAction,
  judgeAgain,
  type ProposalToUnderstand,
  propose,
  type Proposed,
  proposeUnderstood,
} from '@writ/cell';
import type { JsonObject } from '@writ/contract';
import type { UnderstoodAgain } from '@writ/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CellWorld, createWorld, proposalOf } from './world.ts';

let world: CellWorld;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.destroy());

function ask(args: JsonObject, change: Partial<ProposalToUnderstand> = {}): Promise<Proposed> {
  const { understanding: _untold, ...plain } = proposalOf(world, args);
  return proposeUnderstood(world.cell, { ...plain, declared: null, ...change });
}

async function understood(cell = world.cell): Promise<readonly (UnderstoodAgain | null)[]> {
  const all: (UnderstoodAgain | null)[] = [];
  for await (const batch of judgeAgain(cell, { from: 0, to: Number.MAX_SAFE_INTEGER, understand: true }))
    all.push(...batch.judged.map((one) => one.understood));
  return all;
}

const SAME = { kind: 'same' } as const;

function undecidable(code: string) {
  return { kind: 'undecidable', code };
}

describe('judgeAgain(), asked to understand', () => {
  it('judgeAgain() understands the same from the originals, also after a restart', async () => {
    const scene = { directory: '/w', roots: ['/w'], shell: 'bash', items: [] };
    await ask({ path: 'a' });
    await ask(
      { path: 'b' },
      { scene, declared: { risk: 900_000, findings: [{ code: 'opaque', where: '' }] } },
    );
    await ask({ path: 'write to zoe@example.org', text: 'password=hunter22hunter22' });
    await ask({ path: `${world.directory}/state/cell` });
    await ask({ undeclared: 1 });
    await ask({}, { action: { tool: 'nobody.declared', args: {}, why: '', claims: [], evidence: [] } });
    const all = await understood();
    expect(all.length).toBeGreaterThan(5);
    expect(new Set(all.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(SAME)]));
    world = await world.reopen();
    expect(await understood()).toEqual(all);
  });

  it('judgeAgain() says where a trusted caller said itself what its action means', async () => {
    await propose(world.cell, proposalOf(world, { path: 'a' }));
    expect(await understood()).toEqual([undecidable('NOT_UNDERSTOOD')]);
  });

  it('judgeAgain() says erased for what was erased', async () => {
    const { proven } = await ask({ path: 'a' });
    await ask({ path: 'b' });
    const by = world.settings.operator;
    await eraseAction(world.cell, { by, ns: world.ns, index: proven?.index ?? -1 });
    expect(await understood()).toEqual([undecidable('ERASED'), SAME]);
  });

  it('judgeAgain() says that the definition of a tool is lost', async () => {
    await ask({ path: 'a' });
    world = await world.reopen();
    const blobs = join(world.directory, 'state', 'cell', 'blobs');
    const names = readdirSync(blobs, { recursive: true, withFileTypes: true });
    for (const entry of names.filter((one) => one.isFile())) rmSync(join(entry.parentPath, entry.name));
    expect(await understood()).toEqual([undecidable('TOOL_MISSING')]);
  });

  it('judgeAgain() says engine where that is not archived, or is one that does not understand', async () => {
    await ask({ path: 'a' });
    const engines = join(world.directory, 'others');
    mkdirSync(engines);
    expect(await understood({ ...world.cell, engines })).toEqual([undecidable('ENGINE')]);
    writeFileSync(join(engines, `${world.cell.ports.engine.digest}.mjs`), 'export const openEngine = 1;');
    expect(await understood({ ...world.cell, engines })).toEqual([undecidable('ENGINE')]);
  });

  it('judgeAgain() understands nothing when nobody asks', async () => {
    await ask({ path: 'a' });
    const all: unknown[] = [];
    for await (const { judged } of judgeAgain(world.cell, { from: 0, to: Number.MAX_SAFE_INTEGER }))
      all.push(...judged.map((one) => one.understood));
    expect(all).toEqual([null]);
  });
});
