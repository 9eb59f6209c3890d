import { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';

/** One connection that asks and reads one answer at a time, as lean as a load generator must be. */
export type Connection = {
  ask(request: Buffer): Promise<Answer>;
  close(): void;
};

export type Answer = { readonly status: number; readonly body: string };

const HEAD_END = '\r\n\r\n';

export function openConnection(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => resolve(serve(socket)));
  });
}

function serve(socket: Socket): Connection {
  let waiting: { resolve(answer: Answer): void; reject(reason: Error): void } | null = null;
  let buffered: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    const answer = takeAnswer(buffered);
    if (answer === null) return;
    buffered = buffered.subarray(answer.end);
    waiting?.resolve(answer);
    waiting = null;
  });
  const fail = (): void => {
    waiting?.reject(new Error('the connection ended'));
    waiting = null;
  };
  socket.on('error', fail);
  socket.on('close', fail);
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

function takeAnswer(bytes: Buffer): (Answer & { readonly end: number }) | null {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const start = headEnd + HEAD_END.length;
  if (bytes.length < start + length) return null;
  const status = Number(head.slice(9, 12));
  return { status, body: bytes.toString('utf8', start, start + length), end: start + length };
}

export function requestOf(port: number, path: string, body: string, key: string | null): Buffer {
  const credential = key === null ? '' : `authorization: Bearer ${key}\r\n`;
  const head =
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${credential}` +
    `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body, 'utf8');
}
