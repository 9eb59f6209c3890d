import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Options, Report, Row } from './options.ts';

const MAIN = join(process.cwd(), 'apps/cli/dist/src/main.js');
const CALLS = ['git status --short', 'ls -la', 'cat package.json', 'grep -rn writ src | head -5'];
const STARTS = 40;

/**
 * The hook of Claude Code on a cell of its own: what a call waits for, beside what it would wait for anyway.
 */
export async function measureHook({ rounds, seconds }: Options): Promise<Report> {
  const place = mkdtempSync(join(tmpdir(), 'writ-bench-hook-'));
  const env = { PATH: process.env['PATH'], HOME: place, WRIT_HOME: join(place, 'w') };
  mkdirSync(join(place, 'work'));
  const writ = (...words: string[]): void => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...words], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`writ ${words.join(' ')}: ${stderr}`);
  };
  const settings = join(place, 'settings.json');
  const install = ['--yes', '--host-version', '2.1.329', '--port', '0', '--settings', settings];
  writ('install', 'claude-code', ...install);
  try {
    const rows: Row[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      rows.push(...(await measureRound({ place, settings, seconds, round, env, writ })));
    }
    return {
      title: 'The hook before a call',
      note:
        'Milliseconds. `bare server` answers the same request with the same bytes. `node -e 0` starts ' +
        'and ends. ' +
        '`first call` is a call while no cell and no door run. Observed and enforced calls are judged by ' +
        'the ' +
        'pack `coding`, recorded and proven; the enforced ones of shell text issue a writ.',
      rows,
    };
  } finally {
    writ('uninstall', 'claude-code');
    endCell(place);
    rmSync(place, { recursive: true, force: true });
  }
}

type Round = {
  readonly place: string;
  readonly settings: string;
  readonly seconds: number;
  readonly round: number;
  readonly env: NodeJS.ProcessEnv;
  writ(...words: string[]): void;
};

async function measureRound({ place, settings, seconds, round, env, writ }: Round): Promise<readonly Row[]> {
  const { url, headers, answer } = await readHook(settings, place);
  const bare = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(answer);
    });
  });
  const port = await new Promise<number>((resolve) =>
    bare.listen(0, '127.0.0.1', () => {
      const address = bare.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );
  const rowOf = (what: string, times: readonly number[]): Row => ({ round, what, ...quantiles(times) });
  const floor = await askFor(seconds, `http://127.0.0.1:${port}/`, {}, place);
  bare.close();
  const observed = await askFor(seconds, url, headers, place);
  writ('enforce');
  const enforced = await askFor(seconds, url, headers, place);
  const hooks = join(place, 'w/config/client/hook');
  const event = JSON.stringify(eventOf(place, 0));
  const empty = startsOf([process.execPath, '-e', '0'], env, '');
  const asked = startsOf(['/usr/bin/env', '-i', process.execPath, join(hooks, 'ask.mjs')], env, event);
  const first = await firstCall(place, event, hooks);
  return [
    rowOf('bare server', floor),
    rowOf('hook over HTTP, observed', observed),
    rowOf('hook over HTTP, enforced', enforced),
    rowOf('node -e 0', empty),
    { ...rowOf('hook as a command', asked), to_bare: median(asked) / median(empty) },
    rowOf('first call', [first]),
  ];
}

let calls = 0;

function eventOf(place: string, at: number): object {
  calls += 1;
  return {
    session_id: 'bench',
    cwd: join(place, 'work'),
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command: `${CALLS[at % CALLS.length] ?? ''} # ${calls}`, description: 'a call' },
    tool_use_id: `toolu_${calls}`,
  };
}

type Hook = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly answer: string;
};

type Installed = {
  readonly hooks: {
    readonly PreToolUse: readonly { readonly hooks: readonly Omit<Hook, 'answer'>[] }[];
  };
};

async function readHook(settings: string, place: string): Promise<Hook> {
  // What writ install has just written.
  const { hooks } = JSON.parse(readFileSync(settings, 'utf8')) as Installed; // of this very form
  const hook = hooks.PreToolUse[0]?.hooks[0];
  if (hook === undefined) throw new Error('no hook is installed');
  const { url, headers } = hook;
  const body = JSON.stringify(eventOf(place, 0));
  const answer = await (await fetch(url, { method: 'POST', headers, body })).text();
  return { url, headers, answer };
}

/** One after another, as a host asks. */
async function askFor(
  seconds: number,
  url: string,
  headers: Readonly<Record<string, string>>,
  place: string,
): Promise<readonly number[]> {
  const times: number[] = [];
  const until = performance.now() + seconds * 1000;
  for (let at = 0; performance.now() < until; at += 1) {
    const body = JSON.stringify(eventOf(place, at));
    const began = performance.now();
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.text();
    if (!response.ok) throw new Error(`the hook answers ${response.status}`);
    times.push(performance.now() - began);
  }
  return times.slice(Math.floor(times.length / 10));
}

function startsOf([file = '', ...words]: readonly string[], env: NodeJS.ProcessEnv, input: string): number[] {
  return Array.from({ length: STARTS }, () => {
    const began = performance.now();
    const { status } = spawnSync(file, words, { env, input });
    if (status !== 0) throw new Error(`${file} ended with ${status}`);
    return performance.now() - began;
  });
}

/** With nothing running: the command starts the door, and the door the cell. */
async function firstCall(place: string, event: string, hooks: string): Promise<number> {
  await new Promise<void>((resolve) => {
    const door = connect(join(place, 'w/state/run/hook.sock'), () => door.end('stop\n'));
    door.once('close', () => resolve());
  });
  endCell(place);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [join(hooks, 'ask.mjs')], { stdio: ['pipe', 'ignore', 'inherit'] });
    child.stdin.end(event);
    child.once('close', (exit) =>
      exit === 0 ? resolve() : reject(new Error(`the hook ended with ${exit}`)),
    );
  });
  return performance.now() - began;
}

function endCell(place: string): void {
  const pid = Number(readFileSync(join(place, 'w/state/cell/lock.holder'), 'utf8').trim());
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It ended by itself.
  }
}

function quantiles(times: readonly number[]): Row {
  const sorted = [...times].sort((left, right) => left - right);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { calls: sorted.length, p50_ms: at(0.5), p99_ms: at(0.99) };
}

function median(times: readonly number[]): number {
  return [...times].sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
}
