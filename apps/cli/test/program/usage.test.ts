import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/program/commands.ts';
import { makeWorld } from '../run-writ.ts';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));

describe('writ', () => {
  const world = makeWorld();

  it('shows every command but the hidden one in help', async () => {
    const { exit, out } = await world.writ('help');
    expect(exit).toBe(0);
    for (const { name, hidden } of COMMANDS) expect(out.includes(`  writ ${name} `)).toBe(!hidden);
  });

  it('shows the options of a command', async () => {
    const { exit, out } = await world.writ('help', 'verify');
    expect(exit).toBe(0);
    expect(out).toMatch(/--trust FILE/);
    expect(await world.writ('verify', '--help')).toEqual({ exit: 0, out, error: '' });
  });

  it.each([
    ['an unknown command', ['conjure'], 'USAGE: no such command'],
    ['half a command', ['log'], 'USAGE: no such command'],
    ['an unknown option', ['verify', 'x', '--force'], "USAGE: Unknown option '--force'"],
    ['an option without its value', ['verify', 'x', '--trust'], 'USAGE: '],
    ['no operand', ['propose'], 'USAGE: usage: writ propose FILE [options]'],
    ['too many operands', ['status', 'now'], 'USAGE: usage: writ status'],
    ['an unknown help', ['help', 'conjure'], 'USAGE: no such command'],
    ['a status that is none', ['outcome', `act_${'0'.repeat(26)}`, 'fine'], 'USAGE: a status is one of'],
    ['a limit that is none', ['log', 'show', '--limit', '1e3'], 'USAGE: --limit is a whole number'],
    ['a limit beyond all', ['log', 'show', '--limit', '100000'], 'USAGE: --limit is from 1 to'],
    ['a scope that is none', ['freeze', 'everything'], 'USAGE: what is frozen is one of'],
    ['a scope without its name', ['freeze', 'session'], 'USAGE: session wants a name'],
  ])('refuses %s with exit code 2 and one line', async (_reason, words, start) => {
    const { exit, out, error } = await world.quick(...words);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(error.startsWith(`writ: ${start}`)).toBe(true);
    expect(error.trimEnd().split('\n')).toHaveLength(1);
  });

  it('gives failures as JSON when asked', async () => {
    const { exit, value } = await world.json('conjure');
    expect({ exit, value }).toMatchObject({ exit: 2, value: { exit: 2, code: 'USAGE', index: null } });
  });

  it('shows hostile words of a call encoded', async () => {
    const { error } = await world.writ('verify', 'x', '--\u001b[31m\u202e');
    expect(error).toMatch(/^writ: USAGE: [ -~]*\n$/);
  });
});

describe('the local store', () => {
  it('is reached from src/local only, and never by what verifies', () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const using = files.filter((name) => /from '@writ\/cell'/.test(readFileSync(join(SOURCE, name), 'utf8')));
    expect(using.length).toBeGreaterThan(0);
    expect(using.filter((name) => !name.startsWith('local/'))).toEqual([]);
    expect(
      [...importsOf('verify/verify-command.ts', new Set())].filter((name) => name.startsWith('local/')),
    ).toEqual([]);
  });
});

/** Files that are loaded with one, through imports that are not put off. */
function importsOf(name: string, seen: Set<string>): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = readFileSync(join(SOURCE, name), 'utf8');
  for (const [, path = ''] of text.matchAll(/from '(\.[^']+)'/g)) importsOf(join(dirname(name), path), seen);
  return seen;
}
