import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HISTORY_LIMITS } from './limits.ts';

export type Transcript = { readonly path: string; readonly bytes: number; readonly changed_ms: number };

export type Transcripts = {
  /** The newest first. */
  readonly files: readonly Transcript[];
  /** Folders and files beyond the limits, and what could not be read. */
  readonly left_out: number;
};

/** Plain files of that name below a folder, as deep as agents nest them; no link is followed. */
export async function findTranscripts(folder: string, suffix: string): Promise<Transcripts> {
  const files: Transcript[] = [];
  let left_out = 0;
  const waiting: { readonly path: string; readonly depth: number }[] = [{ path: folder, depth: 0 }];
  for (let seen = 0; waiting.length > 0; seen += 1) {
    const next = waiting.pop();
    if (next === undefined) break;
    if (seen >= HISTORY_LIMITS.folders_max) {
      left_out += 1;
      continue;
    }
    const entries = await readdir(next.path, { withFileTypes: true }).catch(() => null);
    // That there is no folder at all is said by whoever asked for it.
    if (entries === null) left_out += next.depth > 0 ? 1 : 0;
    for (const entry of entries ?? []) {
      const path = join(next.path, entry.name);
      if (entry.isDirectory() && next.depth < HISTORY_LIMITS.depth_max)
        waiting.push({ path, depth: next.depth + 1 });
      if (!entry.isFile() || !entry.name.endsWith(suffix)) continue;
      const stat = await lstat(path).catch(() => null);
      if (stat?.isFile() === true) files.push({ path, bytes: stat.size, changed_ms: stat.mtimeMs });
      else left_out += 1;
    }
  }
  const newest = files.sort((a, b) => b.changed_ms - a.changed_ms || (a.path < b.path ? -1 : 1));
  const kept = newest.slice(0, HISTORY_LIMITS.files_max);
  return { files: kept, left_out: left_out + newest.length - kept.length };
}
