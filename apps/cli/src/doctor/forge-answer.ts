import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { OPERATIONS } from '@writ/contract/api';
import { type JsonObject, sha256Base64url } from '@writ/proof';
import { ClientFailure, openClient, type SdkCode, type Transport } from '@writ/sdk';
import { ask, type Way } from './ask.ts';
import { broke, type Finding, held, notMeasured, OBSERVED, OWNER } from './finding.ts';
import { lieAbout, type Wanted } from './lies.ts';
import { madeUpKey } from './use-key.ts';
import type { Pinned, Vantage } from './vantage.ts';

/** What a client makes of whoever answers at a port: ALLOW, or the code that it refuses with. */
export type Believe = (transport: Transport, pinned: Pinned, asked: Wanted) => Promise<string>;

/** Who believes, and the key that the liar signs with. */
export type Liar = { readonly believe: Believe; readonly seed: Uint8Array };

const TOOL = 'doctor.lie';
const TOOL_DIGEST = sha256Base64url(TOOL);
const ARGS: JsonObject = { path: 'anything' };

/**
 * Stands up a liar on a free port, who answers 200 ALLOW with made-up proof, and lets the client of guards
 * and hooks ask it. The true key is never sent there, and nothing is remembered of what it says.
 */
export async function forgeAnswer(
  { pinned }: Pick<Vantage, 'pinned'>,
  { believe, seed }: Liar = { believe: askAsClients, seed: randomBytes(32) },
): Promise<Finding> {
  // The log that is followed now stands last: a recovery adds its own.
  const origin = pinned === null ? undefined : [...pinned.trust.logs.keys()].at(-1);
  if (pinned === null || origin === undefined) {
    const next = 'name the keys that clients here have pinned: --trust FILE, as writ trust show prints them';
    return notMeasured('this client has pinned no log, so that nothing can be held against it', next);
  }
  const refused: string[] = [];
  for (const lie of liesFor(origin, pinned)) {
    const answer = await meetLiar(lie, seed, (transport) => believe(transport, pinned, lie.asked));
    if (NOT_HEARD.has(answer))
      return notMeasured(`${lie.what} was not heard: ${answer}`, 'let this user listen on a port of its own');
    if (answer === 'ALLOW') {
      const next = 'ask through a client that verifies the signed answer: @writ/sdk, writ';
      return broke(OBSERVED, `${lie.what} was believed`, next);
    }
    refused.push(`${lie.what}: ${answer}`);
  }
  return held(OWNER, `nothing that a liar said was believed (${refused.join('; ')})`);
}

/** Refused before anything of the lie was looked at. */
const NOT_HEARD: ReadonlySet<string> = new Set<SdkCode>([
  'TRANSPORT_FAILED',
  'ANSWER_STATUS',
  'ANSWER_MEDIA',
  'ANSWER_TOO_LARGE',
  'ANSWER_MALFORMED',
  'CLIENT_MISUSED',
]);

type Lie = { readonly what: string; readonly checkpoint: string | null; readonly asked: Wanted };

function liesFor(origin: string, { seen }: Pinned): readonly Lie[] {
  const executor = `agt_${'0'.repeat(26)}`;
  const asked = { origin, executor, tool: TOOL_DIGEST, args: ARGS, now_ms: Date.now(), note: null };
  const own = { what: 'a log signed with another key', checkpoint: null, asked };
  if (seen === null || seen.origin !== origin) return [own];
  return [
    own,
    { what: 'a true checkpoint before a record of another key', checkpoint: seen.note, asked },
    { what: 'a record under a true checkpoint', checkpoint: seen.note, asked: { ...asked, note: seen.note } },
  ];
}

async function meetLiar(
  { checkpoint, asked }: Lie,
  seed: Uint8Array,
  meet: (transport: Transport) => Promise<string>,
): Promise<string> {
  const { note, proposed } = lieAbout(asked, seed);
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const isCheckpoint = request.url === OPERATIONS.getCheckpoint.path;
    const media = isCheckpoint ? 'text/plain' : 'application/json';
    request.resume();
    response.writeHead(200, { 'content-type': media, 'writ-index': '1' });
    response.end(isCheckpoint ? (checkpoint ?? note) : JSON.stringify(proposed));
  });
  const port = await listen(server);
  try {
    return await meet(transportTo({ kind: 'port', address: '127.0.0.1', port }, `localhost:${port}`));
  } finally {
    server.close();
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function transportTo(way: Way, host: string): Transport {
  return async ({ method, path, headers, body }) => {
    const question = { method, path, headers: [['host', host] as const, ...Object.entries(headers)] };
    const answer = await ask(way, body === null ? question : { ...question, body });
    if (answer === null) throw new Error('no answer');
    const { 'content-type': media } = answer.headers;
    return { status: answer.status, headers: { 'content-type': media }, body: answer.body };
  };
}

/** As every client asks, with a key that opens nothing and a memory that ends here. */
export async function askAsClients(transport: Transport, { trust }: Pinned, asked: Wanted): Promise<string> {
  const { origin, executor, args } = asked;
  const tools = new Map([[TOOL, TOOL_DIGEST]]);
  const memory = { largest: () => Promise.resolve(null), remember: () => Promise.resolve() };
  const ports = { transport, memory, newId, now_ms: () => Date.now(), wait: () => Promise.resolve() };
  try {
    const client = await openClient({ ...ports, key: madeUpKey(), trust, origin, executor, tools });
    const proposed = await client.propose({ tool: TOOL, args });
    return proposed.verdict === 'ALLOW' ? 'ALLOW' : proposed.code;
  } catch (error) {
    if (error instanceof ClientFailure) return error.code;
    throw error;
  }
}

/** A UUIDv7 of now. */
function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const chance = randomBytes(8).toString('hex');
  const [first, second] = [chance.slice(0, 3), chance.slice(3, 6)];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${first}-8${second}-${randomBytes(6).toString('hex')}`;
}
