import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld } from '../furnished.ts';
import { type Ran, SETUP_MS, type World } from '../run-writ.ts';
import { type Served, serveWorld, startLiar, startScript } from '../serving.ts';

let world: World;

beforeAll(async () => {
  world = await furnishedWorld();
}, SETUP_MS);

const runOf = (): string => join(world.home, 'state', 'run');
const socketOf = (): string => join(runOf(), 'writ.sock');
const keyOf = (name: string): string => join(world.home, 'config', 'client', 'keys', `${name}.key`);
const codeOf = ({ error }: Ran): string | undefined => /^writ: ([A-Z_0-9]+): .*\n$/.exec(error)?.[1];

function emptyRun(): void {
  rmSync(runOf(), { recursive: true, force: true });
  mkdirSync(runOf(), { mode: 0o700 });
}

describe('a server that is killed', () => {
  it.each([
    ['propose', 'read.json'],
    ['tickets'],
    ['status'],
    ['freeze', 'session', 'x'],
    ['key', 'list', 'bot'],
    ['log', 'show'],
  ])('ends writ %s in the middle with TRANSPORT_FAILED, and the next call works', async (...words) => {
    emptyRun();
    const script = `require('node:http').createServer(() => process.kill(process.pid, 'SIGKILL'))
      .listen(${JSON.stringify(socketOf())}, () => console.log('listening'))`;
    const dying = startScript(script);
    await once(dying.stdout as NodeJS.ReadableStream, 'data');
    const dead = once(dying, 'close');
    const during = await world.quick(...words);
    await dead;
    expect({ exit: during.exit, code: codeOf(during), out: during.out }).toEqual({
      exit: 2,
      code: 'TRANSPORT_FAILED',
      out: '',
    });
    expect((await world.quick(...words)).exit).toBe(0);
  });

  it('leaves a socket that does not stop the store from being opened, nor from being served', async () => {
    const first = await serveWorld(world);
    const served = await world.json('propose', 'read.json');
    expect(served).toMatchObject({ exit: 0, value: { answer: { verdict: 'ALLOW' } } });
    await first.end('SIGKILL');
    // What was answered is there.
    expect((await world.quick('commit', served.value.answer.id, 'read.json')).exit).toBe(0);
    const second = await serveWorld(world);
    expect((await world.quick('outcome', served.value.answer.id, 'succeeded')).exit).toBe(0);
    await second.end('SIGTERM');
    expect((await world.quick('status')).exit).toBe(0);
  });
});

describe('another server in its place', () => {
  it.each([
    ['an empty checkpoint', '', 'text/plain'],
    ['a page', '<html></html>', 'text/html'],
    ['JSON of its own', '{"checkpoint":"x","from":0,"size":1,"hashes":[]}', 'application/json'],
  ])('with %s is refused, and nothing is shown of it', async (_what, body, type) => {
    emptyRun();
    const liar = await startLiar(socketOf(), body, type);
    for (const words of [['propose', 'read.json'], ['status'], ['log', 'checkpoint'], ['tickets']]) {
      const ran = await world.quick(...words);
      expect({ exit: ran.exit, out: ran.out }).toEqual({ exit: 2, out: '' });
      expect(codeOf(ran)).toMatch(/^(?:ANSWER_MEDIA|NOTE_\w+|CHECKPOINT_\w+|ANSWER_MALFORMED)$/);
    }
    liar.kill('SIGKILL');
    await once(liar, 'close');
  });

  it(
    'with the log of another cell is refused by its key',
    async () => {
      const other = await furnishedWorld();
      const note = (await other.quick('log', 'checkpoint')).out;
      emptyRun();
      const body = JSON.stringify({ checkpoint: note, from: 0, size: 12, hashes: [] });
      const liar = await startLiar(socketOf(), body, 'application/json');
      const ran = await world.quick('status');
      expect({ exit: ran.exit, out: ran.out }).toEqual({ exit: 2, out: '' });
      liar.kill('SIGKILL');
      await once(liar, 'close');
    },
    SETUP_MS,
  );

  it('in a directory that others may use is shown no key', async () => {
    emptyRun();
    const liar = await startLiar(socketOf(), '', 'text/plain');
    chmodSync(runOf(), 0o755);
    const ran = await world.quick('status');
    expect({ exit: ran.exit, code: codeOf(ran) }).toEqual({ exit: 2, code: 'SOCKET_PERMISSIONS' });
    chmodSync(runOf(), 0o700);
    liar.kill('SIGKILL');
    await once(liar, 'close');
  });

  it('that is no socket is refused', async () => {
    emptyRun();
    writeFileSync(socketOf(), 'no socket');
    expect(codeOf(await world.quick('status'))).toBe('SOCKET_PERMISSIONS');
    emptyRun();
    expect((await world.quick('status')).exit).toBe(0);
  });
});

describe('on a served cell', () => {
  let served: Served;

  beforeAll(async () => {
    emptyRun();
    served = await serveWorld(world);
  }, SETUP_MS);

  afterAll(() => served.end('SIGTERM'));

  it('a key that is none, or has ended, or is not there is told with what helps', async () => {
    const key = readFileSync(keyOf('bot'), 'utf8');
    const wrong = key.trimEnd().slice(0, -1) + (key.trimEnd().endsWith('0') ? '1' : '0');
    writeFileSync(keyOf('bot'), wrong);
    const refused = await world.quick('propose', 'read.json');
    expect({ exit: refused.exit, code: codeOf(refused) }).toEqual({ exit: 1, code: 'UNAUTHENTICATED' });
    expect(refused.error).toContain('writ key add bot --keep');
    expect(refused.error).not.toContain(wrong.slice(40));
    rmSync(keyOf('bot'));
    expect(codeOf(await world.quick('propose', 'read.json'))).toBe('NO_KEY');
    await world.prepare('key', 'add', 'bot', '--keep');
    expect((await world.quick('propose', 'read.json')).exit).toBe(0);
    const list = JSON.parse((await world.quick('key', 'list', 'bot', '--json')).out) as {
      readonly keys: readonly { readonly id: string }[];
    };
    for (const { id } of list.keys) await world.prepare('key', 'end', id);
    expect(codeOf(await world.quick('propose', 'read.json'))).toBe('UNAUTHENTICATED');
    await world.prepare('key', 'add', 'bot', '--keep');
  });

  it.each([
    [['log', 'judge']],
    [['writ', `act_${'0'.repeat(26)}`]],
    [['backup', 'backup']],
    [['clock', 'accept']],
  ])('%j says that the server must be stopped', async (words) => {
    const ran = await world.quick(...words);
    expect({ exit: ran.exit, code: codeOf(ran) }).toEqual({ exit: 2, code: 'STORE_LOCKED' });
    expect(ran.error).toMatch(/: (?:stop writ serve|stop that process)/);
  });

  it('an idempotency key is a UUIDv7, and the same is the same request', async () => {
    const refused = await world.quick('propose', 'read.json', '--idempotency', 'k1');
    expect({ exit: refused.exit, code: codeOf(refused) }).toEqual({ exit: 2, code: 'USAGE' });
    const key = uuid7();
    const first = await world.json('propose', 'read.json', '--idempotency', key);
    const second = await world.json('propose', 'read.json', '--idempotency', key);
    expect(second.value.answer.id).toBe(first.value.answer.id);
    const other = await world.json('propose', 'other.json', '--idempotency', key);
    expect(other).toMatchObject({ exit: 1, value: { answer: { code: 'IDEMPOTENCY_MISMATCH' } } });
  });

  it('a record is remembered by this client, and a log that is rolled back is found', async () => {
    const memory = join(world.home, 'config', 'client', 'memory.json');
    const before = readFileSync(memory, 'utf8');
    expect((await world.quick('propose', 'read.json')).exit).toBe(0);
    expect(readFileSync(memory, 'utf8')).not.toBe(before);
    writeFileSync(memory, '{}');
    expect(codeOf(await world.quick('status'))).toBe('MEMORY_DAMAGED');
    writeFileSync(memory, before);
  });

  it('an answer with hostile text in it is shown encoded', async () => {
    const text = JSON.parse(readFileSync(join(world.directory, 'publish.json'), 'utf8'));
    text.action.args.path = 'a\u001b[2J\u202e.html';
    world.file('hostile.json', JSON.stringify(text));
    await world.quick('propose', 'hostile.json');
    const { out } = await world.quick('tickets');
    expect(out).toContain('site.publish');
    expect(out).not.toMatch(/[^\n -~]/);
  });
});

function uuid7(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000001`;
}
