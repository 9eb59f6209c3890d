import { connect, type Socket } from 'node:net';

/**
 * Bytes as they are, and what comes back until the other side ends: for what no client library would send.
 */
export type Raw = {
  readonly socket: Socket;
  /** All that came so far. */
  text(): string;
  ended: Promise<string>;
};

export function openRaw(port: number): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    let all = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      all += text;
    });
    socket.once('error', reject);
    const ended = new Promise<string>((done) => {
      socket.once('end', () => {
        done(all);
        socket.end();
      });
      socket.once('close', () => done(all));
    });
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', () => {});
      resolve({ socket, text: () => all, ended });
    });
  });
}

export async function sendRaw(port: number, bytes: string | Buffer): Promise<string> {
  const raw = await openRaw(port);
  raw.socket.write(bytes);
  return raw.ended;
}
