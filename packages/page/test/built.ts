import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PageScripts } from '../src/index.ts';

const folder = fileURLToPath(new URL('../dist/browser/', import.meta.url));

/** What `scripts/build-page.mjs` has made. */
export function readBuilt(): PageScripts {
  const current = JSON.parse(readFileSync(`${folder}current.json`, 'utf8'));
  const read = (name: string): string => readFileSync(`${folder}${current[name].file}`, 'utf8');
  return { verifier: read('verifier'), page: read('page') };
}
