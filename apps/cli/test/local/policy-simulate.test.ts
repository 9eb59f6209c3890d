import { beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld, POLICY } from '../furnished.ts';
import { SETUP_MS, type World } from '../run-writ.ts';

let world: World;

beforeAll(async () => {
  world = await furnishedWorld();
  await world.prepare('propose', 'read.json');
  // It waits for a person, which is no success.
  const { exit } = await world.quick('propose', 'publish.json');
  if (exit !== 1) throw new Error('publishing was expected to ask');
}, SETUP_MS);

async function simulate(text: string) {
  world.file('other.yaml', text);
  return world.quick('policy', 'simulate', 'other.yaml');
}

describe('writ policy simulate', () => {
  it('ends with 0 under the policy that decided', async () => {
    const { exit, out } = await simulate(POLICY);
    expect([exit, out]).toEqual([0, expect.stringContaining('2 come out the same')]);
  });

  it('ends with 1 and names what would have been looser, first', async () => {
    const looser = POLICY.slice(0, POLICY.indexOf('  - id: publish-asks'));
    const { exit, out } = await simulate(looser);
    expect(exit).toBe(1);
    expect(out).toMatch(/^1 ESCALATE → ALLOW$/m);
    expect(out).toMatch(/^ {2}record \d+ .?site\.publish.?: ESCALATE RULE_ESCALATE becomes ALLOW ALLOWED$/m);
    expect(out).toMatch(/^1 would have been looser$/m);
  });

  it('ends with 0 where it only tightens, and changes nothing of the log', async () => {
    const before = await world.quick('log', 'show', '--limit', '1');
    const stricter = POLICY.replace('tools: [files.read, site.publish]', 'tools: [site.publish]').replace(
      '- { tool: files.read, effects: [READ_REPO], expect: ALLOW }',
      '- { effects: [READ_REPO], expect: ESCALATE }',
    );
    const { exit, out } = await simulate(stricter);
    expect([exit, out]).toEqual([0, expect.stringMatching(/^1 ALLOW → BLOCK$/m)]);
    // Opening the store is a record of its own; no judgment is.
    const { value } = await world.json('policy', 'simulate', 'other.yaml');
    expect(value).toMatchObject({ same: 1, stricter: [{ tool: 'files.read' }], looser: [] });
    expect(before.exit).toBe(0);
  });

  it('ends with 2 where the policy asks what was not read then', async () => {
    const asking = POLICY.replace(
      'verdict: ALLOW\n',
      "verdict: ALLOW\n    when: count('tool', tool, 60) < 5\n",
    );
    const { exit, out } = await simulate(asking);
    expect([exit, out]).toEqual([
      2,
      expect.stringContaining('2 cannot be judged: the policy asks what was not read then'),
    ]);
  });

  it('ends with 2 for a policy that does not load', async () => {
    expect((await simulate('version: 3\n')).exit).toBe(2);
  });
});
