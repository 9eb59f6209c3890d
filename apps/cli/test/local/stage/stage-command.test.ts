import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasSpectator } from '../../../src/local/stage/stage-command.ts';
import { startStage, type StartedStage } from './start-stage.ts';

let stage: StartedStage;
beforeAll(async () => {
  stage = await startStage('--port', '0');
});
afterAll(async () => {
  stage.child.kill('SIGKILL');
  await stage.ended;
});

type Answered = { readonly status: number; readonly body: string; readonly policy: string };

const send = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { port } = stage;
    const sent = ask({ host: '127.0.0.1', port, method, path, headers, setHost: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += String(chunk);
      });
      const { 'content-security-policy': policy } = response.headers;
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: text, policy: String(policy) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

const here = (): string => `localhost:${stage.port}`;
const page = (): Readonly<Record<string, string>> => ({
  host: here(),
  origin: `http://${here()}`,
  'content-type': 'application/json',
});

describe('the door of writ stage', () => {
  it('answers its own page under each of its names', async () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      const host = `${name}:${stage.port}`;
      expect(await send('GET', '/', { host })).toMatchObject({ status: 200 });
    }
  });

  it('lets two programs and one style run, by their digests, and nothing reach elsewhere', async () => {
    const { body, policy } = await send('GET', '/', { host: here() });
    const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64');
    const scripts = [...body.matchAll(/<script>([^]*?)<\/script>/g)].map(([, text = '']) => digestOf(text));
    const style = digestOf(/<style>([^]*?)<\/style>/.exec(body)?.[1] ?? '');
    expect(scripts).toHaveLength(2);
    expect(policy.split('; ').slice(0, 4)).toEqual([
      "default-src 'none'",
      `script-src ${scripts.map((digest) => `'sha256-${digest}'`).join(' ')}`,
      `style-src 'sha256-${style}'`,
      "connect-src 'self'",
    ]);
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(body.replace(/<script>[^]*?<\/script>/g, '')).not.toMatch(/ on[a-z]+=|https?:/);
  });

  it.each([
    ['another name', () => ({ host: `rebound.example:${stage.port}` })],
    ['another port', () => ({ host: 'localhost:1' })],
    ['no name', () => ({})],
    ['a page of another origin', () => ({ host: here(), origin: 'http://evil.example' })],
    ['a page without an origin', () => ({ host: here(), origin: 'null' })],
    ['a request across sites', () => ({ host: here(), 'sec-fetch-site': 'cross-site' })],
  ])('refuses %s, whatever it asks for', async (_, headers) => {
    for (const path of ['/', '/events', '/entries/1', '/nothing']) {
      expect((await send('GET', path, headers())).status).toBe(403);
    }
    const json = { ...headers(), 'content-type': 'application/json' };
    expect((await send('POST', '/exhibits/kill', json, '{}')).status).toBe(403);
  });

  it('takes orders from its own page only', async () => {
    const { origin: _, ...anonymous } = page();
    expect((await send('POST', '/agent', anonymous, '{}')).status).toBe(403);
    const form = { ...page(), 'content-type': 'text/plain' };
    expect((await send('POST', '/agent', form, '{}')).status).toBe(400);
    expect((await send('POST', '/agent', page(), '[]')).status).toBe(400);
    expect((await send('POST', '/agent', page(), `{"a":"${'x'.repeat(20_000)}"}`)).status).toBe(400);
    expect((await send('PUT', '/agent', page(), '{}')).status).toBe(405);
    expect((await send('POST', '/api/v1/actions', page(), '{}')).status).toBe(404);
    expect((await send('GET', '/entries/999', { host: here() })).status).toBe(404);
  });

  it.each([
    [{}, 'typed is a string'],
    [{ typed: ' ' }, 'There is nothing to propose yet.'],
    [{ typed: 'echo "' }, 'A quote is not closed.'],
    [{ typed: '{"tool": "mail.send"}' }, 'A call is {"tool": "…", "args": {…}}, in strict JSON.'],
    [
      { typed: '{"tool": "a", "args": {}, "args": {}}' },
      'A call is {"tool": "…", "args": {…}}, in strict JSON.',
    ],
    [
      { typed: '{"tool": "a", "args": {}, "by": "me"}' },
      'A call is {"tool": "…", "args": {…}}, in strict JSON.',
    ],
  ])('refuses %j before it asks the cell', async (body, text) => {
    const { status, body: said } = await send('POST', '/proposals', page(), JSON.stringify(body));
    expect({ status, ...JSON.parse(said) }).toEqual({ status: 422, text });
  });
});

describe('writ stage', () => {
  it('says where it is, what to compare, and how it ends', () => {
    expect(stage.printed).toMatch(/^key +\S+\+[0-9a-f]{8}\+\S+$/m);
    expect(stage.printed).toContain('Ctrl-C');
  });

  it('takes another port when one is taken, and leaves nothing behind when it is killed', async () => {
    const other = await startStage('--port', String(stage.port));
    expect(other.port).not.toBe(stage.port);
    expect(other.printed).toMatch(/another program listens on that port/);
    expect(other.left()).toHaveLength(1);
    const cells = childrenOf(other.child.pid ?? 0);
    other.child.kill('SIGKILL');
    expect(await other.ended).toBe('SIGKILL');
    while (cells.some(isThere)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(other.left()).toEqual([]);
  });
});

describe('hasSpectator()', () => {
  it.each([
    [{}, false, true],
    [{ CI: 'false' }, false, true],
    [{ CI: 'true' }, true, true],
    [{ CI: 'true' }, false, false],
    [{ CI: '1' }, false, false],
  ])('with %j and a terminal: %s is %s', (environment, isTerminal, expected) => {
    expect(hasSpectator(environment, isTerminal)).toBe(expected);
  });
});

/** Linux says; elsewhere nothing is known, and that nothing is left is what the test then asks. */
function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  } catch {
    return [];
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
