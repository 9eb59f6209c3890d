import type { Buffer } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import type { Code } from '@writ/contract';
import { OPERATIONS, type OperationId, type Problem, problemOf, type View } from '@writ/contract/api';
import type { Leaving } from './leaving.ts';
import { HTTP_LIMITS } from './limits.ts';

/** What leaves: a value of the operation's own media type, or a problem. `index` is the log it stands on. */
export type Reply =
  | { readonly kind: 'value'; readonly status: number; readonly index: number; readonly value: object }
  | { readonly kind: 'raw'; readonly index: number; readonly bytes: string | Buffer }
  | { readonly kind: 'problem'; readonly index: number | null; readonly problem: Problem };

export function refuse(code: Code, view: View, detail: string | null = null): Reply {
  const problem = problemOf(code, view);
  return { kind: 'problem', index: null, problem: detail === null ? problem : { ...problem, detail } };
}

const FIXED = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
} as const;

/** Answered on a connection that stays only when the request was understood. */
export function sendReply(
  response: ServerResponse,
  id: OperationId | null,
  reply: Reply,
  leaving: Leaving,
): void {
  if (response.headersSent || response.destroyed) return;
  switch (reply.kind) {
    case 'value': {
      const body = JSON.stringify(reply.value);
      if (!mayLeave(response, id, byteLength(body), leaving)) return refuseToHold(response, id, leaving);
      return send(response, reply.status, 'application/json', reply.index, body);
    }
    case 'raw': {
      const { bytes } = reply;
      const length = typeof bytes === 'string' ? byteLength(bytes) : bytes.length;
      if (!mayLeave(response, id, length, leaving)) return refuseToHold(response, id, leaving);
      const media = id === null ? 'text/plain' : OPERATIONS[id].answer.media;
      return send(response, 200, media, reply.index, bytes);
    }
    case 'problem': {
      const { problem, index } = reply;
      setProblemHeaders(response, problem);
      return send(response, problem.status, 'application/problem+json', index, JSON.stringify(problem));
    }
    default:
      return reply satisfies never;
  }
}

/** What anyone may ask for is the same bytes for all. A freeze is answered whatever others do not read. */
function mayLeave(
  response: ServerResponse,
  id: OperationId | null,
  bytes: number,
  leaving: Leaving,
): boolean {
  if (id === null || OPERATIONS[id].access === 'anyone' || bytes <= HTTP_LIMITS.small_answer_bytes)
    return true;
  return leaving.hold(response.req.socket, response, bytes);
}

/** What was only read can be read again; what was decided stands, and its answer is lost like any other. */
function refuseToHold(response: ServerResponse, id: OperationId | null, leaving: Leaving): void {
  if (id !== null && OPERATIONS[id].method !== 'GET') response.req.socket.destroy();
  else sendReply(response, id, refuse('OVERLOADED', 'agent'), leaving);
}

function setProblemHeaders(response: ServerResponse, { status }: Problem): void {
  if (status === 503 || status === 429) response.setHeader('retry-after', HTTP_LIMITS.retry_after_s);
  if (status === 401) response.setHeader('www-authenticate', 'Bearer realm="writ"');
  // Whoever guesses credentials, or sends what nobody reads to its end, connects anew for each try.
  if (status === 401 || status === 413 || status === 408 || status === 421)
    response.setHeader('connection', 'close');
}

function send(
  response: ServerResponse,
  status: number,
  media: string,
  index: number | null,
  body: string | Buffer,
): void {
  const length =
    typeof body === 'string' ? { 'content-length': byteLength(body) } : { 'content-length': body.length };
  const at = index === null ? {} : { 'writ-index': String(index) };
  response.writeHead(status, { ...FIXED, ...at, 'content-type': media, ...length });
  response.end(body);
}

const byteLength = (text: string): number => globalThis.Buffer.byteLength(text, 'utf8');
