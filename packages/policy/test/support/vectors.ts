import { readFileSync } from 'node:fs';

const ROOT = new URL('../../../../', import.meta.url);

export function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`vectors/policy/${name}`, ROOT), 'utf8'));
}

export function readPack(name: string): string {
  return readFileSync(new URL(`policies/${name}`, ROOT), 'utf8');
}
