import type { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as engineModule from '@writ/kernel/engine';
import * as primitives from '@writ/proof/primitives';
import { CoreFailure } from '../core/failure.ts';
import { syncDirectory } from '../home/private-directory.ts';

/** What decides, as one module named by the digest of its bytes. */
export type Engine = { readonly digest: string; readonly functions: typeof engineModule };

/** Larger than any engine so far by far; a file over this is not one. */
const ENGINE_BYTES_MAX: number = 8 * 1024 * 1024;
const DIGEST = /^[A-Za-z0-9_-]{43}$/;

/** The engine of this release, archived in `folder` so that its records can always be judged again by it. */
export async function loadCurrentEngine(folder: string): Promise<Engine> {
  const current = fileURLToPath(import.meta.resolve('@writ/kernel/engine.json'));
  const { digest, file } = await readCurrent(current);
  const bytes = await readFile(join(dirname(current), file));
  await archive(folder, digest, checked(bytes, digest));
  return openEngine(folder, digest);
}

/** An engine that some record names. Its bytes are checked before they run. */
export async function openEngine(folder: string, digest: string): Promise<Engine> {
  if (!DIGEST.test(digest)) throw new CoreFailure('ENGINE_UNKNOWN', 'not the digest of an engine');
  const path = pathIn(folder, digest);
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) throw new CoreFailure('ENGINE_UNKNOWN', `no engine ${digest} is archived`);
  checked(bytes, digest);
  const module: unknown = await import(pathToFileURL(path).href);
  // The digest was just checked: these are the bytes of a build of packages/kernel/src/engine.ts.
  const opener = module as { openEngine(port: typeof primitives): typeof engineModule };
  return { digest, functions: opener.openEngine(primitives) };
}

async function readCurrent(path: string): Promise<{ readonly digest: string; readonly file: string }> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) throw new CoreFailure('ENGINE_UNKNOWN', 'the engine is not built: npm run engine');
  const { digest, file } = JSON.parse(text) as { digest?: unknown; file?: unknown }; // checked below
  if (typeof digest !== 'string' || file !== `${digest}.mjs` || !DIGEST.test(digest)) {
    throw new CoreFailure('ENGINE_UNKNOWN', 'the engine is not built: npm run engine');
  }
  return { digest, file: `${digest}.mjs` };
}

function checked(bytes: Buffer, digest: string): Buffer {
  const found = createHash('sha256').update(bytes).digest('base64url');
  if (bytes.length <= ENGINE_BYTES_MAX && found === digest) return bytes;
  throw new CoreFailure('ENGINE_UNKNOWN', `the bytes of engine ${digest} are not its own`);
}

async function archive(folder: string, digest: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = pathIn(folder, digest);
  const present = await readFile(path).catch(() => null);
  if (present !== null && present.equals(bytes)) return;
  const fresh = `${path}.${process.pid}`;
  const file = await open(fresh, 'w', 0o600);
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
  await rename(fresh, path);
  // A record names this engine soon: its name must be on the disk before.
  await syncDirectory(folder);
}

function pathIn(folder: string, digest: string): string {
  return join(folder, `${digest}.mjs`);
}
