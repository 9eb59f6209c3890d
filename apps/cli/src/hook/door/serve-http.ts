import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { RESULT_BYTES_MAX } from '../host/read-event.ts';
import { answerEvent } from './answer-event.ts';
import type { DoorContext } from './context.ts';

export const HOOK_PATH = '/claude-code';
const LOOPBACK = '127.0.0.1';

/**
 * The same door over HTTP, for hosts that ask so. Anything but an answer is a failure, on which hosts block.
 */
export function serveHttp(context: DoorContext): Promise<Server> {
  const server = createServer((request, response) => {
    answer(context, request, response).catch(() => refuse(response, 500));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(context.settings.port, LOOPBACK, () => resolve(server));
  });
}

async function answer(
  context: DoorContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { port, key } = context.settings;
  const { host, origin, authorization } = request.headers;
  // A page in a browser can reach this port, under the page's own name and with its origin.
  if (host !== `${LOOPBACK}:${port}` || origin !== undefined) return refuse(response, 421);
  if (!isKey(authorization ?? '', key)) return refuse(response, 401);
  if (request.method !== 'POST' || request.url !== HOOK_PATH) return refuse(response, 404);
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Bytes, since no encoding was set.
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > RESULT_BYTES_MAX) return refuse(response, 413);
    chunks.push(chunk);
  }
  const text = await answerEvent(context, Buffer.concat(chunks));
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(text);
}

/** In the same time, wherever they differ. */
function isKey(authorization: string, key: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization), digest(`Bearer ${key}`));
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { connection: 'close' }).end();
}
