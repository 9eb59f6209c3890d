import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { systemDisk } from '../../src/parts/disk.ts';
import { openPartStore } from '../../src/parts/open-part-store.ts';
import { openSegment, SEGMENT_HEADER_BYTES } from '../../src/parts/segment.ts';
import { walkFrames } from '../../src/parts/walk-frames.ts';
import { openFileMasterKeys } from '../../src/sealing/file-master-keys.ts';
import { openKeystore } from '../../src/sealing/open-keystore.ts';
import { textAt } from './contract.ts';
import { modelDirectory } from './directory.ts';

const child = fileURLToPath(new URL('./erase-domain-child.ts', import.meta.url));
const scanner = fileURLToPath(new URL('../../../../scripts/canary-scan.mjs', import.meta.url));
const CANARY = 'canary-4b1d-never-in-clear';
const PARTS = 5000;
const ROUNDS = 8;

/** Kills the child at a moment within its erasure that differs from round to round. */
async function eraseAndKill(root: string, round: number): Promise<readonly string[]> {
  const running: ChildProcess = spawn(process.execPath, [child, root, CANARY, String(PARTS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: running.stdout ?? process.stdin })) {
    lines.push(line);
    const isTime = round < 4 ? line === 'begin' : line.startsWith('erased') && lines.length >= round - 1;
    if (!isTime && line !== 'end') continue;
    if (round < 4) await pause(round * 2);
    running.kill('SIGKILL');
    break;
  }
  if (running.exitCode === null && running.signalCode === null) await once(running, 'exit');
  return lines;
}

/** Bodies of one domain that still hold a byte. */
function bodiesLeft(parts: string, domain: string): number {
  let left = 0;
  const segment = openSegment(parts, 1, systemDisk);
  const end = statSync(join(parts, '0000000001.parts')).size;
  for (const { offset, header } of walkFrames(segment, SEGMENT_HEADER_BYTES, end, systemDisk)) {
    const body = Buffer.alloc(header.body_bytes);
    systemDisk.read(segment.fd, body, offset + header.body_offset);
    if (header.domain === domain && body.some((byte) => byte !== 0)) left += 1;
  }
  return left;
}

test('a killed erasure is finished by the next opening, and nothing is ever in clear', async () => {
  let unfinished = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const root = modelDirectory();
    const keys = join(root, 'keys');
    mkdirSync(keys, { mode: 0o700 });
    await eraseAndKill(root, round);

    const keystore = await openKeystore({ directory: keys, masters: openFileMasterKeys(keys) });
    const store = await openPartStore({ directory: join(root, 'parts'), keys: keystore });
    unfinished += store.unfinishedErasures().length;
    // A kill before the intent was durable leaves everything as it was; then the record asks again.
    if (keystore.has('ns_gone')) await store.eraseDomain('ns_gone');
    await store.resumeErasures();
    expect(store.unfinishedErasures()).toEqual([]);
    expect([keystore.has('ns_gone'), keystore.has('ns_kept')]).toEqual([false, true]);
    for (const index of [0, 1, 10, 499, 4990, 4999]) {
      const text = `${CANARY} ${index} ${'.'.repeat(300)}`;
      expect(await textAt(store, index, text)).toBe(index % 10 === 0 ? text : '(erased)');
    }
    await store.close();
    await keystore.close();

    expect(bodiesLeft(join(root, 'parts'), 'ns_gone')).toBe(0);
    expect(bodiesLeft(join(root, 'parts'), 'ns_kept')).toBe(PARTS / 10);
    const masters = readdirSync(keys).filter((name) => name.startsWith('master-'));
    expect(masters).toEqual([expect.stringMatching(/^master-[0-9a-f]{16}-2\.key$/)]);
    const scan = spawnSync(process.execPath, [scanner, root, '--canary', CANARY], { encoding: 'utf8' });
    expect(scan.stdout).toContain(' 0 finds');
    expect(scan.status).toBe(0);
  }
  // The test is worth nothing if every kill came too early or too late.
  expect(unfinished).toBeGreaterThan(0);
});
