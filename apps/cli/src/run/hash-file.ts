import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const CHUNK_BYTES = 1_048_576;

export type OpenFile = {
  readonly file: FileHandle;
  /** SHA-256 of what the open file holds, base64url. */
  readonly digest: string;
  /** It begins as what the system itself starts. */
  readonly isProgram: boolean;
};

/** A plain file, and what it holds; null for what is none. The caller closes it. */
export async function openAndHash(path: string): Promise<OpenFile | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if ((await file.stat()).isFile())
      return { file, digest: await hashFile(file), isProgram: await beginsAsProgram(file) };
  } catch (error) {
    await file.close();
    throw error;
  }
  await file.close();
  return null;
}

/** The digest of a plain file; null for what is none, or cannot be read. */
export async function digestOfFile(path: string): Promise<string | null> {
  const opened = await openAndHash(path).catch(() => null);
  await opened?.file.close();
  return opened?.digest ?? null;
}

/** A script that names its interpreter; ELF; Mach-O, thin either way round, and fat. */
const BEGINNINGS: readonly string[] = [
  '2321',
  '7f454c46',
  'cefaedfe',
  'cffaedfe',
  'feedface',
  'feedfacf',
  'cafebabe',
];
const BEGINNING_BYTES = 4;

/**
 * What the system does not start, the C library hands to a shell (execvp(3)): then a text that nobody took
 * for a program would run as one.
 */
async function beginsAsProgram(file: FileHandle): Promise<boolean> {
  const bytes = Buffer.alloc(BEGINNING_BYTES);
  await file.read(bytes, 0, BEGINNING_BYTES, 0);
  return BEGINNINGS.some((beginning) => bytes.toString('hex').startsWith(beginning));
}

/** Read by position: whoever runs the open file begins at its beginning all the same. */
async function hashFile(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, at);
    if (bytesRead === 0) return hash.digest('base64url');
    hash.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
}

export function digestOfText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}
