import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { quoted, SHELLS } from '../../src/completion/words.ts';
import { COMMANDS } from '../../src/program/commands.ts';
import { makeWorld } from '../run-writ.ts';

const SHOWN = COMMANDS.filter(({ hidden }) => !hidden);
const world = makeWorld();

const scriptOf = async (shell: string): Promise<string> => {
  const { exit, out } = await world.quick('completion', shell);
  expect(exit).toBe(0);
  return out;
};

/** What bash would offer for these words, of which the last is being typed. */
async function offered(...words: string[]): Promise<readonly string[]> {
  const script = `${await scriptOf('bash')}
    COMP_WORDS=(writ "$@"); COMP_CWORD=$#; _writ; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, status, stderr } = spawnSync('bash', ['-c', script, 'test', ...words], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((word) => word !== '');
}

describe('writ completion', () => {
  it.each(SHELLS)('names every command and every option for %s, and nothing hidden', async (shell) => {
    const script = await scriptOf(shell);
    for (const { name, options } of SHOWN) {
      for (const word of name.split(' ')) expect(script).toContain(word);
      for (const option of Object.keys(options)) {
        expect(script).toContain(shell === 'fish' ? `__writ_in ${name}' -l ${option}` : `--${option}`);
      }
    }
    for (const { name, hidden } of COMMANDS) if (hidden) expect(script).not.toContain(name);
  });

  it.each(SHELLS)('for %s is a script that its shell can read, where there is one', async (shell) => {
    const { error, status, stderr } = spawnSync(shell, ['-n'], {
      input: await scriptOf(shell),
      encoding: 'utf8',
    });
    if (error === undefined) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    else expect(error).toMatchObject({ code: 'ENOENT' });
  });

  it('offers each command and each of its options where they can stand', async () => {
    for (const { name, options } of SHOWN) {
      const words = name.split(' ');
      const last = words.at(-1) ?? '';
      expect(await offered(...words.slice(0, -1), last.slice(0, -1))).toContain(last);
      const all = await offered(...words, ...(words.length === 1 ? ['x'] : []), '--');
      expect(all).toEqual([...Object.keys(options), 'json', 'help'].map((option) => `--${option}`));
    }
  });

  it('offers words that begin as what was typed, and none behind --', async () => {
    expect(await offered('key', '')).toEqual(['add', 'list', 'end']);
    expect(await offered('pro')).toEqual(['propose']);
    expect(await offered('help', 'ver')).toEqual(['verify']);
    expect(await offered('run', '--', '--')).toEqual([]);
    expect(await offered('nothing', 'x', '--')).toEqual([]);
  });

  it('refuses a shell that it does not know', async () => {
    expect(await world.json('completion', 'tcsh')).toMatchObject({ exit: 2, value: { code: 'USAGE' } });
  });

  it('lets no text of the table end a quote', () => {
    const { stdout } = spawnSync('bash', ['-c', `printf %s ${quoted("it's $(id) `id`")}`], {
      encoding: 'utf8',
    });
    expect(stdout).toBe("it's $(id) `id`");
  });
});
