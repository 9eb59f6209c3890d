import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askPerson } from '../../src/desk/ask-person.ts';

function ask(typed: string, options: { isTerminal?: boolean; unattended?: boolean } = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(typed);
  const { isTerminal = true, unattended = false } = options;
  const question = { shown: ['a\u001b[2J'], word: 'abc123', unattended };
  return { asked: askPerson({ input, output, isTerminal }, question), output };
}

describe('askPerson', () => {
  it('is p1 when the word was typed at a terminal', async () => {
    const { asked, output } = ask('abc123\n');
    expect(await asked).toBe('p1');
    expect(String(output.read())).toContain('a\\u{1b}[2J\n');
  });

  it.each(['yes\n', 'abc12\n', 'ABC123\n', '\n'])('answers nothing when %j was typed', async (typed) => {
    await expect(ask(typed).asked).rejects.toMatchObject({ code: 'NOT_CONFIRMED', exit: 1 });
  });

  it('takes nothing from a pipe for a person', async () => {
    await expect(ask('abc123\n', { isTerminal: false }).asked).rejects.toMatchObject({
      code: 'PERSON_NEEDED',
    });
  });

  it('claims the weakest proof when nobody is there', async () => {
    expect(await ask('', { isTerminal: false, unattended: true }).asked).toBe('p0');
  });
});
