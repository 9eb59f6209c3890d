import { lstat } from 'node:fs/promises';
import { Failure, type JsonValue, parseJson } from '@writ/proof';
import { isWithin } from '../files/is-within.ts';
import type { Place } from '../program/command.ts';
import { findTranscripts } from './find-transcripts.ts';
import { HISTORY_LIMITS } from './limits.ts';
import type { PastCall, TranscriptReader } from './past-call.ts';
import { readLines } from './read-lines.ts';

export type Wanted = {
  /** Earlier calls are left out. */
  readonly since_ms: number;
  /** Only sessions that began in it or below; null for all. */
  readonly project: string | null;
};

/** What was read, and all that was not. */
export type Reading = {
  files: number;
  lines: number;
  /** No JSON, longer than a line may be, or in a file that could not be read to its end. */
  broken_lines: number;
  long_lines: number;
  unread_files: number;
  /** Calls that stand in several transcripts: a session that is resumed copies what was before. */
  repeated_calls: number;
  cut: boolean;
};

export type History = {
  readonly folder: string;
  readonly calls: readonly PastCall[];
  readonly refused: ReadonlySet<string>;
  readonly reading: Readonly<Reading>;
};

/** Null where the agent has left no transcripts. Nothing is written, and nothing but them is read. */
export async function readHistory(
  reader: TranscriptReader,
  place: Place,
  wanted: Wanted,
  progress: (text: string) => void,
): Promise<History | null> {
  const folder = reader.folder(place);
  if ((await lstat(folder).catch(() => null))?.isDirectory() !== true) return null;
  const { files, left_out } = await findTranscripts(folder, reader.suffix);
  const reading: Reading = {
    files: 0,
    lines: 0,
    broken_lines: 0,
    long_lines: 0,
    unread_files: left_out,
    repeated_calls: 0,
    cut: false,
  };
  const calls = new Map<string, PastCall>();
  const refused = new Set<string>();
  let bytes = 0;
  for (const { path, bytes: size, changed_ms } of files) {
    // Whatever is in a file was written before it changed last.
    if (changed_ms < wanted.since_ms) continue;
    bytes += size;
    if (bytes > HISTORY_LIMITS.bytes_max || calls.size >= HISTORY_LIMITS.calls_max) {
      reading.cut = true;
      break;
    }
    if (reading.files % TELL_EACH_FILES === 0) progress(`reading transcript ${reading.files + 1}`);
    const lines = reader.open();
    try {
      for await (const piece of readLines(path, HISTORY_LIMITS.line_bytes_max)) {
        const value = valueOf(piece.kind === 'line' ? piece.bytes : null, reading);
        if (value !== undefined) take(lines.read(value), wanted, calls, reading);
      }
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      reading.unread_files += 1;
    }
    reading.files += 1;
    for (const use of lines.refused()) refused.add(use);
  }
  const ordered = [...calls.values()].sort((a, b) => a.at_ms - b.at_ms);
  return { folder, calls: ordered, refused, reading };
}

const TELL_EACH_FILES = 50;

/** One value a line, strictly; undefined for what is none, which is counted. */
function valueOf(bytes: Uint8Array | null, reading: Reading): JsonValue | undefined {
  reading.lines += 1;
  if (bytes === null) {
    reading.long_lines += 1;
    return undefined;
  }
  try {
    return parseJson(bytes);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    reading.broken_lines += 1;
    return undefined;
  }
}

function take(
  found: readonly PastCall[],
  { project, since_ms }: Wanted,
  calls: Map<string, PastCall>,
  reading: Reading,
): void {
  for (const call of found) {
    if (call.at_ms < since_ms || (project !== null && !isWithin(call.project, project))) continue;
    if (calls.has(call.use)) reading.repeated_calls += 1;
    else if (calls.size < HISTORY_LIMITS.calls_max) calls.set(call.use, call);
    else reading.cut = true;
  }
}
