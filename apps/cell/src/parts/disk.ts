import { fdatasyncSync, fsyncSync, ftruncateSync, readSync, writeSync } from 'node:fs';

/** The calls that can fail under a part store; tests put faults in their place. */
export type Disk = {
  read(fd: number, target: Uint8Array, position: number): number;
  write(fd: number, bytes: Uint8Array, position: number): void;
  /** Makes what was written durable, sizes included. */
  sync(fd: number): void;
  truncate(fd: number, bytes: number): void;
};

export const systemDisk: Disk = {
  read: readFully,
  write: writeFully,
  sync: (fd) => (process.platform === 'win32' ? fsyncSync(fd) : fdatasyncSync(fd)),
  truncate: (fd, bytes) => ftruncateSync(fd, bytes),
};

/** Fills `target` as far as the file reaches; returns how far. */
function readFully(fd: number, target: Uint8Array, position: number): number {
  let done = 0;
  while (done < target.length) {
    const count = readSync(fd, target, done, target.length - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}

function writeFully(fd: number, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, position + done);
}
