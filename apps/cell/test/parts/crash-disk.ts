import { fstatSync, ftruncateSync, writeSync } from 'node:fs';
import { type Disk, systemDisk } from '../../src/parts/disk.ts';

type Undo = { readonly fd: number; readonly position: number; readonly before: Uint8Array };

/** A seeded choice in [0, bound): the same crash again for the same seed. */
export type Choose = (bound: number) => number;

export function seeded(seed: number): Choose {
  let state = (seed * 2654435761 + 1) >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

export class PowerLoss extends Error {}

export type CrashDisk = Disk & {
  isOver(): boolean;
  /**
   * Loses power now: `lose` chooses sectors of unsynced writes, `cut` whether files get shorter. 0 is yes.
   */
  crash(lose: Choose, cut: Choose): void;
};

/**
 * A disk that loses power at the n-th call that changes something. Then any choice of writes since the last
 * sync of each file is lost whole or in part, in any order, as a real disk may do.
 */
export function crashDisk(choose: Choose, callsUntilCrash: number): CrashDisk {
  const unsynced: Undo[] = [];
  const durableBytes = new Map<number, number>();
  let calls = 0;
  let isOver = false;
  const sizeOf = (fd: number): number => fstatSync(fd).size;
  const crash = (lose: Choose, cut: Choose): void => {
    isOver = true;
    for (const change of unsynced.toReversed()) undo(change, lose);
    for (const [fd, bytes] of durableBytes) {
      if (cut(2) === 0) ftruncateSync(fd, bytes + cut(Math.max(1, sizeOf(fd) - bytes + 1)));
    }
  };
  const step = (): void => {
    if (isOver) throw new PowerLoss();
    calls += 1;
    if (calls < callsUntilCrash) return;
    crash(choose, choose);
    throw new PowerLoss();
  };
  return {
    isOver: () => isOver,
    crash,
    read: systemDisk.read,
    write(fd, bytes, position) {
      if (!durableBytes.has(fd)) durableBytes.set(fd, sizeOf(fd));
      const before = new Uint8Array(bytes.length);
      systemDisk.read(fd, before, position);
      unsynced.push({ fd, position, before });
      systemDisk.write(fd, bytes, position);
      step();
    },
    sync(fd) {
      step();
      systemDisk.sync(fd);
      durableBytes.set(fd, sizeOf(fd));
      for (let index = unsynced.length - 1; index >= 0; index -= 1) {
        if (unsynced[index]?.fd === fd) unsynced.splice(index, 1);
      }
    },
    truncate(fd, bytes) {
      step();
      systemDisk.truncate(fd, bytes);
    },
  };
}

/** Each 512-byte sector of a write arrives or not by itself. */
function undo({ fd, position, before }: Undo, lose: Choose): void {
  for (let start = 0; start < before.length; start += 512) {
    if (lose(2) === 0) writeSync(fd, before.subarray(start, start + 512), 0, undefined, position + start);
  }
}
