import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Body } from '@writ/contract/api';
import { DoorRefusal } from './refusal.ts';

/** Bytes of bodies that are arriving now, over all connections of a door. */
export type Arriving = { bytes: number; readonly bytes_max: number };

/** Reads one body whole, never more than its operation takes, and nothing that must be unpacked. */
export async function readBody(request: IncomingMessage, body: Body, arriving: Arriving): Promise<Buffer> {
  checkMedia(request, body);
  const declared = declaredLength(request);
  if (declared !== null && declared > body.bytes_max) throw new DoorRefusal('BODY_TOO_LARGE');
  // What has no declared length may become as long as is allowed.
  const reserved = declared ?? body.bytes_max;
  if (arriving.bytes + reserved > arriving.bytes_max) throw new DoorRefusal('OVERLOADED');
  arriving.bytes += reserved;
  try {
    return await collect(request, body.bytes_max);
  } finally {
    arriving.bytes -= reserved;
  }
}

function checkMedia({ headers }: IncomingMessage, { media }: Body): void {
  const given = headers['content-type'];
  const isEncoded = (headers['content-encoding'] ?? 'identity') !== 'identity';
  if (isEncoded || given === undefined) throw new DoorRefusal('MEDIA_REFUSED');
  if (given !== media && given !== `${media}; charset=utf-8` && given !== `${media};charset=utf-8`)
    throw new DoorRefusal('MEDIA_REFUSED');
}

const LENGTH = /^(?:0|[1-9][0-9]{0,14})$/;

function declaredLength({ headers }: IncomingMessage): number | null {
  const length = headers['content-length'];
  if (length === undefined) return null;
  if (!LENGTH.test(length)) throw new DoorRefusal('REQUEST_INVALID');
  return Number(length);
}

/** Events instead of an iterator: it costs a promise a chunk, and most bodies are one. */
function collect(request: IncomingMessage, bytes_max: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bytes_max) {
        request.removeAllListeners('data');
        request.resume();
        reject(new DoorRefusal('BODY_TOO_LARGE'));
      } else chunks.push(chunk);
    });
    // The other side went away, or was too slow: nobody waits for an answer.
    const refuse = (): void => reject(new DoorRefusal('REQUEST_TOO_SLOW'));
    request.once('end', () => {
      // Each request closes in the end, and a refusal that nobody reads costs more than the body.
      request.off('close', refuse);
      const [first] = chunks;
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, bytes));
    });
    request.once('error', refuse);
    request.once('close', refuse);
  });
}
