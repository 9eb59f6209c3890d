import { once } from 'node:events';
import { renameSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request as ask, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { furnishedWorld } from '../furnished.ts';
import { type Ran, SETUP_MS, type World } from '../run-writ.ts';
import { type Served, serveWorld } from '../serving.ts';

/** A program between the command and the real cell: it sees all, and changes what it likes. */
type Between = {
  readonly paths: string[];
  /** What becomes of an answer; null: the connection ends without one. */
  change: (path: string, body: string) => string | null | Promise<string | null>;
};

let world: World;
let served: Served;
let between: Between;
let server: Server;

const as_is = (_path: string, body: string): string => body;
const pathOf = (name: string): string => join(world.home, 'state', 'run', name);
const codeOf = ({ error }: Ran): string | undefined => /^writ: ([A-Z_0-9]+): .*\n$/.exec(error)?.[1];

async function begin(): Promise<void> {
  served = await serveWorld(world);
  renameSync(pathOf('writ.sock'), pathOf('real.sock'));
  between = { paths: [], change: as_is };
  server = createServer((request, response) => {
    const path = `${request.method} ${request.url}`;
    between.paths.push(path);
    void forward(request).then(async ({ status, type, body }) => {
      const changed = await between.change(path, body);
      if (changed === null) return void request.socket.destroy();
      response.writeHead(status, { 'content-type': type });
      response.end(changed);
    });
  });
  server.listen(pathOf('writ.sock'));
  await once(server, 'listening');
}

type Forwarded = { readonly status: number; readonly type: string; readonly body: string };

async function forward(request: IncomingMessage): Promise<Forwarded> {
  const { method, url: path, headers } = request;
  const sent = ask({ socketPath: pathOf('real.sock'), method, path, headers, agent: false });
  request.pipe(sent);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]; // the one argument of the event
  let body = '';
  for await (const chunk of answer.setEncoding('utf8')) body += String(chunk);
  return { status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', body };
}

async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  await served.end(signal);
  server.close();
  rmSync(pathOf('writ.sock'), { force: true });
}

beforeAll(async () => {
  world = await furnishedWorld();
  await begin();
}, SETUP_MS);

afterAll(() => end('SIGTERM'));

beforeEach(() => {
  between.change = as_is;
  between.paths.length = 0;
});

type Json = Readonly<Record<string, unknown>>;

/** Changes the JSON of answers to paths that have this in them. */
const changing =
  (part: string, change: (value: Json) => Json) =>
  (path: string, body: string): string =>
    path.includes(part) ? JSON.stringify(change(JSON.parse(body) as Json)) : body;

describe('a server that lies to a command', () => {
  it('is no help and no harm when it says all as it is', async () => {
    expect((await world.quick('propose', 'read.json')).exit).toBe(0);
    expect(between.paths.some((path) => path.startsWith('POST /api/v1/actions'))).toBe(true);
  });

  it('cannot show a person another action than the binding stands for', async () => {
    const ticketOf = async (name: string): Promise<string> =>
      (await world.json('propose', name)).value.answer.ticket.id;
    world.file('second.json', JSON.stringify(SECOND));
    const [one, other] = [await ticketOf('publish.json'), await ticketOf('second.json')];
    let sealed: unknown = null;
    between.change = changing(`/tickets/${other}`, (value) => {
      sealed = value['sealed'];
      return value;
    });
    expect((await world.quick('tickets')).out).toContain('second.html');
    between.change = changing(`/tickets/${one}`, (value) => ({ ...value, sealed }));
    const refused = await world.quick('approve', one, '--unattended');
    expect({ exit: refused.exit, code: codeOf(refused) }).toEqual({ exit: 2, code: 'ANSWER_CONTRADICTS' });
    between.change = changing(`/tickets/${one}`, (value) => ({
      ...value,
      ticket: { ...(value['ticket'] as Json), action: `act_${'0'.repeat(26)}` },
    }));
    expect(codeOf(await world.quick('tickets'))).toBe('ANSWER_CONTRADICTS');
    expect(between.paths.filter((path) => path.startsWith('POST /api/v1/tickets'))).toEqual([]);
  });

  it('cannot make a permission of a ticket, nor of nothing', async () => {
    between.change = changing('POST /api/v1/actions', (value) => ({
      ...value,
      answer: {
        ...(value['answer'] as Json),
        verdict: 'ALLOW',
        ticket: null,
        expires_at: Date.now() + 9_999,
      },
    }));
    const ticket = await world.quick('propose', 'publish.json', '--out', 'lie.writ');
    expect({ exit: ticket.exit, out: ticket.out }).toEqual({ exit: 2, out: '' });
    between.change = changing('POST /api/v1/actions', (value) => ({ ...value, proven: null }));
    expect(codeOf(await world.quick('propose', 'read.json'))).toBe('ANSWER_UNPROVEN');
  });

  it('cannot pass one record off as another', async () => {
    let proven: unknown = null;
    between.change = changing('POST /api/v1/freezes', (value) => {
      proven = value['proven'];
      return value;
    });
    await world.prepare('freeze', 'session', 'somewhere');
    between.change = changing('POST /api/v1/tools', (value) => ({ ...value, proven }));
    expect(codeOf(await world.quick('tool', 'add', 'read-tool.json'))).toBe('ANSWER_CONTRADICTS');
    between.change = changing('/api/v1/log/proof/3', (value) => ({ ...value, index: 4 }));
    const shown = await world.quick('log', 'show', '--from', '3', '--limit', '1');
    expect(codeOf(shown)).toBe('ANSWER_CONTRADICTS');
  });

  it('cannot keep a freeze from being seen to be refused', async () => {
    between.change = changing('POST /api/v1/freezes', () => ({ answer: { kind: 'done', id: 'frz' } }));
    expect((await world.quick('freeze', 'session', 'elsewhere')).exit).toBe(2);
  });
});

describe('a server that is killed when it has recorded a commit, before the answer', () => {
  it('leaves the command without an answer, and the same attempt gets it from the store', async () => {
    const { id } = (await world.json('propose', 'read.json', '--out', 'cut.writ')).value.answer;
    between.change = async (path, body) => {
      if (!path.includes('/commit')) return body;
      await served.end('SIGKILL');
      return null;
    };
    const words = ['commit', 'cut.writ', 'read.json', '--attempt', 'mine', '--out', 'cut.receipt'];
    const cut = await world.quick(...words);
    expect({ exit: cut.exit, out: cut.out }).toEqual({ exit: 2, out: '' });
    expect(codeOf(cut)).toBe('TRANSPORT_FAILED');
    server.close();
    rmSync(pathOf('writ.sock'), { force: true });
    const again = await world.json(...words);
    expect(again).toMatchObject({ exit: 0, value: { answer: { kind: 'repeat', id } } });
    expect((await world.quick('verify', 'cut.receipt')).exit).toBe(0);
    await begin();
  });
});

const SECOND = {
  action: { tool: 'site.publish', args: { path: 'second.html' }, why: 'a test' },
  understanding: {
    effects: ['WRITE_PATCH'],
    resources: [],
    findings: [],
    reversibility: 'reversible',
    risk: 1_000,
    costs: [],
  },
};
