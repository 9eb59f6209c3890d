import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Where tests that model the disk themselves keep their files: a real sync would only cost time. */
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const made: string[] = [];

/** The first segment of a store. */
export const SEGMENT = '0000000001.parts';
/** How long the frame of a part is: header, a domain of four letters, IV, tag and the text itself. */
export const frameBytes = (text: string): number => 76 + 4 + 28 + text.length;

export function modelDirectory(): string {
  const directory = mkdtempSync(join(base, 'writ-parts-'));
  made.push(directory);
  return directory;
}

afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});
