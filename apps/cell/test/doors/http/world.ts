import { request as ask } from 'node:http';
import { join } from 'node:path';
import type { Scope } from '@writ/contract';
import { registerCredential } from '../../../src/cell/credentials.ts';
import type { Door } from '../../../src/doors/http/answer-request.ts';
import { describeApi } from '../../../src/doors/http/handlers/cell.ts';
import { openLeaving } from '../../../src/doors/http/leaving.ts';
import { openMetrics } from '../../../src/doors/http/metrics.ts';
import { openDoor, type OpenDoor } from '../../../src/doors/http/open-door.ts';
import { HTTP_LIMITS } from '../../../src/doors/http/limits.ts';
import { registerPrincipal } from '../../../src/cell/govern.ts';
import { OPERATOR } from '../../../src/cell/init-cell.ts';
import { type CellWorld, createWorld } from '../../cell/world.ts';

/** A real cell behind a real door on loopback and on a socket, with keys for whoever there is. */
export type DoorWorld = CellWorld & {
  readonly door: Door;
  readonly port: number;
  readonly socket: string;
  readonly keys: {
    readonly agent: string;
    readonly person: string;
    readonly admin: string;
    readonly operator: string;
  };
  readonly failures: unknown[];
  ask(method: string, path: string, asked?: Asked): Promise<Got>;
};

export type Asked = {
  readonly key?: string | null;
  readonly body?: unknown;
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Got = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly bytes: Buffer;
  /** What was answered, as plain JSON; tests look at members that they expect. */
  readonly json: Readonly<Record<string, never>>;
};

const DAY_MS = 86_400_000;

export async function createDoorWorld(): Promise<DoorWorld> {
  const world = await createWorld();
  const failures: unknown[] = [];
  const arriving = { bytes: 0, bytes_max: HTTP_LIMITS.arriving_bytes_max };
  const metrics = openMetrics();
  const door: Door = {
    cell: world.cell,
    metrics,
    arriving,
    description: describeApi('0.0.0'),
    leaving: openLeaving(),
    report: (error) => void failures.push(error),
  };
  const open = await openDoor(door, { kind: 'loopback', address: '127.0.0.1', port: 0 });
  const socket = join(world.directory, 'run', 'writ.sock');
  const local = await openDoor(door, { kind: 'socket', path: socket });
  const keys = await keysOf(world);
  const port = open.port ?? 0;
  return {
    ...world,
    door,
    port,
    socket,
    keys,
    failures,
    ask: (method, path, asked = {}) => askDoor({ port, key: keys.agent }, method, path, asked),
    async destroy() {
      await closeAll([open, local]);
      await world.destroy();
    },
  };
}

async function closeAll(doors: readonly OpenDoor[]): Promise<void> {
  await Promise.all(doors.map((door) => door.close()));
}

async function keysOf({ cell, settings, ns, agent, person }: CellWorld): Promise<DoorWorld['keys']> {
  const by = settings.operator;
  const { principal: admin } = await registerPrincipal(cell, {
    by,
    ns,
    principal: null,
    name: 'admin',
    definition: { ...OPERATOR, scopes: [...OPERATOR.scopes] },
  });
  const key = async (principal: string, scopes: readonly Scope[], of: string = ns): Promise<string> => {
    const expires_at = Date.now() + DAY_MS;
    const made = await registerCredential(cell, { by, ns: of, principal, scopes, expires_at });
    if (made.access_key === null) throw new Error(JSON.stringify(made.answer));
    return made.access_key;
  };
  return {
    agent: await key(agent, ['propose', 'commit', 'outcome']),
    person: await key(person, ['approve', 'freeze', 'thaw']),
    admin: await key(admin, OPERATOR.scopes),
    operator: await key(by, OPERATOR.scopes, settings.home),
  };
}

type To = { readonly port: number; readonly key: string };

export function askDoor(to: To, method: string, path: string, asked: Asked): Promise<Got> {
  const body = asked.raw ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  const key = asked.key === undefined ? to.key : asked.key;
  const headers = {
    host: `127.0.0.1:${to.port}`,
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...asked.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = ask(
      { host: '127.0.0.1', port: to.port, method, path, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString('utf8');
          const { headers: got, statusCode: status = 0 } = response;
          resolve({ status, headers: got, bytes, text, json: jsonOf(text) });
        });
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function jsonOf(text: string): Got['json'] {
  try {
    return JSON.parse(text) as Got['json']; // whatever was answered
  } catch {
    return {};
  }
}
