// `node run-probe.mjs BUNDLE PRIMITIVES VECTORS`: prints what a bundled probe answers in this process.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [bundle, primitives, vectors] = process.argv.slice(2);
const { openBundle } = await import(pathToFileURL(bundle).href);
const { probe } = openBundle(await import(pathToFileURL(primitives).href));
process.stdout.write(JSON.stringify(probe(JSON.parse(readFileSync(vectors, 'utf8')))));
