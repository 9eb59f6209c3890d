import { chmod, rm } from 'node:fs/promises';
import {
  createServer as createPlain,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import { makePrivateDirectory } from '../../home/private-directory.ts';
import { answerRequest, type Door } from './answer-request.ts';
import { HTTP_LIMITS } from './limits.ts';
import { loopbackPlace, namedPlace, type Place, SOCKET_PLACE } from './place.ts';
import { refuse, sendReply } from './reply.ts';

/** Where a door listens. Beyond loopback there is no door without TLS. */
export type Listener =
  | { readonly kind: 'loopback'; readonly address: '127.0.0.1' | '::1'; readonly port: number }
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tls';
      readonly address: string;
      readonly port: number;
      /** The names that certificates and clients use. */
      readonly names: readonly string[];
      readonly key: string;
      readonly certificate: string;
    };

export type OpenDoor = {
  readonly listener: Listener;
  /** The port that was really taken. */
  readonly port: number | null;
  /** Takes no more, answers what it took, then ends what hangs. */
  close(): Promise<void>;
};

type Patience = Pick<
  typeof HTTP_LIMITS,
  'head_ms_max' | 'request_ms_max' | 'idle_ms_max' | 'stalled_ms_max' | 'check_interval_ms'
>;

function optionsOf(patience: { readonly [Name in keyof Patience]: number }) {
  return {
    maxHeaderSize: HTTP_LIMITS.head_bytes_max,
    headersTimeout: patience.head_ms_max,
    requestTimeout: patience.request_ms_max,
    keepAliveTimeout: patience.idle_ms_max,
    connectionsCheckingInterval: patience.check_interval_ms,
    insecureHTTPParser: false,
    requireHostHeader: false, // the door says so itself, with its own code
    noDelay: true,
  };
}

/** The default patience is for cells; tests have less. */
export async function openDoor(
  door: Door,
  listener: Listener,
  patience: { readonly [Name in keyof Patience]: number } = HTTP_LIMITS,
): Promise<OpenDoor> {
  const options = optionsOf(patience);
  const server =
    listener.kind === 'tls'
      ? createSecure({ ...options, key: listener.key, cert: listener.certificate, minVersion: 'TLSv1.2' })
      : createPlain(options);
  server.maxHeadersCount = HTTP_LIMITS.head_fields_max;
  server.maxConnections = HTTP_LIMITS.connections_max;
  server.timeout = patience.stalled_ms_max;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuseBroken(error, socket));
  const port = await listen(server, listener);
  serve(server, door, placeOf(listener, port));
  return { listener, port: listener.kind === 'socket' ? null : port, close: () => closeServer(server) };
}

function placeOf(listener: Listener, port: number): Place {
  switch (listener.kind) {
    case 'loopback':
      return loopbackPlace(port);
    case 'socket':
      return SOCKET_PLACE;
    case 'tls':
      return namedPlace(listener.names, port);
    default:
      return listener satisfies never;
  }
}

function serve(server: Server, door: Door, place: Place): void {
  let answering = 0;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    if (!door.leaving.enter(socket, response)) return void socket.destroy();
    if (answering >= HTTP_LIMITS.requests_max) {
      door.metrics.refused('OVERLOADED');
      return sendReply(response, null, refuse('OVERLOADED', 'agent'), door.leaving);
    }
    answering += 1;
    const begun = performance.now();
    void answerRequest(door, place, request).then(({ id, reply }) => {
      answering -= 1;
      if (response.destroyed) door.metrics.abandoned();
      else sendReply(response, id, reply, door.leaving);
      // What was not read would be taken for the next request.
      if (!request.complete) request.resume();
      if (id !== null) door.metrics.answered(id, response.statusCode, (performance.now() - begun) / 1000);
      else if (reply.kind === 'problem') door.metrics.refused(reply.problem.code);
    });
  });
}

async function listen(server: Server, listener: Listener): Promise<number> {
  if (listener.kind === 'socket') {
    // Its directory is the owner's alone, and the lock of the store says that no other cell uses it.
    await makePrivateDirectory(dirname(listener.path));
    await rm(listener.path, { force: true });
  }
  // With TLS, all addresses of both kinds are one listener.
  const isLoopback = listener.kind === 'loopback';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const taken = (): void => {
      server.off('error', reject);
      resolve();
    };
    if (listener.kind === 'socket') server.listen(listener.path, taken);
    else server.listen({ host: listener.address, port: listener.port, ipv6Only: isLoopback }, taken);
  });
  if (listener.kind === 'socket') await chmod(listener.path, 0o600);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const STATUS_OF: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** What the parser cannot read has no answer of ours: a bare status, and the connection ends. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = STATUS_OF[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const hanging = setTimeout(() => server.closeAllConnections(), HTTP_LIMITS.closing_ms_max);
    server.close(() => {
      clearTimeout(hanging);
      resolve();
    });
    server.closeIdleConnections();
  });
}
