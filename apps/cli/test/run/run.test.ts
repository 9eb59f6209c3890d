import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readKnownTool } from '../../src/files/known-tools.ts';
import { makeWorld, type Ran, SETUP_MS, type World } from '../run-writ.ts';
import { type Served, serveWorld } from '../serving.ts';

const RULES = `version: 1
name: run
rules:
  - id: all
    tools: [program.run]
    verdict: ALLOW
    examples:
      - { tool: program.run, effects: [COMPUTE], args: { executable: x, args: [] }, expect: ALLOW }
  - id: asks
    tools: [program.run]
    when: has(args.args) && 'ask' in args.args
    verdict: ESCALATE
    needs: p0
    examples:
      - { tool: program.run, effects: [COMPUTE], args: { executable: x, args: [ask] }, expect: ESCALATE }
  - id: never
    tools: [program.run]
    when: has(args.args) && 'never' in args.args
    verdict: BLOCK
    examples:
      - { tool: program.run, effects: [COMPUTE], args: { executable: x, args: [never] }, expect: BLOCK }
`;

/** Shows what it was given, and ends as it is told. */
const SHOW = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
appendFileSync('ran.txt', 'ran ');
if (process.argv[2] === 'stay') appendFileSync('stays.txt', String(process.pid));
process.stdout.write(JSON.stringify({ argv: process.argv.slice(2), env: process.env }));
process.stderr.write('to stderr');
const how = process.argv[2] ?? '';
if (how.startsWith('exit ')) process.exitCode = Number(how.slice(5));
if (how.startsWith('SIG')) process.kill(process.pid, how);
if (how === 'stay') setInterval(() => {}, 1000);
`;

type Shown = { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> };

async function prepare(): Promise<World> {
  const world = makeWorld({ SECRET: 'hush', LANG: 'C.UTF-8' });
  // Whoever declares it says what a program can do at most; here, nothing but compute.
  world.file('shell.json', JSON.stringify({ ...(await readKnownTool('program.run')), effects: ['COMPUTE'] }));
  world.file('rules.yaml', RULES);
  chmodSync(world.file('show', SHOW), 0o755);
  await world.prepare('init');
  await world.prepare('tool', 'add', 'shell.json');
  await world.prepare('policy', 'set', 'rules.yaml');
  await world.prepare('principal', 'add', 'agent', 'bot');
  return world;
}

const codeOf = ({ error }: Ran): string | undefined => /writ: ([A-Z_0-9]+): .*\n$/.exec(error)?.[1];

describe.each(['store', 'server'] as const)('writ run on the %s', (way) => {
  let world: World;
  let served: Served | null = null;

  beforeAll(async () => {
    world = await prepare();
    if (way === 'server') served = await serveWorld(world);
  }, SETUP_MS);

  afterAll(() => served?.end('SIGTERM'));

  const ranFile = (): string => join(world.directory, 'ran.txt');
  const ran = (): boolean => existsSync(ranFile());
  const forget = (): void => rmSync(ranFile(), { force: true });
  const shown = ({ out }: Ran): Shown => JSON.parse(out) as Shown; // what the program printed
  const lastOf = async (): Promise<readonly string[]> =>
    (await world.quick('log', 'show', '--limit', '12')).out
      .split('\n')
      .map((line) => line.slice(34))
      .filter((line) => /^(?:decision|commit|outcome|release)/.test(line))
      .map((line) =>
        line
          .replace(/act_\w+ +/, '')
          .trim()
          .replace(/ +/g, ' '),
      );

  const countDecisions = async (): Promise<number> =>
    (await world.quick('log', 'show', '--from', '0', '--limit', '1000')).out.split('  decision ').length;

  it('runs exactly the words that were recorded, whatever is in them', async () => {
    const words = ['', '--', '--json', '-x', 'a\nb', '$(id) `id` "\'', 'ü\u{1f600}', '*', '~', '--as=me'];
    const done = await world.writ('run', '--', './show', 'first', ...words);
    expect({ exit: done.exit, error: done.error }).toEqual({ exit: 0, error: 'to stderr' });
    expect(shown(done).argv).toEqual(['first', ...words]);
    expect((await lastOf()).slice(-3)).toEqual(['decision ALLOW ALLOWED', 'commit', 'outcome succeeded']);
  });

  it('gives the program PATH, HOME, LANG, TERM and what --env names, and no more', async () => {
    const names = (done: Ran): readonly string[] => Object.keys(shown(done).env).sort();
    expect(names(await world.writ('run', '--', './show'))).toEqual(['HOME', 'LANG', 'PATH']);
    const more = await world.writ('run', '--env', 'SECRET', '--', './show');
    expect(names(more)).toEqual(['HOME', 'LANG', 'PATH', 'SECRET']);
    expect(shown(more).env['SECRET']).toBe('hush');
    forget();
    const unset = await world.writ('run', '--env', 'NOT_SET', '--', './show');
    expect({ exit: unset.exit, code: codeOf(unset), ran: ran() }).toEqual({
      exit: 2,
      code: 'USAGE',
      ran: false,
    });
  });

  it.each([
    ['exit 0', 0, 'succeeded'],
    ['exit 1', 1, 'failed'],
    ['exit 127', 127, 'failed'],
    ['SIGKILL', 137, 'failed'],
    ['SIGTERM', 143, 'failed'],
  ])('passes on how the program ends: %s', async (how, exit, status) => {
    expect((await world.writ('run', '--', './show', how)).exit).toBe(exit);
    expect((await lastOf()).at(-1)).toBe(`outcome ${status}`);
  });

  it('proposes nothing when there is no such program', async () => {
    const before = await countDecisions();
    for (const name of ['./nothing', 'no-such-program', './rules.yaml', '.', '']) {
      const none = await world.writ('run', '--', name);
      expect({ exit: none.exit, code: codeOf(none) }).toEqual({ exit: 127, code: 'PROGRAM_MISSING' });
    }
    chmodSync(world.file('text', 'touch ran.txt\n'), 0o755);
    forget();
    const text = await world.writ('run', '--', './text');
    expect({ exit: text.exit, code: codeOf(text), ran: ran() }).toEqual({
      exit: 2,
      code: 'PROGRAM_UNSTARTED',
      ran: false,
    });
    expect(await countDecisions()).toBe(before);
  });

  it('runs nothing that is blocked, and says why as an agent may be told', async () => {
    forget();
    const blocked = await world.writ('run', '--', './show', 'never');
    expect({ exit: blocked.exit, out: blocked.out, ran: ran() }).toEqual({ exit: 1, out: '', ran: false });
    expect(codeOf(blocked)).toBe('RULE_BLOCK');
    const [, id = ''] = /writ why (act_\w+)/.exec(blocked.error) ?? [];
    const whole = await world.quick('why', id);
    expect(whole.exit).toBe(0);
    expect(whole.out).toContain('BLOCK: RULE_BLOCK');
    expect(whole.out).toContain('rule never');
    const agents = await world.quick('why', id, '--as', 'bot');
    expect(agents.out).toContain('gate 6: BLOCK RULE_BLOCK (final)\n          a rule forbids this');
    expect(agents.out).not.toContain('rule never');
    expect(agents.out).not.toContain('./show');
  });

  it('runs what waits for a person only when it was approved, and once', async () => {
    forget();
    const waits = await world.writ('run', '--', './show', 'ask');
    expect({ exit: waits.exit, code: codeOf(waits), ran: ran() }).toEqual({
      exit: 1,
      code: 'WAITS_FOR_PERSON',
      ran: false,
    });
    const [ticket = ''] = /tkt_\w+/.exec(waits.error) ?? [];
    const again = ['run', '--ticket', ticket, '--', './show', 'ask'];
    expect(codeOf(await world.writ(...again))).toBe('WAITS_FOR_PERSON');
    await world.prepare('approve', ticket, '--unattended');
    const other = await world.writ('run', '--ticket', ticket, '--', './show', 'ask', 'more');
    expect({ exit: other.exit, code: codeOf(other), ran: ran() }).toEqual({
      exit: 1,
      code: 'ARGUMENTS_DIFFER',
      ran: false,
    });
    // The release was used up for it: a ticket is one writ.
    expect(codeOf(await world.writ(...again))).toBe('ALREADY_RELEASED');
    expect(ran()).toBe(false);
  });

  it('runs an approved ticket, and what it was approved for alone', async () => {
    const ask = async (): Promise<string> => {
      const waits = await world.writ('run', '--', './show', 'ask', 'swap');
      const [ticket = ''] = /tkt_\w+/.exec(waits.error) ?? [];
      await world.prepare('approve', ticket, '--unattended');
      return ticket;
    };
    const good = await ask();
    forget();
    expect((await world.writ('run', '--ticket', good, '--', './show', 'ask', 'swap')).exit).toBe(0);
    expect(ran()).toBe(true);
    const swapped = await ask();
    forget();
    writeFileSync(join(world.directory, 'show'), `${SHOW}// another program\n`);
    const refused = await world.writ('run', '--ticket', swapped, '--', './show', 'ask', 'swap');
    expect({ exit: refused.exit, code: codeOf(refused), ran: ran() }).toEqual({
      exit: 1,
      code: 'STATE_DRIFT',
      ran: false,
    });
    writeFileSync(join(world.directory, 'show'), SHOW);
  });

  it('holds another content of a script among its arguments to be another scene', async () => {
    world.file('script.txt', 'one');
    const waits = await world.writ('run', '--', './show', 'ask', 'script.txt');
    const [ticket = ''] = /tkt_\w+/.exec(waits.error) ?? [];
    await world.prepare('approve', ticket, '--unattended');
    world.file('script.txt', 'two');
    forget();
    const refused = await world.writ('run', '--ticket', ticket, '--', './show', 'ask', 'script.txt');
    expect({ code: codeOf(refused), ran: ran() }).toEqual({ code: 'STATE_DRIFT', ran: false });
  });

  it('waits for the answer with --wait', { timeout: SETUP_MS }, async () => {
    forget();
    const child = world.start('run', '--wait', '--', './show', 'ask', 'wait');
    let error = '';
    child.stderr?.on('data', (text: Buffer) => (error += text.toString()));
    while (!/tkt_\w+/.test(error)) await once(child.stderr as NodeJS.ReadableStream, 'data');
    const [ticket = ''] = /tkt_\w+/.exec(error) ?? [];
    // It lets go of the store between two looks; until then that is locked.
    while ((await world.quick('approve', ticket, '--unattended')).exit === 2);
    const [exit] = (await once(child, 'close')) as [number];
    expect({ exit, ran: ran() }).toEqual({ exit: 0, ran: true });
  });

  it('records digests of what was written with --capture, and passes it on', async () => {
    const done = await world.writ('run', '--capture', '--json', '--', './show', 'exit 0');
    const [, printed = '', line = '{}'] = /^(.*\})(\{"exit".*)\n$/s.exec(done.out) ?? [];
    const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
    expect(JSON.parse(line)).toMatchObject({
      produced: [digest(printed), digest('to stderr')],
      reported: true,
    });
    expect(done.error).toBe('to stderr');
  });

  it('leaves a commit without an outcome when it is killed while the program runs', async () => {
    const countOf = async (): Promise<number> =>
      (JSON.parse((await world.quick('status', '--json')).out) as { readonly without_outcome: number })
        .without_outcome;
    const before = await countOf();
    forget();
    const child = world.start('run', '--', './show', 'stay');
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Nothing ends a program with whoever started it: it lives on, which is why its outcome is unknown.
    process.kill(Number(readFileSync(join(world.directory, 'stays.txt'), 'utf8')), 'SIGKILL');
    expect(await countOf()).toBe(before + 1);
  });

  it('runs a program of PATH by its name, and none of a relative entry of it', async () => {
    mkdirSync(join(world.directory, 'bin'), { recursive: true });
    chmodSync(world.file('bin/mine', '#!/bin/sh\necho found'), 0o755);
    const path = { PATH: `bin:${join(world.directory, 'bin')}` };
    const found = await world.with(path).writ('run', '--', 'mine');
    expect({ exit: found.exit, out: found.out }).toEqual({ exit: 0, out: 'found\n' });
    expect(codeOf(await world.with({ PATH: 'bin' }).writ('run', '--', 'mine'))).toBe('PROGRAM_MISSING');
  });
});
