import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src/doctor/leave-directly.ts', import.meta.url));
const LOOK = `import(${JSON.stringify(SOURCE)}).then(async ({ leaveDirectly }) =>
  console.log(JSON.stringify(await leaveDirectly())));`;

/** In a network of its own, which has no route but those that a test adds. */
function lookFrom(routes: string): { readonly kind: string; readonly wall_max: number } | null {
  const program = [process.execPath, '--conditions=@writ/source', '-e', LOOK];
  const script = `${routes} exec "$@"`;
  const done = spawnSync('unshare', ['-rn', 'sh', '-c', script, 'sh', ...program], { encoding: 'utf8' });
  return done.status === 0 ? JSON.parse(done.stdout) : null;
}

/** Systems without user namespaces, or without these tools, cannot make such a network. */
const canIsolate = lookFrom('') !== null;
const canRoute = lookFrom('ip link set lo up && ip route add default dev lo &&') !== null;

describe('leaveDirectly()', () => {
  it.runIf(canIsolate)('holds where no route leads out', () => {
    expect(lookFrom('')).toMatchObject({ kind: 'held', wall_max: 3 });
  });

  it.runIf(canRoute)('breaks where one does', () => {
    const routed = lookFrom('ip link set lo up && ip route add default dev lo &&');
    expect(routed).toMatchObject({ kind: 'broke', wall_max: 1 });
  });
});
