import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_LIMITS } from '@writ/contract/api';
import { openRaw, sendRaw } from './raw.ts';
import { createDoorWorld, type DoorWorld } from './world.ts';

let world: DoorWorld;
beforeAll(async () => {
  world = await createDoorWorld();
});
afterAll(() => world.destroy());

const PATH = '/api/v1/actions';
const READ = '{"tool":"files.read","args":{"path":"a"}}';

function head(extra: string, method = 'POST', path = PATH): string {
  const fields = `host: 127.0.0.1:${world.port}\r\nauthorization: Bearer ${world.keys.agent}\r\n`;
  return `${method} ${path} HTTP/1.1\r\n${fields}${extra}\r\n`;
}

const statusesIn = (text: string): readonly string[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, one]) => one ?? '');

describe('a body', () => {
  it.each([
    ['no JSON', 'nothing', 400],
    ['a member twice', '{"tool":"files.read","tool":"mail.send","args":{}}', 400],
    ['a member twice in the arguments', '{"tool":"files.read","args":{"path":"a","path":"b"}}', 400],
    ['a BOM', `\uFEFF${READ}`, 400],
    ['trailing data', `${READ}{}`, 400],
    ['a lone surrogate', '{"tool":"files.read","args":{"path":"\\ud800"}}', 400],
    ['an unsafe integer', '{"tool":"files.read","args":{"path":9007199254740993}}', 400],
    ['too deep a value', `{"tool":"files.read","args":{"path":${'['.repeat(100)}${']'.repeat(100)}}}`, 400],
    ['a member of the prototype', '{"tool":"files.read","args":{},"__proto__":{"by":"x"}}', 400],
    ['another principal', '{"tool":"files.read","args":{},"by":"prn_00000000000000000000000000"}', 400],
    ['nothing in it', '', 400],
    ['null', 'null', 400],
  ])('with %s is refused', async (_, raw, status) => {
    const got = await world.ask('POST', PATH, { raw });
    expect([got.status, got.json['code']]).toEqual([status, 'REQUEST_INVALID']);
  });

  it('that is no UTF-8 is refused', async () => {
    const got = await world.ask('POST', PATH, { raw: Buffer.from([0x22, 0xc3, 0x28, 0x22]) });
    expect(got.status).toBe(400);
  });

  it.each(['text/plain', 'application/json; charset=latin1', 'application/x-www-form-urlencoded', ''])(
    'of type %j is refused',
    async (media) => {
      const got = await world.ask('POST', PATH, { raw: READ, headers: { 'content-type': media } });
      expect(got.json).toMatchObject({ code: 'MEDIA_REFUSED', status: 415 });
    },
  );

  it('that must be unpacked is refused, whatever is in it', async () => {
    const raw = gzipSync(Buffer.alloc(10 * 1024 * 1024, 0x20));
    const got = await world.ask('POST', PATH, { raw, headers: { 'content-encoding': 'gzip' } });
    expect(got.json).toMatchObject({ code: 'MEDIA_REFUSED' });
  });

  it('that is declared too long is refused before it is sent', async () => {
    const length = API_LIMITS.action_bytes_max + 1;
    const text = await sendRaw(
      world.port,
      head(`content-type: application/json\r\ncontent-length: ${length}\r\n`),
    );
    expect(statusesIn(text)).toEqual(['413']);
  });

  it('that becomes too long is refused while it comes', async () => {
    const raw = await openRaw(world.port);
    raw.socket.write(head('content-type: application/json\r\ntransfer-encoding: chunked\r\n'));
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    for (let sent = 0; sent < 8; sent += 1) raw.socket.write(chunk);
    expect(statusesIn(await raw.ended)).toEqual(['413']);
  });
});

describe('a request', () => {
  it.each([
    ['with two hosts', `host: evil.example\r\ncontent-length: 0\r\n`],
    ['with two credentials', `authorization: Bearer wk_\r\ncontent-length: 0\r\n`],
    ['with two types', 'content-type: application/json\r\ncontent-type: text/plain\r\ncontent-length: 0\r\n'],
    ['with two keys', 'idempotency-key: a\r\nidempotency-key: b\r\ncontent-length: 0\r\n'],
    ['with two lengths', 'content-length: 5\r\ncontent-length: 6\r\n'],
    ['with a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked\r\n'],
    ['with a folded field', 'x-a: b\r\n c\r\ncontent-length: 0\r\n'],
    ['with a bare line feed', 'x-a: b\ncontent-length: 0\r\n'],
    ['with a space before the colon', 'host : evil\r\ncontent-length: 0\r\n'],
    ['with a head that is too large', `x-a: ${'a'.repeat(20_000)}\r\n`],
  ])('%s is refused', async (_, extra) => {
    const raw = await openRaw(world.port);
    raw.socket.end(head(`${extra}connection: close\r\n`));
    const [status = '400'] = statusesIn(await raw.ended);
    expect(Number(status)).toBeGreaterThanOrEqual(400);
    expect(Number(status)).toBeLessThan(500);
  });

  it('whose method is none of the path’s is refused', async () => {
    expect((await world.ask('DELETE', PATH)).json).toMatchObject({ code: 'METHOD_REFUSED', status: 405 });
    expect((await world.ask('TRACE', '/health')).status).toBe(405);
  });

  it.each([
    '/api/v1/actions/',
    '/api/v1//actions',
    '/api/v1/actions/..%2f',
    '/api/v1/actions/../tools',
    '/API/v1/actions',
    '/api/v1/actions/act_00000000000000000000000000/commit/x',
    '/%00',
    '*',
    'http://evil.example/api/v1/actions',
  ])('for %s finds nothing', async (path) => {
    const got = await world.ask('GET', path);
    expect([400, 404]).toContain(got.status);
  });

  it('that comes with others before their answers is answered in order', async () => {
    const one = head('', 'GET', '/health');
    const last = head('connection: close\r\n', 'GET', '/nothing');
    expect(statusesIn(await sendRaw(world.port, one + one + last))).toEqual(['200', '200', '404']);
  });

  it('whose sender hangs up before the answer gets none; what was decided stands in the log', async () => {
    const before = world.cell.running.durableSize();
    const raw = await openRaw(world.port);
    raw.socket.end(head(`content-type: application/json\r\ncontent-length: ${READ.length}\r\n`) + READ);
    expect(statusesIn(await raw.ended)).toEqual([]);
    await expect.poll(() => world.cell.running.durableSize()).toBeGreaterThan(before);
    expect(world.door.metrics.print(world.cell)).toMatch(/^writ_abandoned_total [1-9]/m);
  });

  it('whose sender goes away in the middle of a body leaves nothing behind', async () => {
    const before = world.cell.running.durableSize();
    for (let n = 0; n < 50; n += 1) {
      const raw = await openRaw(world.port);
      raw.socket.write(head('content-type: application/json\r\ncontent-length: 100\r\n') + READ);
      await new Promise((resolve) => setImmediate(resolve));
      raw.socket.destroy();
    }
    await expect.poll(() => world.door.arriving.bytes).toBe(0);
    expect(world.cell.running.durableSize()).toBe(before);
  });
});

describe('a credential', () => {
  it.each([
    ['none', null],
    ['nonsense', 'abc'],
    ['a key that was never made', `wk_${'0'.repeat(26)}_${'0'.repeat(52)}`],
  ])('that is %s reaches nothing, and closes the connection', async (_, key) => {
    const got = await world.ask('GET', '/api/v1/me', { key });
    expect(got.json).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    expect(got.headers['connection']).toBe('close');
  });

  it('of an agent can neither govern nor read nor approve nor thaw', async () => {
    const calls: readonly (readonly [string, string])[] = [
      ['POST', '/api/v1/tools'],
      ['PUT', '/api/v1/policy'],
      ['POST', '/api/v1/principals'],
      ['POST', '/api/v1/thaws'],
      ['POST', '/api/v1/tickets/tkt_00000000000000000000000000/approve'],
      ['GET', '/api/v1/log/entries'],
      ['GET', '/metrics'],
    ];
    for (const [method, path] of calls) {
      const got = await world.ask(method, path, { body: {} });
      expect([path, got.status]).toEqual([path, 403]);
    }
  });

  it('is repeated in no answer', async () => {
    const got = await world.ask('GET', '/api/v1/me');
    expect(got.text).not.toContain(world.keys.agent.slice(-20));
  });
});

describe('all of this', () => {
  it('was no failure of the door', () => {
    expect(world.failures).toEqual([]);
  });
});
