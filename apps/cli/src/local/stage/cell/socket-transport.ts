import { request as ask } from 'node:http';
import type { Transport } from '@writ/sdk';

/** A cell that was killed in the middle of an answer must not keep anybody waiting. */
const ANSWER_MS_MAX = 20_000;

/** Over the socket of the cell, a connection for each request: none outlives a cell. */
export function socketTransport(socketPath: string): Transport {
  return ({ method, path, headers, body, answer_bytes_max }) =>
    new Promise((resolve, reject) => {
      const length = body === null ? {} : { 'content-length': String(body.length) };
      const all = { host: 'localhost', ...headers, ...length };
      const options = { socketPath, method, path, headers: all, agent: false, timeout: ANSWER_MS_MAX };
      const sent = ask(options, (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > answer_bytes_max) sent.destroy(new Error('the answer is too large'));
          else chunks.push(chunk);
        });
        response.once('error', reject);
        response.once('aborted', () => reject(new Error('the answer was cut off')));
        response.once('end', () => {
          const got = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
          const { statusCode: status = 0 } = response;
          resolve({ status, headers: Object.fromEntries(got), body: Buffer.concat(chunks) });
        });
      });
      sent.once('timeout', () => sent.destroy(new Error('no answer in time')));
      sent.once('error', reject);
      sent.end(body ?? undefined);
    });
}
