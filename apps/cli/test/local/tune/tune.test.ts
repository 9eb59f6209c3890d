import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { callLine, REFUSED, resultLine, writeTranscript } from '../../history/transcripts.ts';
import { makeWorld, SETUP_MS, type World } from '../../run-writ.ts';

const POLICY = `# ours
version: 1
name: team
packs: [coding]
rules: []
`;

let world: World;

beforeAll(() => {
  world = makeWorld();
  const fetches = (host: string) =>
    [1, 2, 3].map((at) =>
      callLine({
        use: `${host}-${at}`,
        tool: 'WebFetch',
        input: { url: `https://${host}/page/${at}`, prompt: 'read' },
        directory: world.directory,
      }),
    );
  writeTranscript(world.directory, 'p/s.jsonl', [
    ...fetches('docs.example.net'),
    ...fetches('webhook.site'),
    ...fetches('refused.example.net'),
    resultLine('refused.example.net-2', REFUSED, true),
    ...fetches('once.example.net').slice(0, 1),
    callLine({ use: 'u', tool: 'Bash', input: { command: 'sudo true' }, directory: world.directory }),
  ]);
  world.file('team.yaml', POLICY);
}, SETUP_MS);

describe('writ tune', () => {
  it('proposes what was asked about again and again, and nothing that lets an attack through', async () => {
    const { exit, value } = await world.json('tune', 'team.yaml', '--out', 'new.yaml');
    expect(exit).toBe(0);
    expect(value).toMatchObject({
      asked: 11,
      still_asked: 8,
      accepted: [{ list: 'hosts', name: 'docs.example.net', asked: 3, projects: 1 }],
      dropped: [{ name: 'webhook.site', attack: expect.stringContaining('webhook.site') }],
      diff: { removed: [], added: ['lists:', '  hosts:', "    - 'docs.example.net'"] },
    });
    const text = readFileSync(join(world.directory, 'new.yaml'), 'utf8');
    expect(text).toBe(POLICY.replace('team\n', "team\nlists:\n  hosts:\n    - 'docs.example.net'\n"));
    expect(readFileSync(join(world.directory, 'team.yaml'), 'utf8')).toBe(POLICY);
    // What was written is what asks less.
    const after = await world.json('history', '--policy', 'new.yaml');
    expect(after.value).toMatchObject({ fates: { silent: 3, asked: 8 } });
  });

  it('puts nothing in force without being told which policy is', async () => {
    const { exit, error } = await world.quick('tune', '--apply');
    expect([exit, error]).toEqual([2, expect.stringContaining('--apply wants the FILE')]);
  });

  it('has nothing to propose where nothing was asked often enough', async () => {
    const { exit, out } = await world.quick('tune', 'team.yaml', '--least', '4');
    expect([exit, out]).toEqual([0, expect.stringContaining('nothing to propose')]);
  });
});

describe('writ tune --apply', () => {
  it('puts the new policy in force, as a record', async () => {
    await world.prepare('init');
    await world.prepare('policy', 'set', 'team.yaml', '--packs');
    const { exit, value } = await world.json('tune', 'team.yaml', '--apply');
    expect(exit).toBe(0);
    expect(value).toMatchObject({ index: expect.any(Number) });
  });
});
