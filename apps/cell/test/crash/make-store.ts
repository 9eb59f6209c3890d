import { type CellWorld, createWorld } from '../cell/world.ts';

/** A store with everything registered, and nobody on it. */
export async function makeStore(): Promise<Pick<CellWorld, 'directory' | 'agent' | 'ns' | 'settings'>> {
  const { cell, directory, agent, ns, settings } = await createWorld();
  await cell.close();
  return { directory, agent, ns, settings };
}
