import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedLoop, type LoopResult, median } from '../closed-loop.ts';
import type { Options, Report, Row } from '../options.ts';
import { type Connection, openConnection, requestOf } from './load.ts';
import { openLoop } from './open-loop.ts';
import { proposalBody } from './proposals.ts';
import { type Server, startServer } from './start.ts';

const CLIENTS = [1, 16, 64, 256];
const OPEN_RATES = [1_000, 5_000, 10_000];
const BATCH = 20;
/** More clients with batches are more than the queue of a cell holds: they would be told to come back. */
const BATCH_CLIENTS_MAX = 64;

/**
 * G1 and G3 over HTTP against a bare server that reads the same JSON, in turn within each round. The load
 * comes from this process; each server has its own.
 */
export async function measureHttp(options: Options): Promise<Report> {
  const directory = mkdtempSync(join(tmpdir(), 'writ-http-'));
  const most = Math.max(...CLIENTS);
  const bare = await startServer('bare-server', []);
  const writ = await startServer('writ-server', [directory, String(most)]);
  try {
    const rows: Row[] = [];
    for (const clients of CLIENTS) rows.push(...(await measureClosed(clients, { bare, writ }, options)));
    for (const rate of OPEN_RATES) rows.push(await measureOpen(rate, writ, options));
    const note = 'load from a process of its own; cpu_us is of the server';
    return { title: 'Decisions over HTTP', note, rows };
  } finally {
    await Promise.all([bare.close(), writ.close()]);
    rmSync(directory, { recursive: true, force: true });
  }
}

type Servers = { readonly bare: Server; readonly writ: Server };
type Round = LoopResult & { readonly server_us: number };
type Ask = (connection: Connection, client: number) => Promise<void>;

async function measureClosed(clients: number, { bare, writ }: Servers, options: Options): Promise<Row[]> {
  const rounds = { bare: [] as Round[], g1: [] as Round[], batch: [] as Round[], g3: [] as Round[] };
  const run = (server: Server, ask: Ask): Promise<Round> =>
    closedRound(server, clients, options.seconds, ask);
  for (let round = 0; round < options.rounds; round += 1) {
    rounds.bare.push(await run(bare, (connection) => askBare(bare, connection)));
    rounds.g1.push(await run(writ, (connection, client) => decide(writ, connection, client)));
    if (clients <= BATCH_CLIENTS_MAX)
      rounds.batch.push(await run(writ, (connection, client) => decideMany(writ, connection, client)));
    rounds.g3.push(await run(writ, (connection, client) => act(writ, connection, client)));
  }
  return (['bare', 'g1', 'batch', 'g3'] as const)
    .filter((name) => rounds[name].length > 0)
    .map((name) => rowOf(name, clients, rounds[name], rounds.bare));
}

function rowOf(name: string, clients: number, rounds: readonly Round[], bare: readonly Round[]): Row {
  const weight = name === 'batch' ? BATCH : 1;
  return {
    what: `${name} c=${clients}`,
    per_second: Math.round(median(rounds.map((round) => round.per_second * weight))),
    p50_ms: median(rounds.map((round) => round.p50_ms)),
    p99_ms: median(rounds.map((round) => round.p99_ms)),
    cpu_us: median(rounds.map((round) => round.server_us / weight)),
    to_bare: median(rounds.map((round, at) => (round.per_second * weight) / (bare[at]?.per_second ?? 1))),
  };
}

async function closedRound(server: Server, clients: number, seconds: number, ask: Ask): Promise<Round> {
  const connections = await Promise.all(Array.from({ length: clients }, () => openConnection(server.port)));
  const before = server.cpu_us();
  const result = await closedLoop(clients, seconds, (client) => {
    const connection = connections[client];
    return connection === undefined ? Promise.reject(new Error('no connection')) : ask(connection, client);
  });
  const used = server.cpu_us() - before;
  for (const connection of connections) connection.close();
  return { ...result, server_us: used / (result.per_second * seconds) };
}

async function askBare({ port }: Server, connection: Connection): Promise<void> {
  await expectOk(connection, requestOf(port, '/', proposalBody(), null));
}

async function decide({ port, watchers }: Server, connection: Connection, client: number): Promise<void> {
  const key = watchers[client] ?? '';
  const body = await expectOk(connection, requestOf(port, '/api/v1/actions', proposalBody(), key));
  if (!body.includes('"verdict":"ALLOW"')) throw new Error(body);
}

async function decideMany({ port, watchers }: Server, connection: Connection, client: number): Promise<void> {
  const proposals = Array.from({ length: BATCH }, () => `{"proposal":${proposalBody()}}`).join(',');
  const text = `{"proposals":[${proposals}]}`;
  const body = await expectOk(
    connection,
    requestOf(port, '/api/v1/actions/batch', text, watchers[client] ?? ''),
  );
  if (body.split('"verdict":"ALLOW"').length < BATCH) throw new Error(body.slice(0, 500));
}

async function act({ port, agents }: Server, connection: Connection, client: number): Promise<void> {
  const key = agents[client] ?? '';
  const text = proposalBody();
  const { args, scene } = JSON.parse(text) as { readonly args: object; readonly scene: object };
  const proposed = await expectOk(connection, requestOf(port, '/api/v1/actions', text, key));
  const { id } = JSON.parse(proposed) as { readonly id: string };
  const commit = JSON.stringify({ attempt: 'first', target: 'https://target.test', args, scene });
  await expectOk(connection, requestOf(port, `/api/v1/actions/${id}/commit`, commit, key));
  const outcome = '{"status":"succeeded","attested_by":"agent","report":{"bytes":100}}';
  await expectOk(connection, requestOf(port, `/api/v1/actions/${id}/outcome`, outcome, key));
}

async function expectOk(connection: Connection, request: Buffer): Promise<string> {
  const { status, body } = await connection.ask(request);
  if (status !== 200) throw new Error(`${status} ${body.slice(0, 500)}`);
  return body;
}

const CONNECTIONS_OPEN = 64;

async function measureOpen(rate: number, writ: Server, options: Options): Promise<Row> {
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS_OPEN }, () => openConnection(writ.port)),
  );
  const result = await openLoop(rate, options.seconds * 2, connections, (connection, at) =>
    decide(writ, connection, at % CONNECTIONS_OPEN),
  );
  for (const connection of connections) connection.close();
  return {
    what: `g1 open ${rate}/s`,
    per_second: Math.round(result.per_second),
    p50_ms: result.p50_ms,
    p99_ms: result.p99_ms,
  };
}
