import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, describe, expect, it } from 'vitest';
import { findHolders, findListeners } from '../../src/doctor/find-process.ts';
import { doorOf } from '../../src/doctor/live-doors.ts';
import { touchProcess } from '../../src/doctor/touch-process.ts';
import { userOfProcess } from '../../src/doctor/vantage.ts';
import { targetIn, temporary, vantageOf } from './stand.ts';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const LISTEN = `const server = require('node:net').createServer().listen(0, '127.0.0.1', () =>
  console.log(server.address().port));`;

/** A process that listens, as a cell does. */
async function listening(): Promise<{ readonly port: number; readonly id: number }> {
  const child = spawn(process.execPath, ['-e', LISTEN], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const port = await new Promise<number>((resolve) => {
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())));
  });
  return { port, id: child.pid ?? 0 };
}

const doorAt = (port: number) => doorOf({ kind: 'port', address: '127.0.0.1', port });

describe('touchProcess()', () => {
  it.runIf(process.platform === 'linux')('breaks a cell of the same user, and leaves it alone', async () => {
    const { port, id } = await listening();
    const target = targetIn(temporary(), { port });
    const finding = await touchProcess(vantageOf({ target, doors: [doorAt(port)] }));
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 1 });
    expect(finding.detail).toContain(`process ${id} of the cell: it can be signalled`);
    expect(finding.detail).toContain(`/proc/${id}/environ opens`);
    expect(process.kill(id, 0)).toBe(true);
  });

  it('goes by the number that the cell left where sockets have no listed owner', async () => {
    const { id } = await listening();
    const directory = temporary();
    const target = targetIn(directory, { port: 1, holder: join(directory, 'lock.holder') });
    writeFileSync(target.holder, `${id}\n`);
    const finding = await touchProcess(vantageOf({ target, doors: [doorAt(1)] }));
    expect(finding.detail).toContain(`process ${id} of the cell`);
  });

  it('claims no more than a fence when the process is not in sight', async () => {
    const target = targetIn(temporary(), { port: 1 });
    const finding = await touchProcess(vantageOf({ target, doors: [doorAt(1)] }));
    if (process.platform === 'linux') expect(finding).toMatchObject({ kind: 'held', wall_max: 2 });
    else expect(finding).toMatchObject({ kind: 'not_measured' });
  });

  it('measures nothing when no cell answers', async () => {
    expect(await touchProcess(vantageOf())).toMatchObject({ kind: 'not_measured' });
  });
});

describe.runIf(process.platform === 'linux')('findListeners() and findHolders()', () => {
  it('name the owner and the process of a port, and nobody for one that is free', async () => {
    const { port, id } = await listening();
    const user = userOfProcess();
    const listeners = await findListeners(port);
    expect(listeners.map(({ uid }) => uid)).toEqual([user.id]);
    expect(await findHolders(listeners, user)).toEqual([id]);
    expect(await findListeners(1)).toEqual([]);
  });

  it('never take this process for one that cannot be seen', async () => {
    const user = userOfProcess();
    const hidden = [{ uid: user.id ?? 0, inode: '1' }];
    expect(await findHolders(hidden, user)).toEqual([]);
  });
});
