import { request as ask, type IncomingMessage } from 'node:http';
import type { Transport, TransportAnswer } from '@writ/sdk';

/** Far above what any answer takes, and little enough that nobody waits for a server that hangs. */
const ANSWER_MS_MAX = 60_000;

/** Each request on a connection of its own: one that was left idle may be gone when it is used again. */
export function openSocketTransport(socketPath: string): Transport {
  return ({ method, path, headers, body, answer_bytes_max }) =>
    new Promise((resolve, reject) => {
      const length = body === null ? {} : { 'content-length': String(body.length) };
      const sent = ask({
        socketPath,
        method,
        path,
        headers: { ...headers, ...length, host: 'localhost' },
        agent: false,
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
      sent.once('error', reject);
      sent.once('response', (response: IncomingMessage) => {
        readWhole(response, answer_bytes_max).then(resolve, reject);
      });
      sent.end(body ?? undefined);
    });
}

async function readWhole(response: IncomingMessage, bytes_max: number): Promise<TransportAnswer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Bytes, since no encoding was set.
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    chunks.push(chunk);
    // What is over is refused by whoever asked; the rest of it need not be held.
    if (length > bytes_max) break;
  }
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}
