// Cases are written where this folder lies. `node vectors/generate/all.mjs` writes them all again; what they
// say is computed here from node:crypto and the definitions of the standards, by none of the code that they
// test.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const writeCases = (file, about, cases) => {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ about, cases }, null, 2)}\n`);
};

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const base64 = (bytes) => Buffer.from(bytes).toString('base64');
