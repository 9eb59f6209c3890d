import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeEach, expect, test } from 'vitest';
import { lockStore } from '../../src/home/lock-store.ts';
import { temporaryDirectory } from './temporary.ts';

const module = new URL('../../src/home/lock-store.ts', import.meta.url).href;
let directory = '';

beforeEach(() => {
  directory = temporaryDirectory();
});

test('lockStore() refuses a second holder in this process until the first releases', () => {
  const first = lockStore(directory);
  expect(() => lockStore(directory)).toThrow(/^STORE_LOCKED: .* by process [0-9]+: stop that process/);
  first.release();
  first.release();
  lockStore(directory).release();
});

test('lockStore() keeps its lock when the handle is forgotten and memory is collected', async () => {
  lockStore(directory);
  const churn: unknown[] = [];
  for (let round = 0; round < 50; round += 1) {
    churn.push(new Uint8Array(1 << 20).fill(round));
    if (churn.length > 5) churn.length = 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(() => lockStore(directory)).toThrow(/^STORE_LOCKED/);
});

test('lockStore() refuses a second holder in another thread', async () => {
  const lock = lockStore(directory);
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module)
      .then(({ lockStore }) => lockStore(workerData.directory))
      .then(() => parentPort.postMessage('locked'), (error) => parentPort.postMessage(error.code));`;
  const worker = new Worker(code, { eval: true, workerData: { module, directory } });
  const [answer] = await once(worker, 'message');
  expect(answer).toBe('STORE_LOCKED');
  await worker.terminate();
  lock.release();
});

test('lockStore() refuses while another process lives and succeeds at once when it is killed', async () => {
  const script = `import { lockStore } from ${JSON.stringify(module)};
    lockStore(${JSON.stringify(directory)}); console.log('locked'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  await once(child.stdout, 'data');
  expect(() => lockStore(directory)).toThrow(`by process ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  lockStore(directory).release();
});

test('lockStore() names an unusable directory or a foreign file', () => {
  expect(() => lockStore(join(directory, 'absent'))).toThrow(/^STORE_LOCK_UNUSABLE/);
  writeFileSync(
    join(directory, 'lock.sqlite'),
    'this is not a database, and long enough to be read as one'.repeat(9),
  );
  expect(() => lockStore(directory)).toThrow(/^STORE_LOCK_UNUSABLE/);
});
