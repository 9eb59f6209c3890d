import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { READ_ONLY_EFFECTS } from '@writ/contract';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/index.ts';
import { makeWorld, SETUP_MS, type World } from '../run-writ.ts';
import { serveWorld } from '../serving.ts';
import { type Ground, makeRepository, treeOf } from './tree.ts';

const RULES = `version: 1
name: undo
rules:
  - id: programs
    tools: [program.run]
    verdict: ALLOW
    examples:
      - { tool: program.run, effects: [COMPUTE], args: { executable: x, args: [] }, expect: ALLOW }
  - id: undo
    tools: [snapshot.restore]
    verdict: ALLOW
    examples:
      - tool: snapshot.restore
        effects: [WRITE_PATCH]
        args: { action: x, changed: [], override: false }
        expect: ALLOW
`;

type Ran = { readonly exit: number; readonly out: string; readonly error: string };

describe('writ undo', () => {
  let world: World;
  let ground: Ground;

  beforeAll(async () => {
    world = makeWorld();
    world.file('rules.yaml', RULES);
    await world.prepare('init');
    await world.prepare('tool', 'add', 'program.run', '--known');
    await world.prepare('tool', 'add', 'snapshot.restore', '--known');
    await world.prepare('policy', 'set', 'rules.yaml');
    const effects = [...READ_ONLY_EFFECTS, 'WRITE_PATCH', 'DELETE', 'REWRITE_HISTORY', 'WRITE_OUTSIDE'];
    world.file('profile.json', JSON.stringify({ effects, risk_cap: 600_000 }));
    await world.prepare('principal', 'add', 'agent', 'bot', '--profile', 'profile.json');
  }, SETUP_MS);

  beforeEach(() => {
    ground = makeRepository();
  });

  /** The program in the workspace, with the home of the world. */
  async function writ(...words: readonly string[]): Promise<Ran> {
    const texts = { out: '', error: '' };
    const before = process.cwd();
    process.chdir(ground.work);
    try {
      const exit = await runProgram({
        words,
        environment: { PATH: '/usr/bin:/bin', HOME: world.directory, WRIT_HOME: world.home },
        user_home: world.directory,
        out: { write: (text) => (texts.out += text), isTerminal: false },
        error: { write: (text) => (texts.error += text), isTerminal: false },
      });
      return { exit, ...texts };
    } finally {
      process.chdir(before);
    }
  }

  const recorded = async (): Promise<readonly string[]> =>
    (await writ('log', 'show', '--limit', '12')).out
      .split('\n')
      .map((line) =>
        line
          .slice(34)
          .replace(/act_\w+ +/, '')
          .trim()
          .replace(/ +/g, ' '),
      )
      .filter((line) => /^(?:decision|commit|outcome)/.test(line));

  it.each([
    ['rm', '-rf', 'src', 'notes.txt'],
    ['git', 'reset', '-q', '--hard'],
    ['git', 'clean', '-qfdx'],
    ['mv', 'notes.txt', 'moved.txt'],
  ])('runs what can be undone without a person, and undoes it: %s %s %s %s', async (...command) => {
    const before = treeOf(ground.work);
    const ran = await writ('run', '--', ...command.filter((word) => word !== undefined));
    expect(ran).toMatchObject({ exit: 0, error: '' });
    const after = treeOf(ground.work);
    expect(after).not.toEqual(before);
    const shown = await writ('undo', '--show');
    expect(shown.out).toMatch(/bring back|change/);
    expect(treeOf(ground.work)).toEqual(after);
    expect(await writ('undo')).toMatchObject({ exit: 0, error: '' });
    expect(treeOf(ground.work)).toEqual(before);
    expect((await recorded()).slice(-3)).toEqual(['decision ALLOW ALLOWED', 'commit', 'outcome succeeded']);
    expect(await writ('undo')).toMatchObject({ exit: 0, error: '' });
    expect(treeOf(ground.work)).toEqual(after);
  });

  it('runs nothing that could not be undone, and asks for it', async () => {
    ground.write('.env', 'TOKEN=x');
    const ran = await writ('run', '--', 'rm', '-rf', '.env');
    expect(ran.exit).toBe(1);
    expect(ran.error).toMatch(/WAITS_FOR_PERSON|RISK/);
    expect(existsSync(join(ground.work, '.env'))).toBe(true);
  });

  it('runs nothing when the snapshot cannot be taken any more, and that is its outcome', async () => {
    expect((await writ('run', '--', 'rm', '-rf', 'build')).exit).toBe(0);
    // It was counted before, and has grown since.
    ground.sh('truncate -s 2G huge');
    const ran = await writ('run', '--', 'rm', '-rf', 'src');
    expect(ran.error).toMatch(/OBLIGATION_UNMET.*SNAPSHOT_TOO_LARGE/);
    expect(existsSync(join(ground.work, 'src'))).toBe(true);
    expect((await recorded()).at(-1)).toBe('outcome failed');
  });

  it('undoes nothing without a rule that allows it, and tells why', async () => {
    expect((await writ('run', '--', 'rm', '-rf', 'src')).exit).toBe(0);
    writeFileSync(join(world.directory, 'no.yaml'), RULES.split('  - id: undo')[0] ?? '');
    await world.prepare('policy', 'set', 'no.yaml');
    const refused = await writ('undo');
    await world.prepare('policy', 'set', 'rules.yaml');
    expect(refused.exit).toBe(1);
    expect(refused.error).toContain('NO_RULE');
    expect(existsSync(join(ground.work, 'src'))).toBe(false);
  });

  it('undoes nothing that was changed since, unless it is told to', async () => {
    expect((await writ('run', '--', 'rm', '-rf', 'notes.txt')).exit).toBe(0);
    ground.write('notes.txt', 'mine, since');
    const { error, exit, out } = await writ('undo');
    expect({ exit, out }).toEqual({
      exit: 1,
      out: `change     ${join(ground.work, 'notes.txt')} (changed since)\n`,
    });
    expect(error).toContain('UNDO_CONFLICT');
    expect(await writ('undo', '--force')).toMatchObject({ exit: 0, error: '' });
  });

  it('lists what it keeps, and refuses what it does not', async () => {
    expect((await writ('run', '--', 'rm', '-rf', 'src')).exit).toBe(0);
    const list = JSON.parse((await writ('undo', '--list', '--json')).out) as {
      readonly snapshots: readonly { readonly areas: readonly string[] }[];
    };
    expect(list.snapshots[0]?.areas).toEqual([ground.work]);
    expect((await writ('undo', 'act_00000000000000000000000000')).error).toContain('SNAPSHOT_UNKNOWN');
    expect((await writ('undo', '../../etc/passwd')).error).toContain('USAGE');
    rmSync(join(world.home, 'state', 'snapshots'), { recursive: true });
    expect((await writ('undo')).error).toContain('SNAPSHOT_UNKNOWN');
  });

  it('runs and undoes on a served cell as on the store', async () => {
    const served = await serveWorld(world);
    try {
      const before = treeOf(ground.work);
      expect(await writ('run', '--', 'rm', '-rf', 'src')).toMatchObject({ exit: 0, error: '' });
      expect(existsSync(join(ground.work, 'src'))).toBe(false);
      expect(await writ('undo')).toMatchObject({ exit: 0, error: '' });
      expect(treeOf(ground.work)).toEqual(before);
      expect((await recorded()).slice(-3)).toEqual(['decision ALLOW ALLOWED', 'commit', 'outcome succeeded']);
    } finally {
      await served.end('SIGTERM');
    }
  });
});
