import { Buffer } from 'node:buffer';
import type { CellSettings } from '../cell/settings.ts';
import { readPrivateFile } from '../home/private-file.ts';
import type { FileEntry } from './copy-files.ts';
import { DrillFailure } from './failure.ts';

/** What a backup holds, and of which log: written last, so that a backup without it is none. */
export type Manifest = {
  readonly format: 'writ-backup/v1';
  readonly settings: CellSettings;
  readonly engine: string;
  readonly size: number;
  /** The signed checkpoint at that size. */
  readonly checkpoint: string;
  readonly files: readonly FileEntry[];
};

export const MANIFEST_NAME = 'manifest.json';
/** A hundred bytes a file: some hundred thousand blobs and segments. */
const MANIFEST_BYTES_MAX: number = 64 * 1024 * 1024;
const FORMAT = 'writ-backup/v1';
/** Plain names only, digests among them: no name begins with a dot, so nothing leads out of the folder. */
const PATH = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const DIGEST = /^[A-Za-z0-9_-]{43}$/;

export function printManifest(manifest: Manifest): string {
  const { settings, engine, size, checkpoint, files } = manifest;
  const { origin, vkey, home, operator } = settings;
  const ordered = {
    format: FORMAT,
    settings: { format: settings.format, origin, vkey, home, operator },
    engine,
    size,
    checkpoint,
    files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
  };
  return `${JSON.stringify(ordered, null, 1)}\n`;
}

/** Reads exactly what `printManifest` writes: members of another order or more of them are refused. */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DrillFailure('BACKUP_INVALID', 'the manifest is not JSON', null, cause);
  }
  const members = typeof value === 'object' && value !== null ? value : {};
  const manifest = members as Partial<Manifest>; // checked below
  if (manifest.format !== FORMAT) {
    throw new DrillFailure('BACKUP_VERSION', 'not a backup of a form that this Writ knows');
  }
  if (isShaped(manifest) && printManifest(manifest) === text) return manifest;
  throw new DrillFailure('BACKUP_INVALID', 'the manifest is damaged');
}

export async function readManifest(path: string): Promise<Manifest | null> {
  const bytes = await readPrivateFile(path, MANIFEST_BYTES_MAX);
  return bytes === 'missing' ? null : parseManifest(Buffer.from(bytes).toString('utf8'));
}

function isShaped(manifest: Partial<Manifest>): manifest is Manifest {
  const { settings, engine, size, checkpoint, files } = manifest;
  if (typeof settings !== 'object' || settings === null || settings.format !== 'writ-cell/v1') return false;
  const { origin, vkey, home, operator } = settings;
  const texts = [origin, vkey, home, operator, engine, checkpoint];
  if (!texts.every((text) => typeof text === 'string' && text !== '')) return false;
  if (!Number.isSafeInteger(size) || Number(size) < 1 || !Array.isArray(files)) return false;
  const paths = files.map((file: Partial<FileEntry>) => file?.path);
  return files.every(isEntry) && new Set(paths).size === files.length;
}

function isEntry(entry: Partial<FileEntry> | null): boolean {
  const { path, bytes, sha256 } = entry ?? {};
  const isPath = typeof path === 'string' && path.length <= 4_096 && PATH.test(path) && !path.includes('..');
  const isSize = Number.isSafeInteger(bytes) && Number(bytes) >= 0;
  return isPath && isSize && typeof sha256 === 'string' && DIGEST.test(sha256);
}
