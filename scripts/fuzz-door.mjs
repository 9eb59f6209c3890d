// Sends requests that are nearly right to a real door on loopback (spec/50-http.md):
//   npm run fuzz-door -- [--requests 100000] [--seed N]
// Exits 0 when each got an answer with a code or a closed connection, and none was allowed by error.
import { parseArgs } from 'node:util';
import { openDoor } from '../apps/cell/src/doors/http/open-door.ts';
import { fuzzDoor, HASTE } from '../apps/cell/test/doors/http/fuzz.ts';
import { createDoorWorld } from '../apps/cell/test/doors/http/world.ts';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const [requests, seed] = [Number(values.requests), Number(values.seed)];
if (!Number.isSafeInteger(requests) || !Number.isSafeInteger(seed)) throw new RangeError('not a number');

const world = await createDoorWorld();
const door = await openDoor(world.door, { kind: 'loopback', address: '127.0.0.1', port: 0 }, HASTE);
try {
  const result = await fuzzDoor(world, door.port ?? 0, seed, requests, (sent) => {
    if (sent % 10_000 === 0) process.stderr.write(`${sent}\n`);
  });
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  process.exitCode = result.faults.length === 0 ? 0 : 1;
} finally {
  await door.close();
  await world.destroy();
}
