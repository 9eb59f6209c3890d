import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { closedLoop } from './closed-loop.ts';
import type { Options, Report, Row } from './options.ts';
import { decideOnce, openWorld, type World } from './world.ts';

const CLIENTS = 64;
const LIVE_ENTITIES = 10_000;
const FIRST_SIZE = 10_000;

/** What size does to a cell: latency, memory, restart and disk at 10⁴, 10⁵ … up to `--records`. */
export async function measureGrowth(options: Options): Promise<Report> {
  let world = await openWorld(CLIENTS, LIVE_ENTITIES);
  const rows: Row[] = [];
  try {
    for (let size = FIRST_SIZE; size <= options.records; size *= 10) {
      await growTo(world, size + LIVE_ENTITIES);
      const loop = await closedLoop(CLIENTS, options.seconds, (client) => decideOnce(world, client));
      const rss_mb = Math.round(process.memoryUsage().rss / 1e6);
      const records = world.cell.running.durableSize();
      const reopened = await world.reopen();
      world = reopened.world;
      rows.push({
        what: `size ${size}`,
        records,
        per_second: Math.round(loop.per_second),
        p50_ms: loop.p50_ms,
        p99_ms: loop.p99_ms,
        rss_mb,
        restart_ms: Math.round(reopened.restart_ms),
        disk_mb: Math.round(bytesIn(world.directory) / 1e6),
      });
    }
    return { title: 'Growth', note: `${CLIENTS} clients, ${LIVE_ENTITIES} principals beside them`, rows };
  } finally {
    await world.close();
  }
}

async function growTo(world: World, size: number): Promise<void> {
  const more = async (client: number): Promise<void> => {
    while (world.cell.running.durableSize() < size) await decideOnce(world, client);
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, client) => more(client)));
}

function bytesIn(directory: string): number {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
