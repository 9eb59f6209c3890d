import { chmodSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { takePort } from '../../src/doctor/take-port.ts';
import { userOfProcess } from '../../src/doctor/vantage.ts';
import { listen, smallDoor, targetIn, temporary, vantageOf } from './stand.ts';

const answering = () => ({ status: 200 });

/** As a cell listens: on both loopbacks where there are two. */
async function soundDoor() {
  const door = await smallDoor(answering);
  const other = { host: '::1', port: door.port, ipv6Only: true };
  const has_both = await listen(createServer(), other).then(
    () => true,
    () => false,
  );
  return { door, has_both };
}

describe('takePort()', () => {
  it('holds where the port is taken whole and the socket is out of reach', async () => {
    const { door } = await soundDoor();
    const target = targetIn(temporary(), { port: door.port });
    // The directory of its socket is not there: that counts as a fence, and no more.
    const finding = await takePort(vantageOf({ doors: [door], target }));
    expect(finding).toMatchObject({ kind: 'held', wall_max: 2 });
  });

  it('breaks a cell that left the other loopback to whoever wants it', async ({ skip }) => {
    const { door, has_both } = await soundDoor();
    skip(!has_both, 'this machine has one loopback address');
    const alone = await smallDoor(answering);
    const target = targetIn(temporary(), { port: alone.port });
    const finding = await takePort(vantageOf({ doors: [alone], target }));
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 1 });
    expect(finding.detail).toContain('::1');
    expect(door.port).not.toBe(alone.port);
  });

  it.runIf(process.platform === 'linux')('breaks a cell that shares its port', async () => {
    const door = await smallDoor(answering, { host: '127.0.0.1', port: 0, reusePort: true });
    const target = targetIn(temporary(), { port: door.port });
    const finding = await takePort(vantageOf({ doors: [door], target }));
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 1 });
    expect(finding.detail).toContain('127.0.0.1');
    expect(finding.detail).toContain('sharing the port');
  });

  it('breaks where the directory of the socket can be written, and names loose modes', async () => {
    const { door } = await soundDoor();
    const directory = temporary();
    const target = targetIn(directory, { port: door.port });
    mkdirSync(dirname(target.socket), { mode: 0o700 });
    const own = await takePort(vantageOf({ doors: [door], target }));
    expect(own).toMatchObject({ kind: 'broke', wall_max: 1 });
    expect(own.next).not.toContain('chmod');
    chmodSync(directory, 0o755);
    chmodSync(join(directory, 'run'), 0o777);
    const open = await takePort(vantageOf({ doors: [door], target, user: userOfProcess() }));
    expect(open).toMatchObject({ kind: 'broke', next: `chmod 700 ${join(directory, 'run')}` });
  });

  it('lets go of what it took', async () => {
    const alone = await smallDoor(answering);
    const target = targetIn(temporary(), { port: alone.port });
    await takePort(vantageOf({ doors: [alone], target }));
    for (const host of ['0.0.0.0', '::1']) {
      const free = await listen(createServer(), { host, port: alone.port, ipv6Only: true }).catch(
        (error: NodeJS.ErrnoException) => error.code,
      );
      expect([alone.port, 'EADDRINUSE', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']).toContain(free);
      if (host === '::1') expect(free).not.toBe('EADDRINUSE');
    }
  });

  it('measures nothing when no cell answers', async () => {
    expect(await takePort(vantageOf())).toMatchObject({ kind: 'not_measured' });
  });
});
