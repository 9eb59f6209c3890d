import type { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { type Body, checkBody, checkQuery, type OperationId, OPERATIONS } from '@writ/contract/api';
import { Failure, parseJson } from '@writ/proof';
import type { Cell } from '../../cell/open-cell.ts';
import { CoreFailure } from '../../core/failure.ts';
import { authenticateKey } from '../authenticate.ts';
import { type Caller, mayCall, viewOf } from './caller.ts';
import type { Asked, Handler } from './handler.ts';
import { HANDLERS } from './handlers.ts';
import { OPEN_HANDLERS } from './handlers/cell.ts';
import type { Leaving } from './leaving.ts';
import type { Metrics } from './metrics.ts';
import { type Place, refusePlace } from './place.ts';
import { type Arriving, readBody } from './read-body.ts';
import { codeOfFailure, DoorRefusal } from './refusal.ts';
import { refuse, type Reply } from './reply.ts';
import { type Route, routeOf } from './route.ts';
import { checkSingleFields } from './single-fields.ts';

/** What every request of a door shares. */
export type Door = {
  readonly cell: Cell;
  readonly metrics: Metrics;
  readonly arriving: Arriving;
  readonly leaving: Leaving;
  /** `/openapi.json`, printed once. */
  readonly description: Buffer;
  /** A failure that no code names: for operators, without any value from outside. */
  report(error: unknown): void;
};

export type Answered = { readonly id: OperationId | null; readonly reply: Reply };

/** The way of a request: place, route, caller, body, handler. Whatever throws on it becomes a refusal. */
export async function answerRequest(door: Door, place: Place, request: IncomingMessage): Promise<Answered> {
  let caller: Caller | null = null;
  let id: OperationId | null = null;
  try {
    checkPlace(place, request);
    const [path = '', search = ''] = splitTarget(request.url ?? '');
    const route = found(routeOf(request.method ?? '', path));
    id = route.id;
    if (isOpen(id)) return { id, reply: OPEN_HANDLERS[id](door) };
    caller = callerOf(door, request);
    if (!mayCall(caller, OPERATIONS[id].access)) throw new DoorRefusal('INSUFFICIENT_AUTHORITY');
    return { id, reply: await handle(door, request, { id, caller, parts: route.parts, search }) };
  } catch (error) {
    return { id, reply: refuseFailed(door, error, caller) };
  }
}

function checkPlace(place: Place, request: IncomingMessage): void {
  checkSingleFields(request.rawHeaders);
  const code = refusePlace(place, request.headers);
  if (code !== null) throw new DoorRefusal(code);
}

function splitTarget(target: string): readonly string[] {
  const at = target.indexOf('?');
  return at < 0 ? [target] : [target.slice(0, at), target.slice(at + 1)];
}

function found(route: Route): Extract<Route, { readonly kind: 'found' }> {
  switch (route.kind) {
    case 'found':
      return route;
    case 'method':
      throw new DoorRefusal('METHOD_REFUSED');
    case 'unknown':
      throw new DoorRefusal('NOT_FOUND');
    default:
      return route satisfies never;
  }
}

function isOpen(id: OperationId): id is keyof typeof OPEN_HANDLERS {
  return id in OPEN_HANDLERS;
}

const BEARER = 'Bearer ';

function callerOf({ cell }: Door, { headers: { authorization } }: IncomingMessage): Caller {
  if (authorization?.startsWith(BEARER) !== true) throw new DoorRefusal('UNAUTHENTICATED');
  const authenticated = authenticateKey(cell, authorization.slice(BEARER.length));
  if (authenticated.kind === 'refused') throw new DoorRefusal(authenticated.code);
  const { principal, credential, scopes } = authenticated;
  const ns = cell.running.state().principals.get(principal)?.ns;
  if (ns === undefined) throw new DoorRefusal('UNAUTHENTICATED');
  return { principal, ns, credential, scopes: new Set(scopes) };
}

type Admitted = {
  readonly id: OperationId;
  readonly caller: Caller;
  readonly parts: Readonly<Record<string, string>>;
  readonly search: string;
};

async function handle(
  door: Door,
  request: IncomingMessage,
  { id, caller, parts, search }: Admitted,
): Promise<Reply> {
  const query = checkQuery(id, new URLSearchParams(search));
  if (query.kind === 'invalid') throw new DoorRefusal('REQUEST_INVALID', `query ${query.refusal.where}`);
  const { body } = OPERATIONS[id];
  const asked = {
    cell: door.cell,
    metrics: door.metrics,
    caller,
    view: viewOf(caller),
    parts,
    query: query.value,
    body: body === null ? null : await takeBody(door, request, id, body),
    idempotency_key: keyOf(request),
  };
  // The handler of this id: each was checked against the very schemas that give the parts of it their types.
  const handler = HANDLERS[id as keyof typeof HANDLERS] as unknown as Handler<OperationId>;
  return handler(asked as unknown as Asked<OperationId>); // see above
}

function keyOf({ headers }: IncomingMessage): string | null {
  const key = headers['idempotency-key'];
  return typeof key === 'string' ? key : null;
}

async function takeBody(door: Door, request: IncomingMessage, id: OperationId, body: Body): Promise<unknown> {
  const bytes = await readBody(request, body, door.arriving);
  if (body.media === 'application/yaml') return bytes.toString('utf8');
  const checked = checkBody(id, parseStrictly(bytes));
  if (checked.kind === 'invalid') throw new DoorRefusal('REQUEST_INVALID', checked.refusal.where);
  return checked.value;
}

function parseStrictly(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    // The parser's codes are stable words of ours.
    if (error instanceof Failure) throw new DoorRefusal('REQUEST_INVALID', error.code);
    throw error;
  }
}

function refuseFailed(door: Door, error: unknown, caller: Caller | null): Reply {
  const code = codeOfFailure(error);
  const isOurs = error instanceof DoorRefusal;
  if (isOurs || code !== 'UNAVAILABLE') return refuse(code, viewOf(caller), isOurs ? error.detail : null);
  // Whatever it is, it comes of that, and the cell has said so once: not with each request that meets it.
  if (door.cell.running.phase() === 'reopening') return refuse('REOPENING', viewOf(caller));
  if (!isNamed(error)) {
    door.metrics.failed();
    door.report(error);
  }
  return refuse(code, viewOf(caller));
}

/** The cell itself says that it is not available, or closed: no failure that nobody knows of. */
function isNamed(error: unknown): boolean {
  return error instanceof CoreFailure && (error.code === 'UNAVAILABLE' || error.code === 'CLOSED');
}
