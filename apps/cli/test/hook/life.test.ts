import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@writ/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { SETUP_MS } from '../run-writ.ts';
import { callOf, type HookWorld, makeHookWorld, run, say } from './hook-world.ts';

let world: HookWorld;

beforeAll(async () => {
  world = await makeHookWorld();
  const { exit, out, error } = await world.install();
  if (exit !== 0) throw new Error(`writ install: ${out}${error}`);
}, SETUP_MS);

const bash = (command: string): Promise<Awaited<ReturnType<HookWorld['before']>>> =>
  world.before('Bash', { command, description: 'a test', timeout: 1000 });

describe('the door, while it observes', () => {
  it('lets the host go on with what is allowed, asked or liftable, and opens no ticket', async () => {
    for (const command of ['echo hi', 'echo asks', 'echo unless']) {
      expect(await bash(command)).toEqual({ status: 200, value: {} });
    }
    expect(await world.before('Mystery', { anything: 1 })).toEqual({ status: 200, value: {} });
    const { out } = await world.quick('status', '--json');
    expect(JSON.parse(out)).toMatchObject({ tickets: 0, open_writs: 0 });
  });

  it('refuses what a final rule refuses', async () => {
    const { value } = await bash('echo never');
    expect(value.hookSpecificOutput).toMatchObject({ permissionDecision: 'deny' });
    expect(value.hookSpecificOutput?.permissionDecisionReason).toMatch(
      /^Writ: RULE_BLOCK, a rule forbids this\. .*writ why act_/,
    );
  });

  it('says so in each record', async () => {
    await bash('echo hi there');
    expect(await lastOf('decision')).toMatchObject({ verdict: 'ALLOW', expires_at: null, wall: 0 });
  });
});

describe('the door, while it enforces', () => {
  beforeAll(async () => {
    await world.prepare('enforce');
  }, SETUP_MS);

  it('runs exactly what was recorded, once, and records the outcome', async () => {
    const command = `printf '%s|' "$HOME" "$BASH_ENV" 'it'\\''s' $((1+1)); cat; exit 3`;
    const { value } = await bash(command);
    const decided = value.hookSpecificOutput;
    expect(decided).toMatchObject({
      permissionDecision: 'allow',
      updatedInput: { description: 'a test', timeout: 1000 },
    });
    const line = decided?.updatedInput?.command ?? '';
    expect(line).toMatch(/^'\/[^']+' '\/[^']+exec\.mjs' act_[0-9a-z]+$/);
    const ran = await run('/bin/sh', ['-c', line], world.project, 'from stdin');
    expect(ran).toEqual({ exit: 3, out: `${world.directory}||it's|2|from stdin`, error: '' });
    const again = await world.shell(line);
    expect(again).toMatchObject({ exit: 126, out: '' });
    expect(again.error).toContain('ALREADY_SPENT');
    const id = line.split(' ').at(-1) ?? '';
    expect(await outcomeOf(id)).toMatchObject({ status: 'failed', attested_by: 'hook' });
  });

  it('answers what came of a run with nothing of its own', async () => {
    const use = { tool_use_id: 'toolu_after' };
    const { value } = await world.before('Bash', { command: 'true' }, use);
    await world.shell(value.hookSpecificOutput?.updatedInput?.command ?? '');
    const after = callOf(world.project, {
      ...use,
      hook_event_name: 'PostToolUse',
      tool_name: 'Bash',
      tool_input: { command: 'true' },
      tool_response: { stdout: '', stderr: '', interrupted: false, isImage: false },
    });
    expect(await world.send(after)).toEqual({ status: 200, value: {} });
  });

  it('knows that nobody knows how a run ended that was killed', async () => {
    const { value } = await bash('echo begun; sleep 60');
    const line = value.hookSpecificOutput?.updatedInput?.command ?? '';
    const runner = spawn('/bin/sh', ['-c', `exec ${line}`], { cwd: world.project });
    await once(runner.stdout, 'data');
    const children = readFileSync(`/proc/${runner.pid}/task/${runner.pid}/children`, 'utf8').trim();
    runner.kill('SIGKILL');
    for (const pid of children.split(' ')) process.kill(Number(pid), 'SIGKILL');
    const id = line.split(' ').at(-1) ?? '';
    await expect.poll(() => outcomeOf(id), { timeout: 20_000 }).toMatchObject({ status: 'unknown' });
  });

  it('lets the host run what only the host can, and records what came of it', async () => {
    const use = { tool_use_id: 'toolu_search' };
    const input = { pattern: '*.txt', path: world.project };
    const { value } = await world.before('Glob', input, use);
    expect(value).toEqual({
      hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'allow' },
    });
    const event = {
      hook_event_name: 'PostToolUse',
      tool_name: 'Write',
      tool_input: input,
      tool_response: {},
    };
    await world.send(callOf(world.project, { ...use, ...event }));
    expect(await lastOf('outcome')).toMatchObject({ status: 'succeeded', attested_by: 'hook' });
  });

  it('redacts what a tool gave where a rule obliges to that', async () => {
    const use = { tool_use_id: 'toolu_read' };
    const input = { file_path: join(world.project, 'a.txt') };
    expect((await world.before('Read', input, use)).value.hookSpecificOutput).toMatchObject({
      permissionDecision: 'allow',
    });
    const tool_response = { file: { content: 'mail me at a@example.com' } };
    const event = { hook_event_name: 'PostToolUse', tool_name: 'Read', tool_input: input, tool_response };
    const { value } = await world.send(callOf(world.project, { ...use, ...event }));
    expect(value.hookSpecificOutput?.updatedToolOutput).toEqual({ file: { content: 'mail me at email#1' } });
  });

  it('asks a person, and what the host then starts waits for the answer', async () => {
    const { value } = await bash('echo asks');
    const {
      permissionDecision,
      permissionDecisionReason = '',
      updatedInput,
    } = value.hookSpecificOutput ?? {};
    expect(permissionDecision).toBe('ask');
    const ticket = /writ approve (tkt_[0-9a-z]+)/.exec(permissionDecisionReason)?.[1] ?? '';
    const running = world.shell(updatedInput?.command ?? '');
    expect(await world.quick('approve', ticket, '--unattended')).toMatchObject({ exit: 0 });
    expect(await running).toMatchObject({ exit: 0, out: 'asks\n' });
  });

  it('refuses what only the host can run until a person approved that very call', async () => {
    const input = { file_path: join(world.project, 'asks.txt') };
    const refused = (await world.before('Read', input)).value.hookSpecificOutput;
    expect(refused).toMatchObject({ permissionDecision: 'deny' });
    const ticket = /writ approve (tkt_[0-9a-z]+)/.exec(refused?.permissionDecisionReason ?? '')?.[1] ?? '';
    expect((await world.before('Read', input)).value.hookSpecificOutput).toMatchObject({
      permissionDecision: 'deny',
      permissionDecisionReason: expect.stringContaining(ticket),
    });
    await world.quick('approve', ticket, '--unattended');
    const other = { file_path: join(world.project, 'asks-too.txt') };
    expect((await world.before('Read', other)).value.hookSpecificOutput).toMatchObject({
      permissionDecision: 'deny',
    });
    expect((await world.before('Read', input)).value.hookSpecificOutput).toMatchObject({
      permissionDecision: 'allow',
    });
  });

  it.each([
    ['a tool that nobody declared', 'Mystery', {}],
    ['a tool of a server that nobody declared', 'mcp__files__read', { path: 'a' }],
    ['an argument that nobody knows', 'Bash', { command: 'true', elsewhere: true }],
    ['a command that is no text', 'Bash', { command: ['true'] }],
  ])('refuses %s', async (_, tool, input) => {
    const { hookSpecificOutput: said } = (await world.before(tool, input)).value;
    expect(said).toMatchObject({ permissionDecision: 'deny' });
    expect(said?.permissionDecisionReason).toContain('UNKNOWN_TOOL');
    expect(said?.permissionDecisionReason).toContain('writ tool add');
  });

  it('lets a tool of a server be called once it was declared', async () => {
    const parameters = { type: 'object', properties: { note: { type: 'string' } } };
    const tool = { v: 1, name: 'mcp.notes.add', description: '', parameters, effects: ['COMPUTE'] };
    world.file('mcp.json', JSON.stringify(tool));
    await world.prepare('tool', 'add', 'mcp.json');
    const { value } = await world.before('mcp__notes__add', { note: 'one' });
    expect(value.hookSpecificOutput).toMatchObject({ permissionDecision: 'allow' });
  });

  it('refuses to run where the shell is another one by then', async () => {
    const { value } = await bash('echo drifted');
    const shell = join(world.bin, 'bash');
    unlinkSync(shell);
    symlinkSync('/bin/cat', shell);
    const ran = await world.shell(value.hookSpecificOutput?.updatedInput?.command ?? '');
    unlinkSync(shell);
    symlinkSync('/bin/bash', shell);
    expect(ran).toMatchObject({ exit: 126, out: '' });
    expect(ran.error).toContain('STATE_DRIFT');
  });

  it('keeps two sessions apart that ask and run at once', async () => {
    const runs = Array.from({ length: 12 }, async (_, at) => {
      const session = at % 2 === 0 ? 'one' : 'two';
      const { value } = await world.before('Bash', { command: `echo ${at}` }, { session_id: session });
      return world.shell(value.hookSpecificOutput?.updatedInput?.command ?? '');
    });
    const said = (await Promise.all(runs)).map(({ out }) => out);
    expect(said).toEqual(runs.map((_, at) => `${at}\n`));
  });

  it('runs nothing under an id that it never gave, and what it gave also after such a try', async () => {
    const { value } = await bash('echo late');
    const line = value.hookSpecificOutput?.updatedInput?.command ?? '';
    expect(await say(world.socket, `exec\n{"id":"act_00000000000000000000000000"}\n`)).toContain(
      'ALREADY_SPENT',
    );
    expect(await world.shell(line)).toMatchObject({ exit: 0, out: 'late\n' });
  });
});

describe('hostile or broken', () => {
  const text = (change: JsonObject): string => JSON.stringify(callOf(world.project, change));

  it.each([
    ['no JSON', () => 'Bash'],
    ['nothing', () => ''],
    ['a list', () => '[]'],
    [
      'a member twice',
      () =>
        text({ hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: {} }).replace(
          '{',
          '{"cwd":"/",',
        ),
    ],
    ['no tool', () => text({ hook_event_name: 'PreToolUse', tool_input: {} })],
    [
      'an input that is no object',
      () => text({ hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: 'ls' }),
    ],
    [
      'a place that is none',
      () => text({ hook_event_name: 'PreToolUse', cwd: 'here', tool_name: 'Bash', tool_input: {} }),
    ],
    [
      'too deep',
      () =>
        text({
          hook_event_name: 'PreToolUse',
          tool_name: 'Bash',
          tool_input: { a: JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`) },
        }),
    ],
    [
      'too large',
      () =>
        text({
          hook_event_name: 'PreToolUse',
          tool_name: 'Bash',
          tool_input: { command: 'a'.repeat(1_200_000) },
        }),
    ],
  ])('refuses %s', async (_, event) => {
    const { value } = await world.send(event());
    expect(value.hookSpecificOutput).toMatchObject({ permissionDecision: 'deny' });
  });

  it('gives nothing to who does not show the key, comes from a page, or asks for another name', async () => {
    const event = callOf(world.project, { hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: {} });
    expect(await world.send(event, { authorization: 'Bearer guess' })).toMatchObject({ status: 401 });
    expect(await world.send(event, { origin: 'https://example.com' })).toMatchObject({ status: 421 });
  });

  it('starts the cell again when it was killed, and answers', async () => {
    world.killCell();
    const { value } = await bash('echo again');
    expect(value.hookSpecificOutput).toMatchObject({ permissionDecision: 'allow' });
  });

  it('refuses, and says what helps, when the cell cannot be started', async () => {
    const settings = join(world.home, 'config', 'cell.json');
    const kept = readFileSync(settings);
    world.killCell();
    writeFileSync(settings, '{}');
    const { hookSpecificOutput: said } = (await bash('echo down')).value;
    writeFileSync(settings, kept);
    expect(said).toMatchObject({ permissionDecision: 'deny' });
    expect(said?.permissionDecisionReason).toMatch(/writ serve.*writ status/);
    expect((await bash('echo up')).value.hookSpecificOutput).toMatchObject({ permissionDecision: 'allow' });
  });

  it('is neither paused nor loosened by who is no person at a terminal', async () => {
    for (const words of [['pause', '15m'], ['observe']]) {
      expect(await world.quick(...words, '--json')).toMatchObject({ exit: 2 });
    }
    expect((await bash('echo unless')).value.hookSpecificOutput).toMatchObject({
      permissionDecision: 'deny',
    });
  });

  it('says at the start of a session that the hook before calls is gone, and keeps saying so', async () => {
    const session = callOf(world.project, { hook_event_name: 'SessionStart', source: 'startup' });
    expect((await world.send(session)).value.systemMessage).toContain('Writ enforces');
    const kept = readFileSync(world.host_settings, 'utf8');
    const settings = JSON.parse(kept);
    writeFileSync(
      world.host_settings,
      JSON.stringify({ ...settings, hooks: { ...settings.hooks, PreToolUse: [] } }),
    );
    const said = await say(world.socket, `event\n${JSON.stringify(session)}`);
    expect(said).toContain('NOT judged');
    expect((await world.quick('status')).out).toContain('was NOT judged');
    writeFileSync(world.host_settings, kept);
    expect((await world.send(session)).value.systemMessage).toContain('Writ enforces');
  });

  it('refuses when the key of the agent is gone', async () => {
    const key = join(world.home, 'config', 'client', 'keys', 'claude-code.key');
    expect(existsSync(key)).toBe(true);
    const kept = readFileSync(key);
    await world.stopDoor();
    writeFileSync(key, 'no key\n');
    const started = await run(
      process.execPath,
      [join(world.hook, 'ask.mjs')],
      '/',
      JSON.stringify(
        callOf(world.project, {
          hook_event_name: 'PreToolUse',
          tool_name: 'Bash',
          tool_input: { command: 'ls' },
        }),
      ),
    );
    writeFileSync(key, kept);
    expect(started).toMatchObject({ exit: 0, out: expect.stringContaining('"deny"') });
    expect(started.out).toContain('KEY_DAMAGED');
  });
});

async function heads(): Promise<readonly Record<string, unknown>[]> {
  const { out } = await world.quick('log', 'show', '--json');
  return JSON.parse(out).records.map((one: { readonly head: Record<string, unknown> }) => one.head);
}

async function outcomeOf(id: string): Promise<Record<string, unknown> | undefined> {
  return (await heads()).findLast((head) => head['kind'] === 'outcome' && head['id'] === id);
}

async function lastOf(kind: string): Promise<Record<string, unknown> | undefined> {
  return (await heads()).findLast((head) => head['kind'] === kind);
}
