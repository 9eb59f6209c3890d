import { spawnSync } from 'node:child_process';
import { createWorld, openIn } from '../cell/world.ts';

/** `read-only-child.ts DISK`: starts a cell on a disk that was mounted read-only, and writable again. */
const [disk = ''] = process.argv.slice(2);
process.env['TMPDIR'] = disk;

const world = await createWorld();
await world.cell.close();

async function open(what: string): Promise<void> {
  try {
    const cell = await openIn(world.directory);
    await cell.close();
    console.log(`${what}: opened`);
  } catch (error) {
    console.log(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

for (const [option, what] of [
  ['ro', 'read-only'],
  ['rw', 'writable'],
] as const) {
  const { status, stderr } = spawnSync('mount', ['-o', `remount,${option}`, disk], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  await open(what);
}
