import type { JsonValue } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { CLAUDE_CODE } from '../../../src/history/readers/claude-code.ts';
import { callLine, REFUSED, resultLine } from '../transcripts.ts';

function readAll(...lines: readonly string[]) {
  const reader = CLAUDE_CODE.open();
  const calls = lines.flatMap((line) => reader.read(JSON.parse(line) as JsonValue));
  return { calls, refused: [...reader.refused()] };
}

const LS = { use: 'toolu_1', tool: 'Bash', input: { command: 'ls' }, directory: '/work/a' };

describe('CLAUDE_CODE', () => {
  it('reads the calls of a line, with where the session began and where it is', () => {
    const { calls } = readAll(callLine(LS), callLine({ ...LS, use: 'toolu_2', directory: '/work/a/b' }));
    expect(calls).toMatchObject([
      { use: 'toolu_1', project: '/work/a', directory: '/work/a', tool: 'Bash', input: { command: 'ls' } },
      { use: 'toolu_2', project: '/work/a', directory: '/work/a/b', session: 'session-1' },
    ]);
    expect(calls[0]?.at_ms).toBe(Date.UTC(2026, 5, 1, 10));
  });

  it.each([
    ['a text', resultLine('toolu_1', REFUSED, true), ['toolu_1']],
    ['parts', resultLine('toolu_1', [{ type: 'text', text: REFUSED }], true), ['toolu_1']],
    ['no error', resultLine('toolu_1', REFUSED, false), []],
    ['a text that only quotes it', resultLine('toolu_1', `grep found: ${REFUSED}`, true), []],
    ['another error', resultLine('toolu_1', 'exit status 1', true), []],
  ])('knows what its person refused, told as %s', (_, line, refused) => {
    expect(readAll(callLine(LS), line).refused).toEqual(refused);
  });

  it.each<[string, string]>([
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[{"type":"assistant"}]'],
    ['a call without a message', '{"type":"assistant","cwd":"/a","sessionId":"s"}'],
    ['content that is text', '{"type":"assistant","cwd":"/a","sessionId":"s","message":{"content":"Bash"}}'],
    ['a relative directory', callLine({ ...LS, directory: 'a' })],
    ['a directory beyond any path', callLine({ ...LS, directory: `/${'a'.repeat(5_000)}` })],
    ['a time that is none', callLine({ ...LS, timestamp: 'yesterday' })],
    ['no input', callLine({ ...LS, input: null })],
    ['an input that is a list', callLine({ ...LS, input: ['ls'] })],
    ['a name beyond any label', callLine({ ...LS, tool: 'x'.repeat(200) })],
    ['__proto__ for a message', '{"type":"assistant","cwd":"/a","__proto__":{"message":{"content":[]}}}'],
  ])('reads no call from %s', (_, line) => {
    expect(readAll(line)).toEqual({ calls: [], refused: [] });
  });

  it('looks where the host was told to keep its files, where that is a path', () => {
    const folder = (value?: string) =>
      CLAUDE_CODE.folder({ environment: { CLAUDE_CONFIG_DIR: value }, user_home: '/home/a' });
    expect(folder()).toBe('/home/a/.claude/projects');
    expect(folder('/etc/claude')).toBe('/etc/claude/projects');
    expect(folder('relative')).toBe('/home/a/.claude/projects');
  });
});
