import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLAUDE_CODE } from '../../src/history/readers/claude-code.ts';
import { HISTORY_LIMITS } from '../../src/history/limits.ts';
import { readHistory, type Wanted } from '../../src/history/read-history.ts';
import { callLine, REFUSED, resultLine, writeTranscript } from './transcripts.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(realpathSync(tmpdir()), 'writ-history-test-'));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const read = (wanted: Partial<Wanted> = {}) =>
  readHistory(
    CLAUDE_CODE,
    { environment: {}, user_home: home },
    { since_ms: 0, project: null, ...wanted },
    () => {},
  );

const call = (use: string, directory = '/work/a', timestamp = '2026-06-01T10:00:00Z') =>
  callLine({ use, tool: 'Bash', input: { command: `echo ${use}` }, directory, timestamp });

describe('readHistory()', () => {
  it('says null where there are no transcripts', async () => {
    expect(await read()).toBeNull();
  });

  it('reads all files below the folder, in the order of time, each call once', async () => {
    writeTranscript(home, 'a/two.jsonl', [call('u2', '/work/a', '2026-06-02T10:00:00Z'), call('u1')]);
    writeTranscript(home, 'a/two/subagents/one.jsonl', [call('u1'), resultLine('u1', REFUSED, true)]);
    writeTranscript(home, 'a/notes.txt', [call('u3')]);
    const history = await read();
    expect(history?.calls.map(({ use }) => use)).toEqual(['u1', 'u2']);
    expect([...(history?.refused ?? [])]).toEqual(['u1']);
    expect(history?.reading).toMatchObject({ files: 2, repeated_calls: 1, broken_lines: 0, cut: false });
  });

  it('counts lines that cannot be read, and goes on behind them', async () => {
    const long = callLine({
      use: 'long',
      tool: 'Bash',
      input: { command: 'x'.repeat(HISTORY_LIMITS.line_bytes_max) },
      directory: '/work/a',
    });
    const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
    const twice = call('twice').replace('"cwd"', '"cwd":"/other","cwd"');
    const lines = ['{"type":"assist', long, '\u0000', deep, twice, '', call('u1'), call('half').slice(0, 40)];
    writeTranscript(home, 'a/s.jsonl', lines);
    const history = await read();
    expect(history?.calls.map(({ use }) => use)).toEqual(['u1']);
    expect(history?.reading).toMatchObject({ lines: 8, long_lines: 1, broken_lines: 6 });
  });

  it('reads a line of exactly the bound, in a file of many chunks', async () => {
    const short = call('u1');
    const room = HISTORY_LIMITS.line_bytes_max - Buffer.byteLength(short);
    const padded = short.replace('I shall look.', `I shall look.${'.'.repeat(room)}`);
    writeTranscript(home, 'a/s.jsonl', [padded, padded.replace('look.', 'look..'), call('u2')]);
    const history = await read();
    expect(history?.calls.map(({ use }) => use)).toEqual(['u1', 'u2']);
    expect(history?.reading).toMatchObject({ long_lines: 1, broken_lines: 0 });
  });

  it('follows no link and no deeper nesting than agents make', async () => {
    const path = writeTranscript(home, 'a/s.jsonl', [call('u1')]);
    writeTranscript(home, '1/2/3/4/5/deep.jsonl', [call('deep')]);
    mkdirSync(join(home, 'elsewhere'));
    symlinkSync(path, join(home, '.claude/projects/a/link.jsonl'));
    symlinkSync(join(home, '.claude/projects/a'), join(home, '.claude/projects/link'));
    expect((await read())?.reading).toMatchObject({ files: 1 });
  });

  it('leaves out what is earlier, and sessions that began elsewhere', async () => {
    const old = writeTranscript(home, 'a/old.jsonl', [call('old', '/work/a', '2026-05-01T10:00:00Z')]);
    utimesSync(old, 1, 1);
    writeTranscript(home, 'a/s.jsonl', [call('u1'), call('u2', '/work/a', '2026-06-03T10:00:00Z')]);
    writeTranscript(home, 'b/s.jsonl', [call('u3', '/work/ab', '2026-06-03T10:00:00Z')]);
    const since_ms = Date.UTC(2026, 5, 2);
    expect((await read({ since_ms }))?.calls.map(({ use }) => use)).toEqual(['u2', 'u3']);
    expect((await read({ since_ms }))?.reading.files).toBe(2);
    expect((await read({ project: '/work/a' }))?.calls.map(({ use }) => use)).toEqual(['old', 'u1', 'u2']);
  });
});
