import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { loadTrust, type RememberedCheckpoint, type Trust } from '@writ/proof';
import { type CheckpointMemory, type Client, digestOfTool, openClient } from '@writ/sdk';
import { COMMAND, MAIL, type StageKeys } from '../furnish-stage.ts';
import { socketTransport } from './socket-transport.ts';

/** The stage as a client of its cell: it believes nothing but proofs, under the key that it has pinned. */
export type StageClients = {
  readonly trust: Trust;
  readonly agent: Client;
  readonly load: Client;
  readonly reader: Client;
};

export type LogKey = { readonly origin: string; readonly vkey: string };

/**
 * Connects anew, also after the cell was killed: with the same memory, so that the log first has to prove
 * that it continues what was seen before.
 */
export async function openStageClients(
  socket: string,
  keys: StageKeys,
  log: LogKey,
  memory: CheckpointMemory,
): Promise<StageClients> {
  const transport = socketTransport(socket);
  const use = { from_size: 0n, until_size: null, not_before_ms: null, not_after_ms: null };
  const trust = loadTrust({
    logs: [{ origin: log.origin, keys: [{ vkey: log.vkey, ...use }], witnesses: null }],
  });
  const tools = new Map([COMMAND, MAIL].map((tool) => [tool.name, digestOfTool(tool)]));
  const open = (key: string): Promise<Client> =>
    openClient({
      transport,
      key,
      trust,
      tools,
      memory,
      newId: newUuid,
      now_ms: () => Date.now(),
      wait: (wait_ms) => wait(wait_ms),
    });
  const [agent, load, reader] = await Promise.all([open(keys.agent), open(keys.load), open(keys.reader)]);
  return { trust, agent, load, reader };
}

/** For as long as the stage stands, which is as long as its log. */
export function openMemory(): CheckpointMemory {
  let kept: RememberedCheckpoint | null = null;
  return {
    largest: () => Promise.resolve(kept),
    remember(checkpoint) {
      if (kept === null || kept.size < checkpoint.size) kept = checkpoint;
      return Promise.resolve();
    },
  };
}

/** RFC 9562, version 7. */
function newUuid(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const chance = randomBytes(9).toString('hex');
  const version = `7${chance.slice(0, 3)}`;
  const variant = `8${chance.slice(3, 6)}`;
  return [time.slice(0, 8), time.slice(8), version, variant, chance.slice(6)].join('-');
}
