import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyMemory, parseTrust, remember } from '@writ/proof';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyWritFile } from '../../src/verify/verify-proven.ts';
import { furnishedWorld } from '../furnished.ts';
import { makeWorld, SETUP_MS, type World } from '../run-writ.ts';

let world: World;
/** Somebody else: no cell, no memory, only what was handed over. */
let auditor: World;

const read = (name: string): string => readFileSync(join(world.directory, name), 'utf8');

beforeAll(async () => {
  world = await furnishedWorld();
  world.file('early.note', (await world.quick('log', 'checkpoint')).out);
  await world.quick('propose', 'read.json', '--out', 'a.writ');
  await world.quick('commit', 'a.writ', 'read.json', '--out', 'a.receipt');
  await world.quick('log', 'export', 'log.txt', '--state');
  world.file('late.note', (await world.quick('log', 'checkpoint')).out);
  auditor = makeWorld();
  auditor.file('trust.json', (await world.quick('trust', 'show')).out);
  for (const name of ['a.writ', 'a.receipt', 'log.txt', 'early.note', 'late.note'])
    auditor.file(name, read(name));
}, SETUP_MS);

/** Without memory: each case is asked by a reader who has seen nothing else. */
async function verify(file: string, ...words: string[]) {
  const { exit, value } = await auditor.json(
    'verify',
    file,
    '--trust',
    'trust.json',
    '--no-memory',
    ...words,
  );
  return { exit, ...value.files?.[0], failed: value.code };
}

describe('writ verify', () => {
  it('finds a writ, a receipt and a log valid, offline and without a cell', async () => {
    const files = ['a.writ', 'a.receipt', 'log.txt'];
    expect((await auditor.writ('verify', ...files, '--trust', 'trust.json', '--no-memory')).exit).toBe(0);
    expect(await verify('a.writ')).toMatchObject({ exit: 0, verdict: 'valid', format: 'writ' });
    expect(await verify('a.receipt')).toMatchObject({ exit: 0, verdict: 'valid', format: 'receipt' });
    expect(await verify('log.txt')).toMatchObject({ exit: 0, verdict: 'valid', completeness: 'unknown' });
  });

  it('asks a writ for exactly these arguments', async () => {
    auditor.file('args.json', '{"path":"a.md"}');
    auditor.file('other.json', '{"path":"a.md "}');
    expect(await verify('a.writ', '--args', 'args.json')).toMatchObject({ exit: 0 });
    expect(await verify('a.writ', '--args', 'other.json')).toMatchObject({ exit: 1, code: 'ARGS_MISMATCH' });
  });

  it('cannot decide without trust', async () => {
    const { exit, value } = await auditor.json('verify', 'a.writ', 'a.receipt', 'log.txt');
    expect(exit).toBe(2);
    expect(value.files.map(({ code }: { code: string }) => code)).toEqual([
      'NO_TRUST',
      'NO_TRUST',
      'NO_TRUST',
    ]);
  });

  it('says whether a log is complete when a checkpoint was held before', async () => {
    expect(await verify('log.txt', '--require-complete')).toMatchObject({
      exit: 2,
      code: 'COMPLETENESS_UNKNOWN',
    });
    const held = await verify('log.txt', '--require-complete', '--against', 'early.note');
    expect(held).toMatchObject({ exit: 0, completeness: 'known' });
    expect(await verify('log.txt', '--against', 'late.note')).toMatchObject({
      exit: 1,
      code: 'LOG_TRUNCATED',
    });
  });

  it('takes a held checkpoint only if the log has signed it', async () => {
    auditor.file('forged.note', read('late.note').replace(/\n(\d+)\n/, '\n1\n'));
    const forged = await verify('log.txt', '--against', 'forged.note');
    expect(forged).toMatchObject({ exit: 2, failed: 'NOTE_SIGNATURE_INVALID' });
  });

  it('reads standard input', async () => {
    const words = ['verify', '-', '--trust', 'trust.json', '--no-memory'];
    expect((await auditor.pipe(read('log.txt'), ...words)).exit).toBe(0);
    expect((await auditor.pipe(read('a.writ'), ...words)).exit).toBe(0);
    expect((await auditor.pipe(changeRecord(read('log.txt'), 5), ...words)).out).toContain('record 5: ');
  });

  it('remembers what it has seen and then finds what was cut off', async () => {
    expect((await auditor.quick('verify', 'log.txt', '--trust', 'trust.json')).exit).toBe(0);
    const memory = JSON.parse(readFileSync(join(auditor.home, 'config/client/memory.json'), 'utf8'));
    expect(memory.checkpoints).toHaveLength(1);
    await world.quick('log', 'export', 'longer.txt');
    auditor.file('longer.txt', read('longer.txt'));
    expect((await auditor.quick('verify', 'longer.txt', '--trust', 'trust.json')).exit).toBe(0);
    const { exit, value } = await auditor.json('verify', 'log.txt', '--trust', 'trust.json');
    expect({ exit, code: value.files[0]?.code }).toEqual({ exit: 1, code: 'LOG_TRUNCATED' });
    // An old writ is what evidence usually is.
    expect((await auditor.quick('verify', 'a.writ', '--trust', 'trust.json')).exit).toBe(0);
  });

  it('leaves one file undecided and still judges the others', async () => {
    const words = ['a.writ', 'missing.writ', '--trust', 'trust.json', '--no-memory'];
    const { exit, value } = await auditor.json('verify', ...words);
    expect(exit).toBe(2);
    expect(value.files.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['valid', 'undecidable']);
  });
});

function linesOf(log: string): string[] {
  return log.split('\n');
}

function recordAt(lines: readonly string[], index: number): number {
  return lines.findIndex((line) => line.startsWith(`${index} {`));
}

function changeRecord(log: string, index: number): string {
  const lines = linesOf(log);
  const at = recordAt(lines, index);
  lines[at] = (lines[at] ?? '').replace(
    /"salt":"./,
    (found) => `${found.slice(0, -1)}${found.endsWith('A') ? 'B' : 'A'}`,
  );
  return lines.join('\n');
}

function without(log: string, index: number): string {
  const lines = linesOf(log);
  lines.splice(recordAt(lines, index), 2);
  return lines.join('\n');
}

describe('verifyWritFile', () => {
  it('shows both notes when another tree of the same size was seen', () => {
    const trust = parseTrust(readFileSync(join(auditor.directory, 'trust.json')));
    const question = { trust, memory: emptyMemory(), now_ms: Date.now(), args: null };
    const bytes = readFileSync(join(auditor.directory, 'a.writ'));
    const { checkpoint } = verifyWritFile(bytes, question);
    if (checkpoint === null) throw new Error('the writ is valid');
    const other = { ...checkpoint, root: checkpoint.root.map((byte) => byte ^ 1) };
    const memory = remember(emptyMemory(), { checkpoint: other, action: null }, 0);
    const found = verifyWritFile(bytes, { ...question, memory });
    expect(found).toMatchObject({ verdict: 'invalid', json: { code: 'FORKED', remembered: other.note } });
    expect(found.checkpoint).toBeNull();
  });
});

describe('writ verify of a tampered file', () => {
  const cases: readonly (readonly [string, (log: string) => string, object])[] = [
    [
      'an edited record',
      (log) => changeRecord(log, 7),
      { code: 'LOG_RECORD_CHANGED', place: { kind: 'index', index: 7 } },
    ],
    ['a removed record', (log) => without(log, 7), { place: { kind: 'index', index: 7 } }],
    ['a log cut off', (log) => log.slice(0, log.length / 2), { verdict: 'invalid' }],
    ['a log without its end line', (log) => log.replace(/end \d+\n$/, ''), { code: 'LOG_ENDED_EARLY' }],
    ['text after the end', (log) => `${log}more\n`, { verdict: 'invalid' }],
    ['the origin of another log', (log) => log.replace(/^(\S+ )\S+/, '$1other/log/1'), { code: 'NO_TRUST' }],
    ['a line without end', () => `writ-log/v1 ${'x'.repeat(300_000)}`, { verdict: 'invalid' }],
    ['no log at all', () => 'writ-log/v1', { verdict: 'invalid' }],
  ];

  it.each(cases)('finds %s', async (_reason, change, expected) => {
    auditor.file('tampered.txt', change(read('log.txt')));
    const found = await verify('tampered.txt');
    expect(found.exit).toBe(found.code === 'NO_TRUST' ? 2 : 1);
    expect(found).toMatchObject(expected);
  });

  it.each([
    ['a flipped head', (writ: string) => writ.replace('ALLOW', 'BLOCK'), 'invalid'],
    ['a later time', (writ: string) => writ.replace(/expires_at\\":\d/, 'expires_at\\":9'), 'invalid'],
    ['white space', (writ: string) => `${writ}\n`, 'invalid'],
    ['another version', (writ: string) => writ.replace('writ/v1', 'writ/v2'), 'undecidable'],
    ['another format', (writ: string) => writ.replace('writ/v1', 'wrat/v1'), 'invalid'],
    ['nothing', () => '', 'invalid'],
    ['binary', () => '\0\u0001\u0002', 'invalid'],
    ['a hundred kilobytes', (writ: string) => writ + ' '.repeat(100_000), 'invalid'],
  ])('finds a writ with %s', async (_reason, change, verdict) => {
    auditor.file('tampered.writ', change(read('a.writ')));
    const found = await verify('tampered.writ');
    expect({ exit: found.exit, verdict: found.verdict }).toEqual({
      exit: verdict === 'invalid' ? 1 : 2,
      verdict,
    });
  });

  it('shows no text of the file that a terminal obeys', async () => {
    auditor.file('x\u001b[2J.txt', 'writ-log/v1 \u001b[31m\u202e\n');
    const { out } = await auditor.writ('verify', 'x\u001b[2J.txt', '--trust', 'trust.json');
    expect(out).not.toMatch(/[^\n -~]/);
  });
});
