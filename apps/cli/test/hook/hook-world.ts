import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { connect } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll } from 'vitest';
import type { JsonObject } from '@writ/contract';
import { readKnownTool } from '../../src/files/known-tools.ts';
import { makeWorld, type Ran, type World } from '../run-writ.ts';

/** Rules by what the arguments say, so that a test chooses its verdict. */
const RULES = `version: 1
name: hook
rules:
  - id: all
    tools: ['*']
    verdict: ALLOW
    examples:
      - { tool: shell.run, effects: [COMPUTE], args: { command: ls }, expect: ALLOW }
  - id: asks
    tools: [shell.run]
    when: has(args.command) && args.command.contains('asks')
    verdict: ESCALATE
    needs: p0
    examples:
      - { tool: shell.run, effects: [COMPUTE], args: { command: asks }, expect: ESCALATE }
  - id: reading-asks
    tools: [file.read]
    when: has(args.path) && args.path.contains('asks')
    verdict: ESCALATE
    needs: p0
    examples:
      - { tool: file.read, effects: [COMPUTE], args: { path: asks }, expect: ESCALATE }
  - id: never
    tools: [shell.run]
    when: has(args.command) && args.command.contains('never')
    verdict: BLOCK
    examples:
      - { tool: shell.run, effects: [COMPUTE], args: { command: never }, expect: BLOCK }
  - id: lifted
    tools: [shell.run]
    when: has(args.command) && args.command.contains('unless')
    verdict: BLOCK
    class: liftable
    needs: p2
    examples:
      - { tool: shell.run, effects: [COMPUTE], args: { command: unless }, expect: BLOCK }
  - id: redacts
    tools: [file.read]
    verdict: ALLOW
    obligations: [redact_output]
    examples:
      - { tool: file.read, effects: [COMPUTE], args: { path: a }, expect: ALLOW }
`;

export type HookAnswered = {
  readonly status: number;
  readonly value: {
    readonly systemMessage?: string;
    readonly hookSpecificOutput?: {
      readonly permissionDecision?: string;
      readonly permissionDecisionReason?: string;
      readonly updatedInput?: { readonly command: string };
      readonly updatedToolOutput?: unknown;
    };
  };
};

export type HookWorld = World & {
  /** Where the host works, and its settings. */
  readonly project: string;
  /** First in the search path of commands; it holds the shell. */
  readonly bin: string;
  readonly host_settings: string;
  readonly hook: string;
  readonly socket: string;
  install(...more: string[]): Promise<Ran>;
  /** What the host would send, by the hook that its settings hold. */
  send(event: JsonObject | string, headers?: Readonly<Record<string, string>>): Promise<HookAnswered>;
  before(tool: string, input: JsonObject, more?: JsonObject): Promise<HookAnswered>;
  /** A command line as the host's shell runs it. */
  shell(command: string): Promise<Ran>;
  /** Ends the cell, so that it has to be started again. */
  killCell(): void;
  stopDoor(): Promise<void>;
};

const worlds: HookWorld[] = [];

afterAll(async () => {
  for (const world of worlds) {
    await world.stopDoor().catch(() => {});
    world.killCell();
    rmSync(world.bin, { recursive: true, force: true });
  }
});

let uses = 0;

export async function makeHookWorld(): Promise<HookWorld> {
  // A search path of its own, so that a test can exchange the shell.
  const bin = mkdtempSync(join(realpathSync(tmpdir()), 'writ-hook-bin-'));
  symlinkSync('/bin/bash', join(bin, 'bash'));
  const base = makeWorld({ PATH: `${bin}:${process.env['PATH'] ?? ''}` });
  const project = join(base.directory, 'project');
  mkdirSync(project);
  mkdirSync(join(base.directory, 'claude'));
  const host_settings = join(base.directory, 'claude', 'settings.json');
  const hook = join(base.home, 'config', 'client', 'hook');
  const socket = join(base.home, 'state', 'run', 'hook.sock');
  await base.prepare('init');
  // What shell text means is not what is tested here: these say that they only compute.
  for (const name of ['shell.run', 'host.step'] as const) {
    base.file('tool.json', JSON.stringify({ ...(await readKnownTool(name)), effects: ['COMPUTE'] }));
    await base.prepare('tool', 'add', 'tool.json');
  }
  base.file('rules.yaml', RULES);
  await base.prepare('policy', 'set', 'rules.yaml');
  const world: HookWorld = {
    ...base,
    bin,
    project,
    host_settings,
    hook,
    socket,
    install(...more) {
      const words = 'install claude-code --yes --host-version 2.1.317 --port 0 --settings'.split(' ');
      return base.writ(...words, host_settings, ...more);
    },
    send: (event, headers = {}) => send(host_settings, event, headers),
    before: (tool_name, tool_input, more = {}) =>
      world.send(callOf(project, { hook_event_name: 'PreToolUse', tool_name, tool_input, ...more })),
    shell: (command) => run('/bin/sh', ['-c', command], project),
    killCell() {
      const holder = readFileSync(join(base.home, 'state', 'cell', 'lock.holder'), 'utf8');
      const pid = Number(/[0-9]+/.exec(holder)?.[0]);
      if (pid > 1) process.kill(pid, 'SIGKILL');
    },
    stopDoor: () => say(socket, 'stop\n').then(() => {}),
  };
  worlds.push(world);
  return world;
}

/** An event of a host, in the published shape, with what a test changes. */
export function callOf(cwd: string, change: JsonObject): JsonObject {
  uses += 1;
  return {
    session_id: '8e2b5a52-1d1c-4a60-9c2e-0f4e8c9a7b11',
    transcript_path: '/home/me/.claude/projects/x.jsonl',
    cwd,
    permission_mode: 'default',
    effort: { level: 'medium' },
    tool_use_id: `toolu_${uses}`,
    ...change,
  };
}

async function send(
  settings: string,
  event: JsonObject | string,
  headers: Readonly<Record<string, string>>,
): Promise<HookAnswered> {
  const { url, headers: own } = hookIn(settings);
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...own, ...headers }, body };
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, value: text === '' ? {} : JSON.parse(text) };
}

export function hookIn(settings: string): {
  readonly url: string;
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const { hooks } = JSON.parse(readFileSync(settings, 'utf8'));
  return hooks.PreToolUse.at(-1).hooks[0];
}

export function run(file: string, words: readonly string[], cwd: string, input = ''): Promise<Ran> {
  const child = spawn(file, words, { cwd, env: { PATH: process.env['PATH'] } });
  const said = { out: '', error: '' };
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.error += text.toString()));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (exit) => resolve({ exit, ...said })));
}

export function say(socket: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const door = connect(socket, () => door.end(text));
    door.on('data', (more: Buffer) => (said += more.toString()));
    door.once('error', reject);
    door.once('close', () => resolve(said));
  });
}
