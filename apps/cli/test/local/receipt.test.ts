import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld } from '../furnished.ts';
import { makeWorld, SETUP_MS, type World } from '../run-writ.ts';

let world: World;
/** Somebody else: no cell, no memory, only what was handed over. */
let auditor: World;
let action = '';
let decision = 0;
let commit = 0;
/** The page of the commit, which holds nothing that opens it. */
let closed = '';

beforeAll(async () => {
  world = await furnishedWorld();
  auditor = makeWorld();
  world.file('args.json', '{ "path": "a.md" }');
  world.file('other-args.json', '{"path":"b.md"}');
  const proposed = await world.json('propose', 'read.json', '--out', 'a.writ');
  const spent = await world.json('commit', 'a.writ', 'read.json');
  ({ id: action, index: decision } = proposed.value.answer);
  commit = spent.value.answer.index;
  closed = (await world.quick('receipt', action)).out;
  auditor.file('trust.json', (await world.quick('trust', 'show')).out);
  auditor.file('args.json', '{"path":"a.md"}');
  auditor.file('other-args.json', '{"path":"b.md"}');
}, SETUP_MS);

/** Hands a page to the auditor, changed on the way or not. */
async function handOver(page: string, ...words: string[]) {
  auditor.file('r.html', page);
  const { exit, value } = await auditor.json('verify', 'r.html', '--trust', 'trust.json', ...words);
  return { exit, ...value.files?.[0], failed: value.code };
}

const made = async (...words: string[]): Promise<string> => (await world.quick('receipt', ...words)).out;

describe('writ receipt', () => {
  it('makes one page of a record by its index, for anybody with the keys to verify', async () => {
    const page = await made(`${decision}`);
    expect(page).toMatch(/^<!doctype html>\n.*\n<\/html>\n$/s);
    expect(await handOver(page)).toMatchObject({
      exit: 0,
      verdict: 'valid',
      format: 'page',
      page: 'own',
      index: `${decision}`,
      head: { kind: 'decision', id: action, verdict: 'ALLOW' },
    });
    expect(await handOver(await made('0'))).toMatchObject({ exit: 0, head: { kind: 'genesis' } });
  });

  it('takes the commit of an action, else the last verdict on it', async () => {
    expect(await handOver(closed)).toMatchObject({ exit: 0, index: `${commit}` });
    const { value } = await world.json('propose', 'publish.json');
    expect(await handOver(await made(value.answer.id))).toMatchObject({
      head: { kind: 'decision', verdict: 'ESCALATE' },
    });
  });

  it('holds what opens the arguments only where that is asked for', async () => {
    const nonce = /"nonce":"([^"]*)"/.exec(readFileSync(join(world.directory, 'a.writ'), 'utf8'))?.[1];
    expect(nonce).toHaveLength(43);
    expect(closed).not.toContain(nonce);
    expect(closed).not.toContain('a.md');
    expect(await handOver(closed, '--args', 'args.json')).toMatchObject({ exit: 2, code: 'NONCE_MISSING' });
    const half = await made(action, '--nonce');
    expect(half).toContain(nonce);
    expect(half).not.toContain('a.md');
    expect(await handOver(half, '--args', 'args.json')).toMatchObject({ exit: 0 });
    expect(await handOver(half, '--args', 'other-args.json')).toMatchObject({
      exit: 1,
      code: 'ARGS_MISMATCH',
    });
    const open = await made(action, '--args', 'args.json');
    expect(open).toContain('a.md');
    expect(await handOver(open)).toMatchObject({ exit: 0 });
    expect(await handOver(open, '--args', 'other-args.json')).toMatchObject({
      exit: 1,
      code: 'ARGS_MISMATCH',
    });
  });

  it('makes no page that could not be valid', async () => {
    const asked = async (...words: string[]) => (await world.json('receipt', ...words)).value.code;
    expect(await asked('9999')).toBe('RECORD_UNKNOWN');
    expect(await asked('act_00000000000000000000000000')).toBe('RECORD_UNKNOWN');
    expect(await asked('-1')).toBe('USAGE');
    expect(await asked('last')).toBe('USAGE');
    expect(await asked(action, '--args', 'other-args.json')).toBe('ARGS_MISMATCH');
    expect(await asked('0', '--nonce')).toBe('ARGS_MISMATCH');
    expect(await asked(action, '--out', join('nowhere', 'r.html'))).toBe('OUTPUT_UNWRITABLE');
  });

  it('writes a file, and says what is in it', async () => {
    const { exit, value } = await world.json('receipt', action, '--out', 'r.html');
    expect(exit).toBe(0);
    expect(value).toMatchObject({
      index: commit,
      id: action,
      kind: 'commit',
      file: 'r.html',
    });
    expect(await handOver(readFileSync(join(world.directory, 'r.html'), 'utf8'))).toMatchObject({ exit: 0 });
  });
});

describe('writ verify of a page', () => {
  it('tells when the page around a sound record is another', async () => {
    const forged = closed.replace('Nothing has been checked', 'Valid, by my word');
    expect(await handOver(forged)).toMatchObject({ exit: 0, verdict: 'valid', page: 'other' });
    auditor.file('r.html', forged);
    expect((await auditor.quick('verify', 'r.html', '--trust', 'trust.json')).out).toContain(
      'do not believe what it shows',
    );
  });

  it(
    'believes the keys of the reader alone',
    async () => {
      auditor.file('r.html', closed);
      const { exit, value } = await makeWorld().json('verify', join(auditor.directory, 'r.html'));
      expect({ exit, code: value.files[0]?.code }).toEqual({ exit: 2, code: 'NO_TRUST' });
      const other = await furnishedWorld();
      auditor.file('other.html', (await other.quick('receipt', '0')).out);
      expect((await auditor.json('verify', 'other.html', '--trust', 'trust.json')).value.files[0]?.code).toBe(
        'NO_TRUST',
      );
    },
    SETUP_MS,
  );

  it.each([
    [
      'a byte of the record',
      (page: string) => page.replace('\\"wall\\":1', '\\"wall\\":2'),
      'TREE_ROOT_MISMATCH',
    ],
    ['the end', (page: string) => page.slice(0, page.lastIndexOf('id="data">') + 90), 'FILE_MALFORMED'],
    ['the data', (page: string) => page.replace('"args":null', '"args":nul'), 'JSON_SYNTAX'],
  ])('finds that %s was changed', async (_what, change, code) => {
    expect(change(closed)).not.toBe(closed);
    expect(await handOver(change(closed))).toMatchObject({ exit: 1, verdict: 'invalid', code });
  });

  it('reads one from standard input, and one of a newer version as undecidable', async () => {
    const piped = await auditor.pipe(closed, 'verify', '-', '--trust', 'trust.json');
    expect(piped).toMatchObject({ exit: 0, error: '' });
    expect(piped.out).toContain('VALID "-": a page');
    const newer = closed.replaceAll('writ-page/v1', 'writ-page/v2');
    expect(await handOver(newer)).toMatchObject({ exit: 2, code: 'FORMAT_VERSION' });
  });
});
