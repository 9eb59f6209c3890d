import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { decodeBase64, encodeBase64, type Frontier, frontierOf, sha256Base64url } from '@writ/proof';

/**
 * A state on disk, and the tree it belongs to (spec/33-snapshots.md): a line of digest over all that follows,
 * five lines of header, an empty line, and the text of the state.
 */
export type SnapshotFile = {
  readonly size: number;
  /** Of the engine that folded it: another one folds anew. */
  readonly engine: string;
  readonly state_digest: string;
  readonly frontier: Frontier;
  /** What `printSnapshot` wrote. */
  readonly state: string;
};

/** The state is bounded by its named windows and quotas; this is what a JavaScript string can hold of one. */
export const SNAPSHOT_BYTES_MAX: number = 500 * 1024 * 1024;

const FORMAT = 'writ-snapshot/v1';
const HEADER =
  /^size (0|[1-9]\d{0,15})\nengine ([A-Za-z0-9_-]{43})\nstate ([A-Za-z0-9_-]{43})\npeaks ([A-Za-z0-9+/=]*)$/;
const SUM_BYTES = 43;

export function stateDigestOf(state: string): string {
  return sha256Base64url(state);
}

export function printSnapshotFile(file: SnapshotFile): Uint8Array {
  const { size, engine, state_digest, frontier, state } = file;
  const peaks = encodeBase64(frontier.peaks);
  const rest = `\nsize ${size}\nengine ${engine}\nstate ${state_digest}\npeaks ${peaks}\n\n${state}`;
  const bytes = Buffer.from(`${FORMAT}\n${'-'.repeat(SUM_BYTES)}${rest}`, 'utf8');
  bytes.write(sumOf(bytes), FORMAT.length + 1, 'latin1');
  return bytes;
}

/** The file, or null for anything that is not whole: a snapshot saves time and is never needed. */
export function parseSnapshotFile(whole: Uint8Array): SnapshotFile | null {
  const bytes = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
  const sumAt = FORMAT.length + 1;
  const start = sumAt + SUM_BYTES + 1;
  const end = bytes.indexOf('\n\n', start, 'latin1');
  if (end < 0 || bytes.toString('latin1', 0, sumAt) !== `${FORMAT}\n`) return null;
  if (bytes.toString('latin1', sumAt, sumAt + SUM_BYTES) !== sumOf(bytes)) return null;
  const [, size = '', engine = '', state_digest = '', peaks = ''] =
    HEADER.exec(bytes.toString('latin1', start, end)) ?? [];
  if (engine === '') return null;
  const state = bytes.toString('utf8', end + 2);
  if (stateDigestOf(state) !== state_digest) return null;
  try {
    return {
      size: Number(size),
      engine,
      state_digest,
      frontier: frontierOf(Number(size), decodeBase64(peaks)),
      state,
    };
  } catch {
    return null;
  }
}

/** Over everything after the line of the digest: header and state cannot be of two files. */
function sumOf(bytes: Buffer): string {
  return createHash('sha256')
    .update(bytes.subarray(FORMAT.length + 1 + SUM_BYTES))
    .digest('base64url');
}
