import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { closedLoop, type LoopResult, median } from './closed-loop.ts';
import { openFloor } from './floor.ts';
import type { Options, Report, Row } from './options.ts';
import { openPeer } from './peer.ts';
import { actOnce, decideOnce, openWorld, type World } from './world.ts';

const CLIENTS = [1, 16, 64, 256];

/**
 * G1 and G3 against the floor and the peer, taken in turn within each round, so that neighbours hit all
 * alike.
 */
export async function measureHeart(options: Options): Promise<Report> {
  const world = await openWorld(Math.max(...CLIENTS));
  try {
    const bytes = await bytesPerDecision(world);
    const floor = await openFloor(bytes);
    const peer = openPeer();
    const rows: Row[] = [];
    for (const clients of CLIENTS) {
      const rounds: { g1: LoopResult[]; g3: LoopResult[]; floor: LoopResult[]; peer: LoopResult[] } = {
        g1: [],
        g3: [],
        floor: [],
        peer: [],
      };
      for (let round = 0; round < options.rounds; round += 1) {
        rounds.floor.push(await closedLoop(clients, options.seconds, () => floor.append()));
        rounds.g1.push(await closedLoop(clients, options.seconds, (client) => decideOnce(world, client)));
        rounds.peer.push(await closedLoop(clients, options.seconds, () => peer()));
        rounds.g3.push(await closedLoop(clients, options.seconds, (client) => actOnce(world, client)));
      }
      rows.push(...rowsOf(clients, rounds));
    }
    await floor.close();
    return { title: 'Durable decisions', note: `${bytes} bytes written a decision`, rows };
  } finally {
    await world.close();
  }
}

function rowsOf(clients: number, rounds: Readonly<Record<string, readonly LoopResult[]>>): Row[] {
  const rate = (name: string): number => median((rounds[name] ?? []).map((result) => result.per_second));
  const ratio = (name: string, to: string): number =>
    median((rounds[name] ?? []).map((result, at) => result.per_second / (rounds[to]?.[at]?.per_second ?? 1)));
  return ['floor', 'peer', 'g1', 'g3'].map((name) => ({
    what: `${name} c=${clients}`,
    per_second: Math.round(rate(name)),
    p50_ms: median((rounds[name] ?? []).map((result) => result.p50_ms)),
    p99_ms: median((rounds[name] ?? []).map((result) => result.p99_ms)),
    cpu_us: median((rounds[name] ?? []).map((result) => result.cpu_us)),
    to_floor: ratio(name, 'floor'),
    to_peer: ratio(name, 'peer'),
  }));
}

/** What one decision really adds to journal and parts. */
async function bytesPerDecision(world: World): Promise<number> {
  const count = 512;
  const before = storedBytes(world);
  await Promise.all(Array.from({ length: count }, (_, client) => decideOnce(world, client % CLIENTS.length)));
  return Math.round((storedBytes(world) - before) / count);
}

function storedBytes({ directory }: World): number {
  const store = join(directory, 'state', 'cell');
  const parts = readdirSync(join(store, 'parts')).filter((name) => name.endsWith('.parts'));
  const files = [
    join(store, 'journal.sqlite'),
    join(store, 'journal.sqlite-wal'),
    ...parts.map((name) => join(store, 'parts', name)),
  ];
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}
