import { beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld } from '../furnished.ts';
import { SETUP_MS, type World } from '../run-writ.ts';
import { serveWorld } from '../serving.ts';

let world: World;
beforeAll(async () => {
  world = await furnishedWorld();
}, SETUP_MS);

describe('writ explain', () => {
  it('tells of what would wait for a person who could lift it, and of each rule', async () => {
    const { exit, out } = await world.writ('explain', 'publish.json');
    expect(exit).toBe(0);
    expect(out).toMatch(/^would be ESCALATE: RULE_ESCALATE/);
    expect(out).toContain('people can lift all that stands in its way');
    expect(out).toMatch(
      /gate 6 rules +ESCALATE RULE_ESCALATE, rule publish-asks: liftable, by 1 of whoever may approve/,
    );
    expect(out).toContain('rule all matches: ALLOW');
    expect(out).not.toMatch(/act_|tkt_/);
  });

  it('shows the view of the agent without rules', async () => {
    const { exit, value } = await world.json('explain', 'publish.json', '--agent');
    expect(exit).toBe(0);
    expect(value).toMatchObject({ verdict: 'ESCALATE', outlook: 'liftable', recorded: null });
    expect(JSON.stringify(value)).not.toMatch(/publish-asks|"rules?":|"lift"|"risk"/);
  });

  it('agrees with what is then proposed, and with its record', async () => {
    const told = (await world.json('explain', 'read.json')).value;
    const proposed = (await world.json('propose', 'read.json')).value.answer;
    expect(proposed).toMatchObject({ verdict: 'ALLOW', code: 'ALLOWED' });
    expect(told).toMatchObject({ verdict: 'ALLOW', code: 'ALLOWED', outlook: 'allowed' });
    const { exit, out } = await world.writ('explain', proposed.id);
    expect(exit).toBe(0);
    expect(out).toMatch(/^ALLOW: ALLOWED/);
    expect(out).toContain(`action ${proposed.id}, record`);
  });

  it('leaves a record of who asked and how often, and none of what was asked', async () => {
    await world.prepare('explain', 'read.json');
    const { out } = await world.quick('log', 'show', '--limit', '3');
    const said = out.split('\n').map((line) => line.replace(/^.*(?=questions)/, '').replace(/ask_\w+/, ''));
    expect(said[0]).toMatch(/^questions +open$/);
    expect(said[1]).toMatch(/^questions +close, 1 explained, 0 weighed$/);
    expect(said[2]).toContain(' term ');
  });
});

describe('writ explain, while the cell is served', () => {
  it("is asked with the operator's key, or the agent's own where that may explain", async () => {
    const profile = { scopes: ['commit', 'explain', 'outcome', 'propose'] };
    world.file('curious.json', JSON.stringify(profile));
    await world.prepare('principal', 'add', 'agent', 'curious', '--profile', 'curious.json');
    const served = await serveWorld(world);
    const { exit, value } = await world.json('explain', 'publish.json', '--as', 'bot');
    expect({ exit, value }).toMatchObject({
      exit: 0,
      value: { rules: [{ rule: 'all' }, { rule: 'publish-asks' }] },
    });
    const own = await world.json('explain', 'publish.json', '--as', 'curious', '--agent');
    expect({ exit: own.exit, rules: 'rules' in own.value }).toEqual({ exit: 0, rules: false });
    const refused = await world.json('explain', 'publish.json', '--as', 'bot', '--agent');
    expect(refused).toMatchObject({ exit: 1, value: { code: 'INSUFFICIENT_AUTHORITY' } });
    await served.end('SIGTERM');
  });
});
