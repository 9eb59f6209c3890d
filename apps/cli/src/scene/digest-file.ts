import { stat } from 'node:fs/promises';
import { digestOfFile, digestOfText } from '../run/hash-file.ts';

/** What is read in a millisecond or two needs nobody to remember it. */
const SMALL_BYTES = 262_144;
/** Larger than any program: what is beyond is known by its stamp, not by what it holds. */
const READ_BYTES_MAX = 268_435_456;
/** Programs of this machine, and some more. */
const REMEMBERED_MAX = 1_024;

/** By path: the stamp of a file, and what it held with that stamp. Lives as long as this process. */
const remembered = new Map<string, { readonly stamp: string; readonly digest: string }>();

/**
 * The digest of what a plain file holds; null for what is none, or cannot be read. A large file that has not
 * changed is read once: whoever runs it looks again.
 */
export async function digestOnce(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  if (found === null || !found.isFile()) return null;
  const { dev, ino, mode, size, mtimeNs, ctimeNs } = found;
  if (Number(size) <= SMALL_BYTES) return digestOfFile(path);
  const stamp = [dev, ino, mode, size, mtimeNs, ctimeNs].join(':');
  if (Number(size) > READ_BYTES_MAX) return digestOfText(`unread ${stamp}`);
  const known = remembered.get(path);
  if (known?.stamp === stamp) return known.digest;
  const digest = await digestOfFile(path);
  if (digest === null) return null;
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(path, { stamp, digest });
  return digest;
}
