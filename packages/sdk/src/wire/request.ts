import {
  type Body,
  checkBody,
  checkQuery,
  type Operation,
  OPERATIONS,
  type OperationId,
  sentAtOf,
} from '@writ/contract/api';
import { encodeUtf8, type JsonValue, parseJson, printJsonBytes } from '@writ/proof';
import { ClientFailure, inClientTerms } from '../failure.ts';
import type { TransportRequest } from '../ports.ts';
import type { AnyAsking } from './asking.ts';
import { WIRE_LIMITS } from './limits.ts';

/** Parts of our own paths are ids, numbers and words: what would need an escape is none of them. */
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const PART = /\{([a-z_]+)(\.\.\.)?\}/g;

/** The request of one call, checked as the door will check it. */
export function requestOf(id: OperationId, asking: AnyAsking, key: string): TransportRequest {
  const operation: Operation = OPERATIONS[id];
  const body = operation.body === null ? refuseBody(asking.body) : bodyOf(id, operation.body, asking.body);
  const media = operation.body === null ? {} : { 'content-type': operation.body.media };
  const bearer = operation.access === 'anyone' ? {} : { authorization: `Bearer ${key}` };
  const repeat = asking.idempotency_key === undefined ? {} : keyOf(id, asking.idempotency_key);
  return {
    method: operation.method,
    path: pathOf(operation.path, asking.path ?? {}) + queryOf(id, asking.query ?? {}),
    headers: {
      accept: `${operation.answer.media}, application/problem+json`,
      ...media,
      ...bearer,
      ...repeat,
    },
    body,
    answer_bytes_max: WIRE_LIMITS.answer_bytes_max,
  };
}

function keyOf(id: OperationId, key: string): Readonly<Record<string, string>> {
  // Elsewhere it would be ignored, and the caller would believe that repeating is safe.
  if (id !== 'proposeAction' || sentAtOf(key) === null) {
    throw new ClientFailure('REQUEST_INVALID', 'the idempotency key');
  }
  return { 'idempotency-key': key };
}

function pathOf(template: string, parts: Readonly<Record<string, string>>): string {
  return template.replace(PART, (_, name: string, rest: string | undefined) => {
    const given = Object.hasOwn(parts, name) ? parts[name] : undefined;
    const segments = rest === undefined ? [given] : String(given).split('/');
    if (!segments.every((segment) => typeof segment === 'string' && SEGMENT.test(segment))) {
      throw new ClientFailure('REQUEST_INVALID', `the part ${name} of the path`);
    }
    return segments.join('/');
  });
}

function queryOf(id: OperationId, query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]): (readonly [string, string])[] => {
    if (value === undefined) return [];
    if (typeof value === 'string' || typeof value === 'number') return [[name, String(value)]];
    throw new ClientFailure('REQUEST_INVALID', 'the query is of words and numbers');
  });
  const checked = checkQuery(id, pairs);
  if (checked.kind === 'invalid') {
    throw new ClientFailure('REQUEST_INVALID', `the query: ${checked.refusal.where}`);
  }
  if (pairs.length === 0) return '';
  return `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

function refuseBody(value: unknown): null {
  if (value !== undefined) throw new ClientFailure('REQUEST_INVALID', 'a body where none is declared');
  return null;
}

function bodyOf(id: OperationId, { media, bytes_max }: Body, value: unknown): Uint8Array {
  const bytes = inClientTerms(() => (media === 'application/json' ? printed(value) : textOf(value)));
  if (bytes.length > bytes_max) throw new ClientFailure('BODY_TOO_LARGE', `more than ${bytes_max} bytes`);
  // Looked at as it will be sent: what a getter says when it is asked a second time is of no interest.
  const limits = {
    bytes: bytes_max,
    depth: WIRE_LIMITS.answer_depth_max,
    values: WIRE_LIMITS.answer_values_max,
  };
  const sent = media === 'application/json' ? inClientTerms(() => parseJson(bytes, limits)) : value;
  const checked = checkBody(id, sent);
  if (checked.kind === 'invalid') {
    throw new ClientFailure('REQUEST_INVALID', `the body: ${checked.refusal.where}`);
  }
  return bytes;
}

function printed(value: unknown): Uint8Array {
  return printJsonBytes(value as JsonValue); // refuses whatever is none
}

function textOf(value: unknown): Uint8Array {
  if (typeof value !== 'string') throw new ClientFailure('REQUEST_INVALID', 'the body is no text');
  return encodeUtf8(value);
}
