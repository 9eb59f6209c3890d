// `node vectors/generate/all.mjs` writes the cases of the formats again; with --check it only says whether
// they are what stands there. They are computed from node:crypto and the definitions of the standards, by
// none of the code that they test.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const CHECK = process.argv.includes('--check');

export const writeCases = (file, about, cases) => {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const text = `${JSON.stringify({ about, cases }, null, 2)}\n`;
  if (!CHECK) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } else if (!isDeepStrictEqual(JSON.parse(text), JSON.parse(readFileSync(path, 'utf8')))) {
    process.stderr.write(`vectors/${file} is not what its generator writes\n`);
    process.exitCode = 1;
  }
};

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const base64 = (bytes) => Buffer.from(bytes).toString('base64');
