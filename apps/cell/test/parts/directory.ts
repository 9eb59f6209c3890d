import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Where tests that model the disk themselves keep their files: a real sync would only cost time. */
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const made: string[] = [];

export function modelDirectory(): string {
  const directory = mkdtempSync(join(base, 'writ-parts-'));
  made.push(directory);
  return directory;
}

afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});
