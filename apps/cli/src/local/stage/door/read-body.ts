import type { IncomingMessage } from 'node:http';
import { type JsonObject, parseJson } from '@writ/proof';
import { DOOR_LIMITS } from './limits.ts';

/** The JSON object of a request; null for anything else, or more than is taken. */
export async function readBody(request: IncomingMessage): Promise<JsonObject | null> {
  if (request.headers['content-type'] !== 'application/json') return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > DOOR_LIMITS.body_bytes_max) return null;
    chunks.push(chunk);
  }
  try {
    return objectOf(parseJson(Buffer.concat(chunks)));
  } catch {
    return null;
  }
}

export function objectOf(value: unknown): JsonObject | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  // An object of JSON: arrays and null were just excluded, which the read-only array type hides.
  return isObject ? (value as JsonObject) : null;
}
