import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { propose } from '@writ/cell';
import type { Action } from '@writ/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ShellCall, understandCall } from '../../src/lexecon/programs.ts';
import { onlyOne } from '../../src/client/address-book.ts';
import { withStore } from '../../src/local/store.ts';
import { makeWorld, SETUP_MS, type World } from '../run-writ.ts';
import { DEFAULT_POLICY, policyText } from './policy/policies.ts';

let world: World;

beforeAll(async () => {
  world = makeWorld();
  world.file('lexecon.yaml', DEFAULT_POLICY.replace('whoami]', 'whoami, rm]'));
  const limits = { actions_per_minute: 600, open_writs: 100, pending_tickets: 50 };
  world.file('profile.json', JSON.stringify({ effects: ['COMPUTE', 'OTHER', 'READ_REPO'], limits }));
  await world.prepare(
    'import',
    'lexecon-policy',
    'lexecon.yaml',
    '--policy',
    'policy.yaml',
    '--tool',
    'tool.json',
  );
  await world.prepare('init');
  await world.prepare('policy', 'set', 'policy.yaml');
  await world.prepare('tool', 'add', 'tool.json');
  await world.prepare('principal', 'add', 'agent', 'bot', '--profile', 'profile.json');
}, SETUP_MS);

type Case = readonly [row: string, tool: string, args: unknown, verdict: string, rule: string];

const call = (executable: string, ...args: readonly string[]): ShellCall => ({ executable, args });
const DESTRUCTIVE = 'block_destructive_shell';

/**
 * The rows of Lexecon's evaluation, and what each comes to in a cell: BLOCK stays BLOCK, ALLOW may be asked
 * about.
 */
const CASES: readonly Case[] = [
  ['3 another tool', 'file.read', { path: 'x' }, 'BLOCK', 'UNKNOWN_TOOL'],
  ['4 no arguments', 'shell.run', {}, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['5 no executable', 'shell.run', { args: [] }, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['5 an executable that is null', 'shell.run', { executable: null, args: [] }, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['5 a number', 'shell.run', { executable: 0, args: [] }, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['5 a list', 'shell.run', { executable: ['ls'], args: [] }, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['5 false', 'shell.run', { executable: false, args: [] }, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['5 nothing', 'shell.run', { executable: '', args: [] }, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['5 blanks', 'shell.run', { executable: '   ', args: [] }, 'BLOCK', 'not_allowlisted'],
  ['6 arguments that are no list', 'shell.run', { executable: 'ls', args: '-l' }, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['6 no list of arguments', 'shell.run', { executable: 'ls' }, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['7 an argument that is null', 'shell.run', { executable: 'ls', args: [null] }, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['7 a number among them', 'shell.run', { executable: 'ls', args: ['a', 1] }, 'BLOCK', 'SCHEMA_MISMATCH'],
  ['an undeclared member', 'shell.run', { ...call('ls'), shell: true }, 'BLOCK', 'SCHEMA_MISMATCH'],
  [
    'too many arguments',
    'shell.run',
    call('echo', ...Array<string>(65).fill('x')),
    'BLOCK',
    'SCHEMA_MISMATCH',
  ],
  ['8 not in the list', 'shell.run', call('curl', 'x'), 'BLOCK', 'not_allowlisted'],
  ['8 by its path', 'shell.run', call('/bin/ls'), 'BLOCK', 'not_allowlisted'],
  ['8 in capitals', 'shell.run', call('LS'), 'BLOCK', 'not_allowlisted'],
  ['8 with a blank', 'shell.run', call('ls '), 'BLOCK', 'not_allowlisted'],
  ['10 within an argument', 'shell.run', call('echo', 'rm -rf /x'), 'BLOCK', `${DESTRUCTIVE}.1`],
  ['10 across arguments', 'shell.run', call('echo', 'rm', '-rf', '/x'), 'BLOCK', `${DESTRUCTIVE}.1`],
  ['10 across the program', 'shell.run', call('rm', '-rf', './x'), 'BLOCK', `${DESTRUCTIVE}.1`],
  ['10 sudo', 'shell.run', call('echo', 'sudo', 'rm', 'x'), 'BLOCK', `${DESTRUCTIVE}.2`],
  ['10 in a word', 'shell.run', call('echo', 'mkfs.ext4'), 'BLOCK', `${DESTRUCTIVE}.3`],
  ['10 diskutil', 'shell.run', call('echo', 'diskutil', 'eraseDisk'), 'BLOCK', `${DESTRUCTIVE}.4`],
  ['11 echo', 'shell.run', call('echo', 'hello'), 'ALLOW', 'default'],
  ['11 ls', 'shell.run', call('ls', '-la'), 'ALLOW', 'default'],
  ['11 cat', 'shell.run', call('cat', 'README.md'), 'ALLOW', 'default'],
  ['11 grep', 'shell.run', call('grep', '-rn', 'x', 'src/a'), 'ALLOW', 'default'],
  ['11 date', 'shell.run', call('date', '+%s'), 'ALLOW', 'default'],
  ['11 whoami', 'shell.run', call('whoami'), 'ALLOW', 'default'],
  ['11 setting the clock', 'shell.run', call('date', '-s', '1970-01-01'), 'ESCALATE', 'IRREVERSIBLE'],
  ['11 reading elsewhere', 'shell.run', call('cat', '/etc/shadow'), 'ESCALATE', 'IRREVERSIBLE'],
  ['11 reading above', 'shell.run', call('ls', 'a/../..'), 'ESCALATE', 'IRREVERSIBLE'],
  ['11 reading by an option', 'shell.run', call('grep', '-f/etc/shadow', 'x'), 'ESCALATE', 'IRREVERSIBLE'],
  ['11 an unknown program', 'shell.run', call('rm', '-fr', './x'), 'ESCALATE', 'program-asks'],
  ['11 behind a token', 'shell.run', call('echo', 'a@mkfs.com'), 'ESCALATE', 'token-asks'],
];

describe('writ import lexecon-policy, in a cell', () => {
  it('decides as Lexecon did, and asks where it looked away', { timeout: SETUP_MS }, async () => {
    const place = { environment: { WRIT_HOME: world.home }, user_home: world.directory };
    const answers = await withStore(place, async ({ cell, book }) => {
      const by = onlyOne(book, 'agent');
      const found: unknown[] = [];
      for (const [row, tool, args] of CASES) {
        const shell = args as ShellCall;
        // What fits no schema has no meaning either.
        const words = [shell.executable, ...(Array.isArray(shell.args) ? shell.args : [null])];
        const readable = words.every((word: unknown) => typeof word === 'string');
        const { answer } = await propose(cell, {
          by,
          session: row,
          action: { tool, args: args as Action['args'], why: '', claims: [], evidence: [] },
          scene: null,
          understanding: understandCall(readable ? shell : call('')),
          idempotency: null,
          claim: null,
          met_obligations: null,
        });
        if (answer.kind !== 'judged') throw new Error(`${row}: ${answer.kind}`);
        const names = answer.reasons.flatMap(({ code, rule }) => [code, rule]);
        found.push([row, answer.verdict, names]);
      }
      return found;
    });
    const expected = CASES.map(([row, , , verdict, rule]) => [row, verdict, expect.arrayContaining([rule])]);
    expect(answers).toEqual(expected);
  });

  it.each([
    ['1 no object', '"rm"'],
    ['1 a list', '[]'],
    ['1 null', 'null'],
    ['2 no tool', '{"action": {"args": {}}}'],
    ['2 a tool that is null', '{"action": {"tool": null, "args": {}}}'],
    ['2 a tool without a name', '{"action": {"tool": "", "args": {}}}'],
    ['2 a number', '{"action": {"tool": 123, "args": {}}}'],
    ['4 arguments that are a text', '{"action": {"tool": "shell.run", "args": "ls"}}'],
    ['4 arguments that are a list', '{"action": {"tool": "shell.run", "args": ["ls"]}}'],
    ['4 arguments that are null', '{"action": {"tool": "shell.run", "args": null}}'],
  ])('takes no proposal of row %s', async (_row, text) => {
    world.file('malformed.json', text);
    const { exit, value } = await world.json('propose', 'malformed.json');
    expect({ exit, code: value.code }).toEqual({ exit: 2, code: 'MALFORMED' });
  });
});

describe('writ import lexecon-policy', () => {
  it('prints a policy that can be put in force as it is, with its warnings and the tool', async () => {
    const { exit, out } = await world.quick('import', 'lexecon-policy', 'lexecon.yaml');
    expect(exit).toBe(0);
    expect(out).toMatch(/^# warning: rm: nothing says/);
    const tool = /^# tool: (.*)$/m.exec(out)?.[1];
    expect(`${tool}\n`).toBe(readFileSync(join(world.directory, 'tool.json'), 'utf8'));
    world.file('printed.yaml', out);
    await world.prepare('policy', 'set', 'printed.yaml');
  });

  it('tells all problems of a policy, with their places, and writes nothing', async () => {
    world.file('bad.yaml', policyText({ action: 'ALLOW', id: 'X' }));
    const { exit, out } = await world.quick(
      'import',
      'lexecon-policy',
      'bad.yaml',
      '--policy',
      'bad-out.yaml',
    );
    expect(exit).toBe(1);
    expect(out).toMatch(/3:9 VALUE_WRONG .*\n.*5:13 VALUE_WRONG a rule that matches never lets pass/);
    expect(() => readFileSync(join(world.directory, 'bad-out.yaml'))).toThrow('ENOENT');
  });
});
