import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { ListenOptions } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { doorOf, type LiveDoor } from '../../src/doctor/live-doors.ts';
import { type Target, userOfProcess, type Vantage } from '../../src/doctor/vantage.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

export function temporary(): string {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'writ-doctor-test-'));
  closing.push(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Files with a byte in each, as an installation has them. */
export function lay(directory: string, ...names: readonly string[]): readonly string[] {
  return names.map((name) => {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, 'x', { mode: 0o600 });
    return path;
  });
}

/** A target in a directory; whatever is not laid there is not there. */
export function targetIn(directory: string, change: Partial<Target> = {}): Target {
  const keys = join(directory, 'keys');
  const store = join(directory, 'cell');
  return {
    roots: [keys, store],
    secret_directories: [keys],
    secrets: [join(keys, 'checkpoint.key')],
    state_directories: [store],
    state: [join(store, 'journal.sqlite')],
    holder: join(store, 'lock.holder'),
    socket: join(directory, 'run', 'writ.sock'),
    port: 1,
    ...change,
  };
}

/** From where the tests stand. */
export function vantageOf(change: Partial<Vantage> = {}): Vantage {
  const target = targetIn(join(tmpdir(), 'writ-doctor-nothing-is-here'));
  return { user: userOfProcess(), target, doors: [], key: null, pinned: null, ...change };
}

export type Said = {
  readonly status: number;
  readonly code?: string;
  readonly headers?: object;
  readonly body?: object;
};

/** A door that says what a test wants; the port that it listens on. */
export async function smallDoor(
  say: (request: IncomingMessage) => Said,
  options: ListenOptions = { host: '127.0.0.1', port: 0 },
): Promise<LiveDoor & { readonly port: number }> {
  const server = createServer((request, response) => {
    const { status, code, headers, body } = say(request);
    response.writeHead(status, { ...headers });
    response.end(JSON.stringify(body ?? (code === undefined ? { status: 'alive' } : { code })));
  });
  const port = await listen(server, options);
  return { ...doorOf({ kind: 'port', address: options.host ?? '127.0.0.1', port }), port };
}

export async function listen(server: Server, options: ListenOptions): Promise<number> {
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
