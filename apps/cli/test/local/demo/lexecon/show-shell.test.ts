import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTrust, parseTrust } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { attemptCall, isRecorded } from '../../../../src/local/demo/lexecon/attempt.ts';
import { furnishShell } from '../../../../src/local/demo/lexecon/shell-world.ts';
import { withStore } from '../../../../src/local/store.ts';
import { makeWorld, SETUP_MS } from '../../../run-writ.ts';

const lines = (decision: string, reason: string, executed: boolean): string[] => [
  'Attempted tool call: shell.run',
  `Decision: ${decision}`,
  `Reason: ${reason}`,
  `Executed: ${executed}`,
  'Audit record written: true',
  'Ledger verification: valid',
];

const DESTRUCTIVE = 'Destructive shell command detected.';
const NOTHING = 'No blocking rule matched.';
const UNKNOWN = 'Nothing says that this program only reads.';

describe('writ demo --lexecon', { timeout: SETUP_MS }, () => {
  it('blocks what Lexecon blocks, says so in its lines, and leaves nothing behind', async () => {
    const outer = makeWorld();
    const temporary = join(outer.directory, 'temporary');
    mkdirSync(temporary);
    const world = makeWorld({ TMPDIR: temporary });
    const { exit, out, error } = await world.writ('demo', '--lexecon');
    expect({ exit, error }).toEqual({ exit: 0, error: '' });
    expect(out).toBe(`${lines('BLOCK', DESTRUCTIVE, false).join('\n')}\n`);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.each([
    ['runs what is allowed', ['echo', 'hi'], lines('ALLOW', NOTHING, true), 'succeeded, "hi\\u{a}"'],
    ['runs it in its directory', ['ls'], lines('ALLOW', NOTHING, true), 'succeeded, "important_data\\u{a}"'],
    ['tells that it failed', ['ls', 'missing'], lines('ALLOW', NOTHING, true), 'failed, ""'],
    ['asks about what a pattern misses', ['rm', '-fr', './x'], lines('ESCALATE', UNKNOWN, false), null],
    ['blocks what is not listed', ['curl'], lines('BLOCK', 'Executable not in allowlist.', false), null],
  ])('%s', async (_name, words, expected, result) => {
    const { out } = await makeWorld().quick('demo', '--lexecon', '--', ...words);
    const told = result === null ? [] : [`Tool result: ${result}`];
    expect(out.split('\n')).toEqual([...expected, ...told, '']);
  });

  it('says that an allowed program did not run when it could not be started', async () => {
    const { out } = await makeWorld({ PATH: '' }).writ('demo', '--lexecon', '--', 'echo', 'hi');
    expect(out).toBe(`${lines('ALLOW', NOTHING, false).join('\n')}\n`);
  });

  it('keeps the log for whoever wants to verify it', async () => {
    const world = makeWorld();
    const { exit } = await world.writ('demo', '--lexecon', '--keep', 'kept');
    expect(exit).toBe(0);
    const words = ['verify', 'kept/ledger.writ-log', '--trust', 'kept/trust.json', '--no-memory'];
    const verified = await world.writ(...words);
    expect(verified.exit).toBe(0);
    expect(verified.out).toMatch(/^Ledger: "kept\/ledger.writ-log"\nRecords: \d+\nStatus: VALID\n/);
    const log = join(world.directory, 'kept/ledger.writ-log');
    writeFileSync(log, readFileSync(log, 'utf8').replace('"verdict":"BLOCK"', '"verdict":"ALLOW"'));
    expect((await world.quick(...words)).exit).toBe(1);
    expect((await world.json('demo', '--lexecon', '--keep', 'kept')).value.code).toBe('OUTPUT_UNWRITABLE');
  });

  it('wants --lexecon for a program', async () => {
    const { exit, value } = await makeWorld().json('demo', 'echo');
    expect({ exit, code: value.code }).toEqual({ exit: 2, code: 'USAGE' });
  });
});

describe('isRecorded()', () => {
  it('believes the pinned key and what the record says, nothing else', { timeout: SETUP_MS }, async () => {
    const world = makeWorld();
    await world.prepare('init');
    const place = { environment: { WRIT_HOME: world.home }, user_home: world.directory };
    const call = { executable: 'echo', args: ['hi'] };
    const attempt = await withStore(place, async (store) => {
      return attemptCall(store, await furnishShell(store), call, world.directory, process.env['PATH']);
    });
    const trust = parseTrust(readFileSync(join(world.home, 'config/client/trust.json')));
    expect(attempt).toMatchObject({ decision: 'ALLOW', run: { executed: true, output: 'hi\n' } });
    expect(isRecorded(attempt, trust)).toBe(true);
    expect(isRecorded({ ...attempt, decision: 'BLOCK' }, trust)).toBe(false);
    expect(isRecorded({ ...attempt, proven: null }, trust)).toBe(false);
    expect(isRecorded(attempt, loadTrust({ logs: [] }))).toBe(false);
  });
});
