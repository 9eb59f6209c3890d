import { setTimeout } from 'node:timers/promises';
import { type Digest, loadTrust } from '@writ/proof';
import { type Client, type ClientOptions, openClient } from '@writ/sdk';
import { readBook } from '../../client/address-book.ts';
import { clientHome, openClientHome } from '../../client/client-home.ts';
import { readKeyOf } from '../../client/kept-keys.ts';
import { keepCheckpoint, readMemory } from '../../client/memory.ts';
import { readTrustFile } from '../../client/trust.ts';
import type { Place } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { valueOf } from '../../remote/answers.ts';
import { newId } from '../../remote/new-id.ts';
import { openSocketTransport } from '../../remote/socket-transport.ts';

/** Who proposes what an agent of Claude Code wants, and who runs it: the door itself. */
export const AGENT_HANDLE = 'claude-code';
export const DOOR_HANDLE = 'claude-code-door';

export type CellClients = {
  /** Proposes, with the key of the agent. */
  readonly agent: Client;
  /** Spends and reports, with the key of the door. */
  readonly door: Client;
  /**
   * Looks again which tools are declared. Those of this release are pinned to what it was built with; of
   * others the server says what they are.
   */
  learnTools(): Promise<void>;
};

/** Clients of the cell that answers on a socket, for as long as it is the same one. */
export async function openCellClients(
  place: Place,
  socket: string,
  pinned: Readonly<Record<string, string>>,
): Promise<CellClients> {
  const home = clientHome(place.environment, place.user_home);
  await openClientHome(home);
  const book = await readBook(home);
  if (book === null) throw new CliFailure('SETUP_UNFINISHED', 'this client has no setup: writ init');
  const executor = book.principals.find(({ name }) => name === DOOR_HANDLE)?.id;
  if (executor === undefined)
    throw new CliFailure('SETUP_UNFINISHED', 'the door is not registered: writ install claude-code');
  const trust = loadTrust(await readTrustFile(home));
  const tools = new Map<string, Digest>();
  const memory: ClientOptions['memory'] = {
    largest: async (origin) => (await readMemory(home)).checkpoints.get(origin) ?? null,
    remember: (checkpoint) => keepCheckpoint(home, checkpoint),
  };
  const open = async (handle: string): Promise<Client> => {
    const key = await readKeyOf(home, handle);
    if (key === null)
      throw new CliFailure('NO_KEY', `no key of "${handle}" is kept: writ key add ${handle} --keep`);
    return openClient({
      transport: openSocketTransport(socket),
      key,
      trust,
      origin: book.origin,
      executor,
      tools,
      memory,
      newId,
      now_ms: () => Date.now(),
      wait: (wait_ms) => setTimeout(wait_ms),
    });
  };
  const agent = await open(AGENT_HANDLE);
  const door = await open(DOOR_HANDLE);
  const learnTools = async (): Promise<void> => {
    const { tools: known } = valueOf(await agent.call('listTools', {}));
    for (const { name, digest } of known) tools.set(name, digest);
    for (const [name, digest] of Object.entries(pinned)) tools.set(name, digest);
  };
  await learnTools();
  return { agent, door, learnTools };
}
