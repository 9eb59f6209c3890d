import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { HTTP_LIMITS } from './limits.ts';

/**
 * Requests and answers of connections, until the answers are taken: whoever asks much and reads nothing must
 * not fill the memory.
 */
export type Leaving = {
  /** One more request of a connection; false when it has too many whose answers it has not taken. */
  enter(socket: Socket, response: ServerResponse): boolean;
  /** One answer of so many bytes; false when too many of all connections wait. */
  hold(socket: Socket, response: ServerResponse, bytes: number): boolean;
};

type Line = { requests: number; bytes: number; closed: boolean };

export function openLeaving(bytes_max: number = HTTP_LIMITS.leaving_bytes_max): Leaving {
  const lines = new WeakMap<Socket, Line>();
  let waiting = 0;
  const lineOf = (socket: Socket): Line => {
    const known = lines.get(socket);
    if (known !== undefined) return known;
    const line = { requests: 0, bytes: 0, closed: false };
    lines.set(socket, line);
    // Answers behind the one that was on its way are never told that they will not be sent.
    socket.once('close', () => {
      line.closed = true;
      waiting -= line.bytes;
    });
    return line;
  };
  return {
    enter(socket, response) {
      const line = lineOf(socket);
      if (socket.destroyed || line.requests >= HTTP_LIMITS.requests_ahead_max) return false;
      line.requests += 1;
      response.once('finish', () => {
        line.requests -= 1;
      });
      return true;
    },
    hold(socket, response, bytes) {
      const line = lineOf(socket);
      if (line.closed) return true;
      if (waiting + bytes > bytes_max) return false;
      line.bytes += bytes;
      waiting += bytes;
      response.once('finish', () => {
        line.bytes -= bytes;
        if (!line.closed) waiting -= bytes;
      });
      return true;
    },
  };
}
