import { Buffer } from 'node:buffer';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { systemCode } from '../home/failure.ts';
import { syncDirectoryNow } from './segment.ts';

/** Up to here the index is durable and complete; opening scans the segments from here on. */
export type Mark = { readonly segment: number; readonly offset: number; readonly entries: number };

const MAGIC = 'writ-parts-mark/v1';
const MARK_MODE = 0o600;

/** The mark, or undefined if there is none that can be relied on: then everything is scanned. */
export function readMark(directory: string): Mark | undefined {
  let text: string;
  try {
    text = readFileSync(join(directory, 'mark'), 'latin1');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const match = /^writ-parts-mark\/v1 ([0-9]{1,10}) ([0-9]{1,10}) ([0-9]{1,15}) [0-9]{1,10}\n$/.exec(text);
  if (match === null) return undefined;
  const mark = { segment: Number(match[1]), offset: Number(match[2]), entries: Number(match[3]) };
  return printMark(mark) === text ? mark : undefined;
}

/** The caller has made the index durable. */
export function writeMark(directory: string, mark: Mark): void {
  const temporary = join(directory, 'mark.tmp');
  const fd = openSync(temporary, 'w', MARK_MODE);
  try {
    writeSync(fd, Buffer.from(printMark(mark), 'latin1'));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, join(directory, 'mark'));
  syncDirectoryNow(directory);
}

function printMark(mark: Mark): string {
  const body = `${MAGIC} ${mark.segment} ${mark.offset} ${mark.entries}`;
  return `${body} ${crc32(body)}\n`;
}
