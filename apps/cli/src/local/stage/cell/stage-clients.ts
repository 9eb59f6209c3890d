import { setTimeout as wait } from 'node:timers/promises';
import { loadTrust, type RememberedCheckpoint, type Trust } from '@writ/proof';
import { type CheckpointMemory, type Client, digestOfTool, openClient } from '@writ/sdk';
import { COMMAND, MAIL, type StageKeys } from '../furnish-stage.ts';
import { newId } from '../../../remote/new-id.ts';
import { openSocketTransport } from '../../../remote/socket-transport.ts';

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
  const transport = openSocketTransport(socket);
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
      newId,
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
