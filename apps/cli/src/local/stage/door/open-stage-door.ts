import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { loopbackPlace } from '@writ/cell';
import type { Board } from '../board.ts';
import type { StagePage } from '../document/build-stage-page.ts';
import type { StageEvent } from '../entry.ts';
import type { Answer, StageReply } from './answer.ts';
import { DOOR_LIMITS } from './limits.ts';

export type StageDoor = {
  readonly port: number;
  /** Another program has the port that was asked for. */
  readonly isOther: boolean;
  close(): void;
};

type Serving = { readonly board: Board; readonly page: StagePage; readonly answer: Answer };

/** On both loopback addresses, where the machine has both; another port when that one is taken. */
export async function openStageDoor(port: number, serving: Serving): Promise<StageDoor> {
  try {
    return { ...(await listen(port, serving)), isOther: false };
  } catch (error) {
    if (!isTaken(error) || port === 0) throw error;
    return { ...(await listen(0, serving)), isOther: true };
  }
}

async function listen(port: number, serving: Serving): Promise<Omit<StageDoor, 'isOther'>> {
  const first = makeServer();
  const taken = await listenOn(first, '127.0.0.1', port);
  const servers = [first];
  const second = makeServer();
  try {
    await listenOn(second, '::1', taken);
    servers.push(second);
  } catch (error) {
    // Not every machine has the other loopback; another program there would be found by `localhost`.
    if (isTaken(error)) {
      first.close();
      throw error;
    }
  }
  for (const server of servers) serve(server, taken, serving);
  const close = (): void => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  return { port: taken, close };
}

function makeServer(): Server {
  const server = createServer({
    maxHeaderSize: DOOR_LIMITS.head_bytes_max,
    requestTimeout: DOOR_LIMITS.body_ms_max,
    headersTimeout: DOOR_LIMITS.body_ms_max,
    requireHostHeader: false, // refused with the other names
  });
  server.maxConnections = DOOR_LIMITS.connections_max;
  return server;
}

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: true }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function serve(server: Server, port: number, serving: Serving): void {
  const place = loopbackPlace(port);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => {});
    serving
      .answer(place, request)
      .catch((): StageReply => ({ kind: 'json', status: 500, value: { text: 'an unexpected failure' } }))
      .then((reply) => send(reply, response, serving))
      .catch(() => response.destroy());
  });
}

const FIXED = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

function send(reply: StageReply, response: ServerResponse, { board, page }: Serving): void {
  switch (reply.kind) {
    case 'page': {
      const headers = { 'content-security-policy': page.policy, 'content-type': 'text/html; charset=utf-8' };
      return void response.writeHead(200, { ...FIXED, ...headers }).end(page.html);
    }
    case 'events':
      return tell(board, response);
    case 'json': {
      const headers = { 'content-type': 'application/json', 'content-security-policy': "default-src 'none'" };
      return void response.writeHead(reply.status, { ...FIXED, ...headers }).end(JSON.stringify(reply.value));
    }
    default:
      return reply satisfies never;
  }
}

const listening = new Set<ServerResponse>();

/** Server-Sent Events: everything so far, then what happens. Who reads too slowly begins anew. */
function tell(board: Board, response: ServerResponse): void {
  if (listening.size >= DOOR_LIMITS.listeners_max) return void response.writeHead(503, FIXED).end();
  listening.add(response);
  response.writeHead(200, { ...FIXED, 'content-type': 'text/event-stream' });
  const write = (event: StageEvent): void => {
    response.write(`data: ${JSON.stringify(event)}\n\n`);
    if (response.writableLength > DOOR_LIMITS.unsent_bytes_max) response.destroy();
  };
  write(board.everything());
  const end = board.listen(write);
  response.on('close', () => {
    end();
    listening.delete(response);
  });
}
