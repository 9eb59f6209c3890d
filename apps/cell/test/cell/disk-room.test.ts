import { describe, expect, it } from 'vitest';
import { type FreeSpace, openDiskRoom } from '../../src/cell/disk-room.ts';

const MIB = 1024 * 1024;

/** A disk of a gibibyte with so much free, and a reserve that takes room away. */
function diskOf(free_mib: number): {
  free_mib: number;
  reserve_mib: number;
  readonly space: () => Promise<FreeSpace>;
  readonly reserve: () => { releaseReserve(): Promise<void>; restoreReserve(): Promise<boolean> };
} {
  const disk = {
    free_mib,
    reserve_mib: 64,
    space: async () => ({ free_bytes: disk.free_mib * MIB, total_bytes: 1_024 * MIB }),
    reserve: () => ({
      async releaseReserve() {
        disk.free_mib += disk.reserve_mib;
        disk.reserve_mib = 0;
      },
      async restoreReserve() {
        if (disk.free_mib < 128) return false;
        disk.free_mib -= 64;
        disk.reserve_mib = 64;
        return true;
      },
    }),
  };
  return disk;
}

describe('openDiskRoom()', () => {
  it.each([
    { free_mib: 600, low: false },
    { free_mib: 52, low: false },
    { free_mib: 51, low: true },
    { free_mib: 16, low: true },
  ])(
    'openDiskRoom() says $low of $free_mib MiB in 1024, and keeps the reserve',
    async ({ free_mib, low }) => {
      const disk = diskOf(free_mib);
      expect(await openDiskRoom(disk.space, disk.reserve)()).toBe(low);
      expect(disk.reserve_mib).toBe(64);
    },
  );

  it('openDiskRoom() gives up the reserve on a full disk, and is low until it stands again', async () => {
    const disk = diskOf(3);
    const isLow = openDiskRoom(disk.space, disk.reserve);
    expect(await isLow()).toBe(true);
    expect([disk.free_mib, disk.reserve_mib]).toEqual([67, 0]);
    // More than a twentieth is free, but it is what was kept for freezes and outcomes.
    expect(await isLow()).toBe(true);
    disk.free_mib = 500;
    expect(await isLow()).toBe(false);
    expect(disk.reserve_mib).toBe(64);
  });

  it('openDiskRoom() gives up the reserve again if it did not work the first time', async () => {
    const disk = diskOf(3);
    let fails = true;
    const reserve = () => ({
      ...disk.reserve(),
      async releaseReserve() {
        if (fails) throw new Error('the disk does not answer');
        await disk.reserve().releaseReserve();
      },
    });
    const isLow = openDiskRoom(disk.space, reserve);
    await expect(isLow()).rejects.toThrow('does not answer');
    fails = false;
    expect(await isLow()).toBe(true);
    expect(disk.reserve_mib).toBe(0);
  });
});
