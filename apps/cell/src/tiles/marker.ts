import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeBase64, encodeBase64, HASH_BYTES } from '@writ/proof';
import { TilesFailure } from './failure.ts';

/** What is known to be on the disk: the hashes of the first `size` records, and the root over them. */
export type Marker = { readonly size: number; readonly root: Uint8Array };

const NAME = 'synced';
const FORM = /^writ-tiles 1\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/;

/** The marker, or null when none was ever written. */
export async function readMarker(folder: string): Promise<Marker | null> {
  let text: string;
  try {
    text = await readFile(join(folder, NAME), 'latin1');
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === 'ENOENT') return null;
    throw new TilesFailure('TILES_IO', 'the marker cannot be read');
  }
  const [, size = '', root = ''] = FORM.exec(text) ?? [];
  const marker = { size: Number(size), root: root === '' ? new Uint8Array(0) : decodeBase64(root) };
  if (marker.root.byteLength !== HASH_BYTES || !Number.isSafeInteger(marker.size)) {
    throw new TilesFailure('TILES_CORRUPT', 'the marker is malformed');
  }
  return marker;
}

/** Replaces the marker at once: after a crash there is the old one or the new one. */
export async function writeMarker(folder: string, { size, root }: Marker): Promise<void> {
  const path = join(folder, NAME);
  const handle = await open(`${path}.new`, 'w', 0o600);
  try {
    await handle.writeFile(`writ-tiles 1\n${size}\n${encodeBase64(root)}\n`, 'latin1');
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
