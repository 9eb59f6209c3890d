import { Buffer } from 'node:buffer';
import { type IncomingMessage, request } from 'node:http';

/** How a door of the cell is reached from this machine. */
export type Way =
  | { readonly kind: 'port'; readonly address: string; readonly port: number }
  | { readonly kind: 'socket'; readonly path: string };

export type Question = {
  readonly method: string;
  readonly path: string;
  /** In order, and as often as they stand here; `Host` is among them or is not sent. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
};

export type Answer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** The stable code of a refusal, where there is one. */
  readonly code: string | null;
};

/** A local door answers at once, or not at all. */
const ANSWER_MS_MAX = 10_000;
/** What a probe looks at is small. A longer answer is cut off, and an answer all the same. */
const ANSWER_BYTES_MAX = 1_048_576;

/** One request on a connection of its own. Null: nobody answered. */
export function ask(way: Way, { method, path, headers, body }: Question): Promise<Answer | null> {
  const length: readonly (readonly [string, string])[] =
    body === undefined ? [] : [['content-length', String(body.length)]];
  const to = way.kind === 'socket' ? { socketPath: way.path } : { host: way.address, port: way.port };
  return new Promise((resolve) => {
    const fields = [...headers, ...length, ['connection', 'close'] as const].flat();
    const signal = AbortSignal.timeout(ANSWER_MS_MAX);
    const sent = request({ ...to, method, path, headers: fields, agent: false, setHost: false, signal });
    sent.once('error', () => resolve(null));
    sent.once('response', (response) => {
      void collect(response).then((bytes) => {
        const { statusCode: status = 0, headers: got } = response;
        resolve({ status, headers: got, body: bytes, code: codeIn(bytes) });
        sent.destroy();
      });
    });
    sent.end(body);
  });
}

function collect(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const done = (): void => resolve(Buffer.concat(chunks));
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > ANSWER_BYTES_MAX) done();
    });
    for (const event of ['end', 'error', 'close']) response.once(event, done);
  });
}

/** Stable codes are words in capitals; anything else is not repeated. */
const CODE = /^[A-Z][A-Z_]{0,63}$/;

function codeIn(body: Buffer): string | null {
  const code = memberOf(parsed(body), 'code');
  return typeof code === 'string' && CODE.test(code) ? code : null;
}

export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

/** A member of whatever was answered. */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name]; // an object, by the line before
}
