import { describe, expect, it } from 'vitest';
import { makeWorld } from '../run-writ.ts';

const SOUND = `version: 1
name: team
rules:
  - id: mail
    tools: [mail.send]
    effects: { none: [DELETE] }
    verdict: ALLOW
    examples: [{ expect: ALLOW }]
  - id: many
    tools: [mail.send]
    when: has(args.to) && size(args.to) > 20
    verdict: ESCALATE
    needs: p2
    reason: to many people
    examples: [{ args: { to: [${'a, '.repeat(21)}] }, expect: ESCALATE }]
`;

const TOOL = {
  v: 1,
  name: 'mail.send',
  description: 'sends a mail',
  parameters: { type: 'object', properties: { to: { type: 'array', items: { type: 'string' } } } },
  effects: ['SEND_NOTIFICATION'],
};

const LAYER = `version: 1
name: repo
rules:
  - id: never-here
    tools: [mail.send]
    verdict: BLOCK
    reason: no mail from this repository
    examples: [{ expect: BLOCK }]
`;

const LOOSE_LAYER = LAYER.replace('verdict: BLOCK', 'verdict: ALLOW').replace(
  'expect: BLOCK',
  'expect: ALLOW',
);

const world = makeWorld();
world.file('team.yaml', SOUND);
world.file('mail.json', JSON.stringify(TOOL));
world.file('layer.yaml', LAYER);
world.file('loose.yaml', LOOSE_LAYER);

describe('writ policy lint', () => {
  it('ends with 0 when there is no error, and says what it found', async () => {
    expect(await world.json('policy', 'lint', 'team.yaml')).toEqual({
      exit: 0,
      value: {
        exit: 0,
        findings: [
          { level: 'warning', code: 'TOOL_UNKNOWN', rule: 'mail', message: 'no tool mail.send is known' },
          { level: 'warning', code: 'TOOL_UNKNOWN', rule: 'many', message: 'no tool mail.send is known' },
        ],
      },
    });
    const known = await world.quick('policy', 'lint', 'team.yaml', '--tool', 'mail.json', '--strict');
    expect(known).toEqual({ exit: 0, out: 'nothing found\n', error: '' });
    expect((await world.quick('policy', 'lint', 'team.yaml', '--strict')).exit).toBe(1);
  });

  it('ends with 1 for an error', async () => {
    world.file(
      'open.yaml',
      'version: 1\nname: open\nrules:\n' +
        "  - {id: a, tools: ['*'], verdict: ALLOW, examples: [{tool: t, expect: ALLOW}]}\n",
    );
    const { exit, out } = await world.quick('policy', 'lint', 'open.yaml');
    expect([exit, out]).toEqual([1, 'error ALLOWS_EVERYTHING a: it allows every tool, whatever it does\n']);
  });

  it('ends with 1 for a misspelt argument of a known tool, with its place', async () => {
    world.file('misspelt.yaml', SOUND.replaceAll('args.to', 'args.too'));
    const { exit, out } = await world.quick('policy', 'lint', 'misspelt.yaml', '--tool', 'mail.json');
    expect(exit).toBe(1);
    expect(out).toMatch(
      /misspelt\.yaml" does not load:\n {2}11:11 CEL_FIELD_UNKNOWN .*`too`.*for the tool mail\.send/,
    );
  });

  it('checks the arguments of the tools of this release', async () => {
    world.file('shell.yaml', SOUND.replaceAll('mail.send', 'shell.run').replaceAll('args.to', 'args.cmd'));
    const { out } = await world.quick('policy', 'lint', 'shell.yaml');
    expect(out).toMatch(/CEL_FIELD_UNKNOWN .*`cmd`/);
  });

  it('ends with 2 when there is nothing to read', async () => {
    expect((await world.quick('policy', 'lint', 'none.yaml')).exit).toBe(2);
  });
});

describe('writ policy test', () => {
  it('shows which rule decides each example', async () => {
    const { exit, out } = await world.quick('policy', 'test', 'team.yaml');
    expect(exit).toBe(0);
    expect(out.split('\n')).toEqual([
      'mail #1 mail.send: ALLOW',
      '  decided by mail ALLOW ALLOWED',
      'many #1 mail.send: ESCALATE',
      '  also mail ALLOW ALLOWED',
      '  decided by many ESCALATE RULE_ESCALATE',
      '2 examples hold',
      '',
    ]);
  });

  it('ends with 1 when one does not hold, and names the rules that decided', async () => {
    world.file('wrong.yaml', SOUND.replace('expect: ESCALATE', 'expect: BLOCK'));
    const { exit, out } = await world.quick('policy', 'test', 'wrong.yaml');
    expect(exit).toBe(1);
    expect(out).toMatch(
      /EXAMPLE_FAILED rule many: expected BLOCK, got ESCALATE \(ALLOWED mail, RULE_ESCALATE many\)/,
    );
  });

  it('shows what a layer makes of the examples below it', async () => {
    const { exit, out } = await world.quick('policy', 'test', 'team.yaml', '--narrow', 'layer.yaml');
    expect(exit).toBe(0);
    expect(out).toMatch(/^mail #1 mail\.send: BLOCK, ALLOW in its own pack$/m);
    expect(out).toMatch(/decided by repo\/never-here BLOCK RULE_BLOCK/);
  });

  it('refuses a layer that allows', async () => {
    const { exit, out } = await world.quick('policy', 'test', 'team.yaml', '--narrow', 'loose.yaml');
    expect(exit).toBe(1);
    expect(out).toMatch(/loose\.yaml" does not load:\n.*PACK_LOOSENS/);
  });
});

describe('writ policy explain', () => {
  it('says a rule in plain words', async () => {
    const { out } = await world.quick('policy', 'explain', 'team.yaml', '--rule', 'many');
    expect(out).toBe(
      'many asks a person (RULE_ESCALATE)\n  for mail.send\n' +
        '  when args.to is given and the size of args.to is more than 20\n' +
        '  asks with proof p2\n  says: to many people\n',
    );
    expect((await world.quick('policy', 'explain', 'team.yaml', '--rule', 'none')).exit).toBe(2);
  });

  it('says of an action which rules match, and why not the others', async () => {
    world.file('action.yaml', 'tool: mail.send\nargs: { to: [a, b] }\n');
    const { exit, out } = await world.quick('policy', 'explain', 'team.yaml', '--action', 'action.yaml');
    expect([exit, out]).toEqual([
      0,
      'ALLOW\n  decided by mail ALLOW ALLOWED\n' +
        '  many does not match: it is not so that the size of args.to is more than 20\n',
    ]);
    world.file('bad-action.yaml', 'args: {}\n');
    expect((await world.quick('policy', 'explain', 'team.yaml', '--action', 'bad-action.yaml')).exit).toBe(1);
  });

  it('shows what is foreign only as it can be printed', async () => {
    world.file('odd.yaml', SOUND.replace('has(args.to)', "has(args.to) && tool != '\\u001b[31m'"));
    const { out } = await world.quick('policy', 'explain', 'odd.yaml', '--rule', 'many');
    expect(out).not.toContain('\u001b');
  });
});

describe('writ policy diff', () => {
  it.each([
    [0, 'the second only tightens', SOUND.replace('needs: p2', 'needs: p3')],
    [1, 'the second loosens', SOUND.replace('needs: p2', 'needs: p1')],
    [2, 'whether the second loosens cannot be read off its rules', SOUND.replace('> 20', '> 19')],
    [0, 'both decide the same', SOUND.replace('to many people', 'too many')],
  ])('ends with %i: %s', async (code, summary, text) => {
    world.file('after.yaml', text);
    const { exit, out } = await world.quick('policy', 'diff', 'team.yaml', 'after.yaml');
    expect([exit, out.trimEnd().split('\n').at(-1)]).toEqual([code, summary]);
  });

  it('shows verdicts that change, and what loosens first', async () => {
    world.file(
      'after.yaml',
      SOUND.replace('verdict: ESCALATE\n    needs: p2', 'verdict: BLOCK').replace(
        'expect: ESCALATE',
        'expect: BLOCK',
      ),
    );
    const { exit, out } = await world.quick('policy', 'diff', 'after.yaml', 'team.yaml');
    expect(exit).toBe(1);
    expect(out).toMatch(
      /^rule many changed: (loosens|may loosen)\nmail\.send as in many #1: BLOCK becomes ESCALATE$/m,
    );
  });

  it('ends with 2 when one of them does not load', async () => {
    world.file('broken.yaml', 'version: 2\n');
    expect((await world.quick('policy', 'diff', 'team.yaml', 'broken.yaml')).exit).toBe(2);
  });
});

describe('packs', () => {
  it('are found beside the policy, then in this release', async () => {
    world.file('acme.yaml', 'version: 1\nname: acme\npacks: [team, baseline]\nrules: []\n');
    const { exit, out } = await world.quick('policy', 'explain', 'acme.yaml');
    expect(exit).toBe(0);
    expect(out).toMatch(/^team\/many asks a person/m);
    expect(out).toMatch(/^baseline\/no-secrets blocks/m);
    world.file('lost.yaml', 'version: 1\nname: lost\npacks:\n  - nowhere\nrules: []\n');
    const lost = await world.quick('policy', 'lint', 'lost.yaml');
    expect([lost.exit, lost.out]).toEqual([1, expect.stringContaining('4:5 PACK_UNKNOWN')]);
  });
});
