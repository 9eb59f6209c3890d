import { request as ask } from 'node:http';
import { type Client, type ClientOptions, digestOfTool, guard, openClient, type Transport } from '@writ/sdk';
import { loadTrust, type RememberedCheckpoint } from '@writ/proof';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDoorWorld, type DoorWorld } from './world.ts';

let world: DoorWorld;
let client: Client;
beforeAll(async () => {
  world = await createDoorWorld();
  client = await openClient(optionsOf(world));
});
afterAll(() => world.destroy());

const READ = { tool: 'files.read', args: { path: 'src/main.ts' } };

/** As `world.ts` of the cell registers it. */
const digestOf = (name: string, effect: 'READ_REPO' | 'SEND_NOTIFICATION'): string => {
  const parameters = { type: 'object', properties: { path: { type: 'string' }, text: { type: 'string' } } };
  return digestOfTool({ v: 1, name, description: name, parameters, effects: [effect] });
};

const TOOLS = new Map([
  ['files.read', digestOf('files.read', 'READ_REPO')],
  ['mail.send', digestOf('mail.send', 'SEND_NOTIFICATION')],
]);

/** Over the socket, as programs of this machine do. */
const transportTo =
  (socketPath: string): Transport =>
  ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const length = body === null ? {} : { 'content-length': String(body.length) };
      const all = { host: 'localhost', ...headers, ...length };
      const sent = ask({ socketPath, method, path, headers: all, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const got = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
          const { statusCode: status = 0 } = response;
          resolve({ status, headers: Object.fromEntries(got), body: Buffer.concat(chunks) });
        });
      });
      sent.on('error', reject);
      sent.end(body ?? undefined);
    });

let count = 0;
const newId = (): string => {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${(count += 1).toString(16).padStart(12, '0')}`;
};

const optionsOf = ({ settings, socket, keys }: DoorWorld): ClientOptions => {
  let kept: RememberedCheckpoint | null = null;
  const { origin, vkey } = settings;
  const use = { from_size: 0n, until_size: null, not_before_ms: null, not_after_ms: null };
  return {
    transport: transportTo(socket),
    key: keys.agent,
    trust: loadTrust({ logs: [{ origin, keys: [{ vkey, ...use }], witnesses: null }] }),
    tools: TOOLS,
    memory: {
      largest: async () => kept,
      remember: async (checkpoint) => {
        if (kept === null || kept.size < checkpoint.size) kept = checkpoint;
      },
    },
    newId,
    now_ms: () => Date.now(),
    wait: () => Promise.resolve(),
  };
};

describe('the client', () => {
  it('believes this cell: propose, commit, report', async () => {
    expect(client.executor).toBe(world.agent);
    const proposed = await client.propose(READ);
    if (proposed.verdict !== 'ALLOW') throw new Error(proposed.code);
    const spend = { ...READ, attempt: newId(), target: 'payments.example' };
    const spent = await client.commit(proposed.writ, spend);
    expect(spent).toMatchObject({ verdict: 'SPENT', id: proposed.id });
    expect(await client.commit(proposed.writ, spend)).toMatchObject({ verdict: 'SPENT', id: proposed.id });
    const report = { status: 'succeeded', attested_by: 'agent' } as const;
    expect(await client.reportOutcome(proposed.id, report)).toMatchObject({
      verdict: 'RECORDED',
      id: proposed.id,
    });
    expect(await client.reportOutcome(proposed.id, report)).toMatchObject({
      verdict: 'RECORDED',
      id: proposed.id,
    });
  });

  it('gets the same writ for the same key, with the nonce that opens it', async () => {
    const key = newId();
    const first = await client.propose(READ, key);
    const again = await client.propose(READ, key);
    if (first.verdict !== 'ALLOW' || again.verdict !== 'ALLOW') throw new Error('not allowed');
    expect(again.id).toBe(first.id);
    expect(await client.commit(again.writ, { ...READ, attempt: newId() })).toMatchObject({
      verdict: 'SPENT',
    });
  });

  it('hears what is refused and what waits', async () => {
    expect(await client.propose({ tool: 'files.write', args: {} })).toMatchObject({
      verdict: 'BLOCK',
      code: 'UNKNOWN_TOOL',
    });
    const waiting = await client.propose({ tool: 'mail.send', args: { text: 'hello' } });
    expect(waiting).toMatchObject({ verdict: 'ESCALATE', code: 'RULE_ESCALATE' });
    if (waiting.verdict === 'ESCALATE') expect(waiting.ticket).toMatch(/^tkt_/);
    const again = await client.propose({ tool: 'mail.send', args: { text: 'hello' } });
    expect(again).toMatchObject({ verdict: 'ESCALATE' });
  });

  it('guards a function', async () => {
    const read = guard(client, ({ path }: { readonly path: string }) => `text of ${path}`, {
      tool: 'files.read',
      onUnreported: (_, code) => {
        throw new Error(code);
      },
    });
    expect(await read({ path: 'a' })).toBe('text of a');
    const write = guard(client, () => 'never', { tool: 'files.write', onUnreported: () => undefined });
    await expect(write({ path: 'a' })).rejects.toMatchObject({ code: 'UNKNOWN_TOOL' });
  });

  it('reads the log and lists, each checked against what is declared', async () => {
    for (const called of [
      await client.call('getCheckpoint', {}),
      await client.call('getConsistency', { query: { from: 1 } }),
      await client.call('whoAmI', {}),
      await client.call('listTools', {}),
      await client.call('listFreezes', {}),
      await client.call('health', {}),
      await client.call('ready', {}),
      await client.call('openApi', {}),
    ]) {
      expect(called).toMatchObject({ kind: 'answer' });
    }
    const admin = await openClient({ ...optionsOf(world), key: world.keys.admin });
    for (const called of [
      await admin.call('getProof', { path: { index: '0' } }),
      await admin.call('getTile', { path: { path: '0/000.p/1' } }),
      await admin.call('listEntries', { query: { from: 0, limit: 10 } }),
      await admin.call('listActions', { query: { limit: 10 } }),
      await admin.call('listTickets', {}),
      await admin.call('getPolicy', {}),
      await admin.call('metrics', {}),
    ]) {
      expect(called).toMatchObject({ kind: 'answer' });
    }
  });

  it('links to the log again after many answers', async () => {
    for (let answers = 0; answers < 70; answers += 1) {
      expect(await client.propose(READ)).toMatchObject({ verdict: 'ALLOW' });
    }
  });
});
