import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { callLine, REFUSED, resultLine, writeTranscript } from '../history/transcripts.ts';
import { makeWorld, SETUP_MS, type World } from '../run-writ.ts';

const SECRET = `ghp_${'A1b2C3d4E5f6G7h8I9'.repeat(2)}`;

let world: World;
let project: string;

function git(...words: string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], { cwd: project });
}

beforeAll(() => {
  world = makeWorld();
  project = join(world.directory, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'a.txt'), 'a');
  git('init', '-q', '.');
  git('add', '.');
  git('commit', '-qm', 'begin');
  const bash = (use: string, command: string, directory = project) =>
    callLine({ use, tool: 'Bash', input: { command }, directory });
  writeTranscript(world.directory, 'p/s.jsonl', [
    bash('u1', 'git status'),
    bash('u2', 'rm a.txt'),
    bash('u3', 'rm -rf ~'),
    resultLine('u3', REFUSED, true),
    bash('u4', 'sudo true'),
    bash('u5', 'sudo true'),
    bash('u6', `echo \u001b[2J\u202e ${SECRET}; sudo true`),
    bash('u7', 'rm a.txt', '/gone/elsewhere'),
    callLine({ use: 'u8', tool: 'mcp__x__y', input: {}, directory: project }),
    callLine({ use: 'u9', tool: 'Read', input: { file_path: join(project, 'a.txt') }, directory: project }),
    'no JSON',
  ]);
}, SETUP_MS);

describe('writ history', () => {
  it('says what would have been silent, asked and blocked, the worst first', async () => {
    const { exit, value } = await world.json('history');
    expect(exit).toBe(0);
    expect(value).toMatchObject({
      calls: 9,
      days: 1,
      sessions: 1,
      projects: 1,
      fates: { silent: 3, asked: 4, blocked: 1, undeclared: 1 },
      refused: { silent: 0, asked: 0, blocked: 1, undeclared: 0 },
      different_questions: 3,
      unobserved: 1,
      asked_unobserved: 1,
      undeclared_tools: { 'mcp.x.y': 1 },
      failed: {},
      read: [{ agent: 'claude-code', files: 1, broken_lines: 1 }],
    });
    const { worst, why } = value as unknown as { worst: { shown: string }[]; why: { rule: string }[] };
    expect(worst[0]).toMatchObject({ fate: 'blocked', shown: 'rm -rf ~', mechanism: 'finding', refused: 1 });
    expect(worst).toContainEqual(expect.objectContaining({ fate: 'asked', shown: 'sudo true', calls: 2 }));
    expect(why.map(({ rule }) => rule)).toContain('power-over-the-machine');
  });

  it('shows no secret and nothing that a terminal would obey', async () => {
    const { exit, out } = await world.quick('history');
    expect(exit).toBe(0);
    expect(out).not.toContain(SECRET);
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('\u202e');
    expect(out).toMatch(/asked shell\.run "echo \\u\{1b\}\[2J/);
    expect(out).toContain('you refused 1 of them then: 1 blocked');
  });

  it('makes no cell, and leaves nothing behind', async () => {
    await world.quick('history');
    expect(readdirSync(world.home)).toEqual([]);
    expect(readdirSync(world.directory).sort()).toEqual(['.claude', 'home', 'project'].sort());
    const left = readdirSync(tmpdir()).filter(
      (name) => name.startsWith('writ-history-') && !/test/.test(name),
    );
    expect(left).toEqual([]);
  });

  it('judges by the policy that is given, and by none that does not load', async () => {
    world.file(
      'all.yaml',
      'version: 1\nname: all\nrules:\n  - id: a\n    tools: ["*"]\n    verdict: BLOCK\n' +
        '    examples: [{ tool: x, expect: BLOCK }]\n',
    );
    world.file('bad.yaml', 'version: 3\n');
    const { value } = await world.json('history', '--policy', 'all.yaml');
    expect(value).toMatchObject({ fates: { silent: 0, asked: 0, blocked: 8 } });
    expect((await world.quick('history', '--policy', 'bad.yaml')).exit).toBe(2);
  });

  it('reads the sessions of one project, and of the last days', async () => {
    expect((await world.json('history', '--project', '/gone')).value).toMatchObject({ calls: 0 });
    expect((await world.json('history', '--project', '/')).value).toMatchObject({ calls: 9 });
    expect((await world.quick('history', '--since', '0')).exit).toBe(2);
    expect((await world.quick('history', '--since', 'x')).exit).toBe(2);
  });

  it('says so where no agent left anything', async () => {
    const { exit, out } = await makeWorld().quick('history');
    expect([exit, out]).toEqual([0, expect.stringContaining('no agent has left transcripts here')]);
  });
});
